"""What the machine allows: the file read by the fastest reader, its bytes copied into bare columns."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import fastexcel
import polars as pl
import psycopg2

from benchmarks.office import tables

if TYPE_CHECKING:
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


def every_file(clock: Clock, dsn: str, folder: str) -> None:
    """Read every delivered file, copy its cells as they are, and write the rows a second time by `create table as`."""
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        for number, path in enumerate(sorted(one for one in Path(folder).rglob("*.*") if one.is_file())):
            with clock.part("floor: bare read") as part:
                frame = _cells(path)
                part.rows = len(frame)
            lines = frame.write_csv(include_header=False).encode()
            _create(connection, f"file_{number}", len(frame.columns))
            with clock.part("floor: bare COPY", len(frame)):
                _copy(connection, f"file_{number}", io.BytesIO(lines), ",", "UTF8")
                connection.commit()
            with clock.part("floor: bare create table as", len(frame)):
                cursor.execute(f"create table {SCHEMA}.again_{number} as select * from {SCHEMA}.file_{number}")
                connection.commit()


def _cells(path: Path) -> pl.DataFrame:
    if path.suffix == ".xlsx":
        return fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    with path.open("rb") as handle:
        head = handle.readline()
    separator = ";" if head.count(b";") > head.count(b",") else ","
    return pl.read_csv(
        path,
        has_header=False,
        separator=separator,
        infer_schema=False,
        encoding="utf8-lossy",
        truncate_ragged_lines=True,
    )


def plain_splink(clock: Clock, dsn: str, work_schema: str) -> None:
    """Let Splink, as its tutorial uses it, link the records of P3KE, DTKS and PKH."""
    from benchmarks.accuracy.plain_splink import steps  # noqa: PLC0415 - seconds to import, wanted here only

    query = f"""
        select
            nik, family_card, name, birth_date, sex, village_code
        from {work_schema}.int_person_records_unioned
        where feed in ('p3ke', 'dtks', 'pkh')
    """
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        names = [column.name for column in cursor.description or ()]
        kinds = {name: pl.Date if name == "birth_date" else pl.String for name in names}
        rows = pl.DataFrame(cursor.fetchall(), schema=kinds, orient="row").with_row_index("unit")
    with clock.part("floor: plain Splink", len(rows)):
        steps(rows)


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
