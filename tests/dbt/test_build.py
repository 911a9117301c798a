"""On a real server: unit tests of every rule pass, and a month without any delivery still builds whole."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from psycopg2 import sql

from rbpk.feeds.registry import contracts
from tests.dbt.conftest import RUN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Database
    from tests.dbt.conftest import Manifest

VILLAGES_OF_KUKAR = 237


@pytest.fixture
def environment(database: Database, server_dsn: str) -> dict[str, str]:
    """Prepare empty landing tables, an opened release and empty links; say how dbt gets there."""
    shape_landing(database)
    with database.owner.connect() as connection, connection.cursor() as cursor:
        schema = sql.Identifier(RUN["work_schema"])
        cursor.execute(sql.SQL("create schema {}").format(schema))
        cursor.execute(sql.SQL("create table {}.person_links (like linkage.person_links)").format(schema))
    return reach(database, server_dsn)


def shape_landing(database: Database) -> None:
    """Make the landing table of every contract, empty."""
    with database.owner.connect() as connection, connection.cursor() as cursor:
        for contract in contracts():
            columns = sql.SQL(", ").join(
                sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
                for name, kind in contract.landing_columns()
            )
            cursor.execute(
                sql.SQL("create table if not exists {} ({})").format(sql.Identifier("landing", contract.table), columns)
            )


def reach(database: Database, server_dsn: str) -> dict[str, str]:
    """Say how dbt gets to the database."""
    server = urlsplit(server_dsn)
    return {
        "DBT_HOST": server.hostname or "",
        "DBT_PORT": str(server.port),
        "DBT_USER": "rbpk_owner_login",
        "DBT_PASSWORD": urlsplit(database.owner.dsn).password or "",
        "DBT_DBNAME": urlsplit(database.owner.dsn).path.lstrip("/"),
    }


def test_an_empty_month_builds_and_every_rule_passes_its_unit_tests(
    dbt: Callable[..., str], environment: dict[str, str], database: Database, manifest: Manifest
) -> None:
    dbt("build", "--selector", "before_linkage", **environment)
    dbt("build", "--selector", "after_linkage", **environment)
    dbt("test", "--selector", "seeds_reviewed", **environment)

    with database.owner.connect() as connection, connection.cursor() as cursor:
        release = sql.Identifier(RUN["release_schema"])
        cursor.execute(sql.SQL("select count(*) from {}.mart_households").format(release))
        assert cursor.fetchone() == (0,)
        # Nobody is listed, and still every village is in the report (R37).
        cursor.execute(
            sql.SQL("select count(distinct desa_code), sum(count) from {}.mart_feed_agreement").format(release)
        )
        assert cursor.fetchone() == (VILLAGES_OF_KUKAR, 0)
        cursor.execute(sql.SQL("select count(*), sum(rows_read) from {}.mart_feed_quality").format(release))
        assert cursor.fetchone() == (len(contracts()), 0)
        # What the semantic layer measures is there to be measured; parsing alone does not look.
        for model in manifest["semantic_models"].values():
            asked = [one.get("expr") or one["name"] for one in (*model["measures"], *model["dimensions"])]
            relation = sql.Identifier(RUN["release_schema"], model["node_relation"]["alias"])
            cursor.execute(sql.SQL("select {} from {}").format(sql.SQL(", ".join(asked)), relation))
