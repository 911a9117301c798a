"""A month of the deliveries with truth: chosen files landed, chosen models built, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from psycopg2 import sql
from upath import UPath

from rbpk.landing import land, load_regions, receive
from rbpk.publishing import open_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.conftest import Database

DELIVERIES = Path(__file__).parents[3] / "shared" / "deliveries"
TRUTH = DELIVERIES / "truth" / "expected.json"


def expected() -> dict[str, Any]:
    """Return the answers of every period."""
    periods: dict[str, Any] = json.loads(TRUTH.read_text("utf-8"))["periods"]
    return periods


class Month:
    """One month of which some files are landed and some models built; nobody is linked."""

    def __init__(self, database: Database, server_dsn: str, period: str) -> None:
        owner, server = urlsplit(database.owner.dsn), urlsplit(server_dsn)
        self.owner = database.owner
        self.period = period
        self.run: dict[str, str] = {}
        self.door = {
            "DBT_HOST": server.hostname or "",
            "DBT_PORT": str(server.port),
            "DBT_USER": owner.username or "",
            "DBT_PASSWORD": owner.password or "",
            "DBT_DBNAME": owner.path.lstrip("/"),
        }

    def land(self, patterns: Iterable[str], store: Path) -> None:
        """Land the files and open a release of them."""
        for pattern in patterns:
            for file in sorted(DELIVERIES.glob(f"64.02/{self.period}/{pattern}")):
                path = str(file.relative_to(DELIVERIES))
                (delivery,) = receive(self.owner, UPath(store), UPath(DELIVERIES), path).deliveries
                land(self.owner, UPath(store), delivery.delivery_id, load_regions())
        opened = open_release(self.owner, "64.02", self.period, "truth", required=())
        names = ("regency", "period", "release_id", "work_schema", "release_schema")
        self.run = {name: str(getattr(opened, name)) for name in names}
        with self.owner.connect() as connection, connection.cursor() as cursor:
            work = sql.Identifier(self.run["work_schema"])
            cursor.execute(sql.SQL("create table {}.person_links (like linkage.person_links)").format(work))

    def build(self, dbt: Callable[..., str], *models: str) -> None:
        """Build the models and what they need."""
        dbt(
            *("build", "--select", *(f"+{model}" for model in models)),
            *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
            *("--vars", json.dumps(self.run)),
            **self.door,
        )

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the working schema; `{}` in the query is its name."""
        with self.owner.connect() as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL(query).format(sql.Identifier(self.run["work_schema"])))
            return cursor.fetchall()
