"""What dbt loads from the repository is loaded once a version of it, whichever run comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import WarehouseRefused
from rbpk.warehouse import keep_seeds, seed_schema, seeds_kept

if TYPE_CHECKING:
    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

WORK, TABLES = "work_6402_202610_r1", ("jobs", "programmes")
KEPT = seed_schema("0123456789abcdef" * 4)


@pytest.fixture(autouse=True)
def loaded(database: Database) -> None:
    """Load two seeds, as the first run of a version does."""
    with database.owner.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set local role rbpk_owner")
        cursor.execute(f"create schema {WORK}")
        for table in TABLES:
            cursor.execute(f"create table {WORK}.{table} as select code from (values (1), (2)) as seeds (code)")


def rows(warehouse: Warehouse, schema: str, table: str) -> list[tuple[int, ...]]:
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"select code from {schema}.{table} order by code")
        return cursor.fetchall()


def test_seeds_outlive_the_run_that_loaded_them(database: Database) -> None:
    assert not seeds_kept(database.owner, KEPT)
    assert keep_seeds(database.owner, KEPT, WORK, TABLES)
    with database.owner.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set local role rbpk_owner")
        cursor.execute(f"drop schema {WORK} cascade")
    assert seeds_kept(database.owner, KEPT)
    assert [rows(database.owner, KEPT, table) for table in TABLES] == [[(1,), (2,)]] * 2


def test_a_version_is_kept_once_and_not_written_over(database: Database) -> None:
    keep_seeds(database.owner, KEPT, WORK, TABLES)
    with database.owner.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"delete from {WORK}.jobs")
    assert not keep_seeds(database.owner, KEPT, WORK, TABLES)
    assert rows(database.owner, KEPT, "jobs") == [(1,), (2,)]


def test_two_first_runs_at_once_keep_one_copy(database: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: keep_seeds(database.owner, KEPT, WORK, TABLES), range(2)))
    assert sorted(done) == [False, True]


def test_half_a_copy_is_none(database: Database) -> None:
    with pytest.raises(WarehouseRefused):
        keep_seeds(database.owner, KEPT, WORK, (*TABLES, "never_loaded"))
    assert not seeds_kept(database.owner, KEPT)


def test_readers_see_no_seeds(database: Database) -> None:
    keep_seeds(database.owner, KEPT, WORK, TABLES)
    with pytest.raises(WarehouseRefused, match="InsufficientPrivilege"):
        rows(database.bi_reader, KEPT, "jobs")
