"""What the machine allows: the file read by the fastest reader, its bytes copied into bare columns."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING

import fastexcel
import psycopg2

from benchmarks.office import tables

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.segments import Clock

SCHEMA = "floor"


def month(clock: Clock, dsn: str, folder: str) -> None:
    """Copy every file once, judging nothing."""
    with closing(psycopg2.connect(dsn)) as connection:
        for table, path, above in tables(folder):
            copy = workbook if path.suffix == ".xlsx" else text
            with clock.part(f"floor {table}") as part:
                part.rows = copy(connection, table, path, above)
                connection.commit()


def workbook(connection: psycopg2.extensions.connection, table: str, path: Path, above: int) -> int:
    """Read a workbook as fast as it can be and copy it; give its rows."""
    frame = fastexcel.read_excel(path).load_sheet(0, header_row=above, dtypes="string").to_polars()
    _create(connection, table, len(frame.columns))
    lines = frame.write_csv(include_header=False).encode()
    return _copy(connection, table, io.BytesIO(lines), ",", "UTF8")


def text(connection: psycopg2.extensions.connection, table: str, path: Path, _: int) -> int:
    """Copy a text file as it is; give its rows."""
    with path.open("rb") as handle:
        head = handle.readline()
        delimiter = ";" if head.count(b";") > head.count(b",") else ","
        _create(connection, table, head.count(delimiter.encode()) + 1)
        return _copy(connection, table, handle, delimiter, "UTF8" if _is_utf8(path) else "WIN1252")


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def _create(connection: psycopg2.extensions.connection, table: str, columns: int) -> None:
    names = ", ".join(f"c{number} text" for number in range(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists {SCHEMA}.{table}; create table {SCHEMA}.{table} ({names})")


def _copy(
    connection: psycopg2.extensions.connection, table: str, source: io.BufferedIOBase, delimiter: str, encoding: str
) -> int:
    command = f"copy {SCHEMA}.{table} from stdin (format csv, delimiter '{delimiter}', encoding '{encoding}')"
    with connection.cursor() as cursor:
        cursor.copy_expert(command, source)
        return int(cursor.rowcount)
