"""The rows dbt loads from the repository (regions, programmes, policies): kept for as long as they stay as they are.

They change with the code and not with a month. The first run of a version loads them among its own tables; what it
loaded is copied, and every later run reads the copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from psycopg2 import sql

from rbpk.warehouse.locking import lock_for_transaction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rbpk.warehouse.connection import Warehouse

_LETTERS: Final = 16


def seed_schema(version: str) -> str:
    """Name the schema that keeps the seeds of a version, told by their hash."""
    return f"seeds_{version[:_LETTERS]}"


def seeds_kept(warehouse: Warehouse, schema: str) -> bool:
    """Say whether an earlier run left its seeds there; a schema is made with all of them or not at all."""
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute("select to_regnamespace(%s) is not null", (schema,))
        (found,) = cursor.fetchone() or (False,)
    return bool(found)


def keep_seeds(warehouse: Warehouse, schema: str, source: str, tables: Iterable[str]) -> bool:
    """Copy what a run loaded for the runs after it; say whether it was still to be done.

    Args:
        warehouse: a login that acts as rbpk_owner.
        schema: where to, see `seed_schema`.
        source: the work schema of the run that loaded them.
        tables: every seed.
    """
    with warehouse.connect() as connection, connection.cursor() as cursor:
        lock_for_transaction(connection, "seeds")
        cursor.execute("set local role rbpk_owner")
        cursor.execute("select to_regnamespace(%s) is not null", (schema,))
        if cursor.fetchone() == (True,):
            return False
        cursor.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
        for table in sorted(tables):
            names = {"kept": sql.Identifier(schema, table), "loaded": sql.Identifier(source, table)}
            cursor.execute(sql.SQL("create table {kept} as select * from {loaded}").format(**names))
            cursor.execute(sql.SQL("analyze {kept}").format(**names))
    return True
