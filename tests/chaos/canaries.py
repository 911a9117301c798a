"""Whether anybody of the invented month can be found where nobody should be.

The marks are the people themselves: every name, identity number, card, account and address that was
landed. The places are everything a month writes besides the schemas made for people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.warehouse import Warehouse
from tests.chaos.stage import PLAYED
from tests.conftest import on_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from tests.chaos.stage import Stage

PERSONAL = re.compile(r"^(nik|nokk|no_kk|nomor_kk|nama|kepala_keluarga|alamat|no_rekening|nama_.*)(_.*)?$")
NOT_PERSONAL = re.compile(
    r"(desa|kecamatan|kabupaten|provinsi|program|kegiatan|skpd|bantuan|bank|perusahaan|dana|akun|indikator|wilayah)"
)
# Names of places and shops are no one's; shorter ones could be any word.
LEAST_LETTERS = 12
# Where people may be: landed, refused, worked on, linked, and the lists by name.
FOR_PEOPLE = re.compile(r"^(landing|quarantine|linkage|lists|restricted|work_.*|pg_.*|information_schema)$")


def marks(stage: Stage) -> set[str]:
    """Collect what would give somebody away, from the landed rows."""
    found: set[str] = set()
    with _connect(stage) as connection, connection.cursor() as cursor:
        cursor.execute("select table_name, column_name from information_schema.columns where table_schema = 'landing'")
        for table, column in cursor.fetchall():
            if PERSONAL.match(column) and not NOT_PERSONAL.search(column):
                query = sql.SQL("select distinct {column}::text from {table} where length({column}::text) >= %s")
                cursor.execute(
                    query.format(column=sql.Identifier(column), table=sql.Identifier("landing", table)),
                    (LEAST_LETTERS,),
                )
                found |= {str(value).strip() for (value,) in cursor.fetchall()}
    return {mark for mark in found if " " in mark or re.fullmatch(r"[0-9]{12,}", mark)}


def places(stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every place that is not for people."""
    yield "what the steps printed at DEBUG", stage.told
    for folder in ("docs", "target", "home"):
        for path in sorted((stage.folder / folder).rglob("*")):
            # The server's own files hold the tables; its log does not.
            inside = path.relative_to(stage.folder).parts
            if path.is_file() and ("base" not in inside and "pg_wal" not in inside):
                yield str(path), path.read_bytes().decode("utf-8", "replace")
    with _connect(stage) as connection, connection.cursor() as cursor:
        yield from _tables(cursor)


def _tables(cursor: Cursor) -> Iterator[tuple[str, str]]:
    cursor.execute("select table_schema, table_name from information_schema.tables where table_schema !~ '^pg_'")
    for schema, table in cursor.fetchall():
        # Of a release the lists by name are for people; its marts are what everybody reads.
        if FOR_PEOPLE.match(schema) or table.startswith("bnba_"):
            continue
        cursor.execute(sql.SQL("select cells::text from {} as cells").format(sql.Identifier(schema, table)))
        yield f"{schema}.{table}", "\n".join(str(row) for (row,) in cursor.fetchall())
    cursor.execute("select query from pg_stat_activity")
    yield "pg_stat_activity", "\n".join(str(query) for (query,) in cursor.fetchall())


def _connect(stage: Stage):  # type: ignore[no-untyped-def]  # noqa: ANN202 - psycopg2 is untyped
    return Warehouse(on_database(stage.server(), PLAYED)).connect()
