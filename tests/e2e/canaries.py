"""Marked invented people among the delivered rows, and every place where none of them may be found."""

from __future__ import annotations

import gzip
import re
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
from psycopg2 import sql

from embedded import databases, postgres
from embedded.home import open_home
from tests.chaos.canaries import FOR_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

# Nobody else of the sample is called, born or lives like this. One row of each is good, one has a damaged number,
# one is of no known village and is refused.
NAME, MOTHER, ADDRESS = "XAVERIUS QUOLIBET", "WILHELMINA XYLOPHIA", "JALAN QUAGGA NOMOR"
WHO = {
    re.compile(r"\b(nik|ktp)\b|^nik_", re.IGNORECASE): lambda number: f"64020610107{number:05d}",
    re.compile(r"^(no[ _.]*kk|nokk)$", re.IGNORECASE): lambda number: f"64020610108{number:05d}",
    re.compile(r"ibu kandung|nama_pengurus", re.IGNORECASE): lambda number: f"{MOTHER} {LETTERS[number % 20]}",
    re.compile(r"^(nama|nama kk|nama kpm|nama lengkap|nama_(art|penerima|peserta))$", re.IGNORECASE): lambda number: (
        f"{NAME} {LETTERS[number % 20]}"
    ),
    re.compile(r"^alamat", re.IGNORECASE): lambda number: f"{ADDRESS} {number}",
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTU"
PLACE = re.compile(r"^(desa|desa[/_]kelurahan|desa_kelurahan|kelurahan|kecamatan|kec|kode_kemdagri)$", re.IGNORECASE)
MARKS = (NAME, MOTHER, ADDRESS, "64020610107", "64020610108")
# Where the files with names in them are kept; the server's own files hold the tables.
KEPT = ("inbox", "store", "corrections", "reviews", "sample", "secrets")
TABLES = {"base", "pg_wal", "global"}


def found_in(text: bytes) -> list[str]:
    """Return the marks in a text, however it spells them."""
    loud = text.upper()
    return [mark for mark in MARKS if mark.encode() in loud]


def plant(folder: Path) -> int:
    """Add marked people to every CSV of a month that names people; return how many rows."""
    planted = 0
    for path in sorted(folder.rglob("*.csv")):
        text = path.read_bytes().decode("utf-8")
        header, first = text.splitlines()[:2]
        delimiter = max(";,\t", key=header.count)
        titles = [title.strip().lstrip("\ufeff") for title in header.split(delimiter)]
        made = [next((make for title_of, make in WHO.items() if title_of.search(title)), None) for title in titles]
        if sum(make is not None for make in made) < 2 or '"' in first:
            continue
        for kind in ("good", "damaged", "refused"):
            planted += 1
            cells = [make(planted) if make else cell for make, cell in zip(made, first.split(delimiter), strict=True)]
            if kind == "damaged":
                cells = [f"{cell[:-1]}X" if cell.startswith("64020610107") else cell for cell in cells]
            if kind == "refused":
                cells = ["ENTAH DI MANA" if PLACE.match(title) else cell
                         for title, cell in zip(titles, cells, strict=True)]  # fmt: skip
            text = text.rstrip("\r\n") + "\n" + delimiter.join(cells) + "\n"
        path.write_bytes(text.encode())
    return planted


def places(home: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every place that is not for people: files, both databases, what the server runs."""
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home).parts
        if path.is_file() and inside[0] not in KEPT and not TABLES.intersection(inside):
            yield "/".join(inside), path.read_bytes()
    opened = open_home(home)
    server = postgres.status(opened)
    assert server is not None
    for name, dsn in (
        ("airflow", databases.metadata_dsn(opened, server)),
        ("rbpk", databases.role_dsn(opened, server, "admin")),
    ):
        with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
            for table, content in _tables(cursor, all_of_it=name == "airflow"):
                yield f"{name}: {table}", content


def _tables(cursor: Cursor, *, all_of_it: bool) -> Iterator[tuple[str, bytes]]:
    cursor.execute("select schemaname, tablename from pg_tables where schemaname !~ '^(pg_|information_schema)'")
    for schema, table in cursor.fetchall():
        # Of a release the lists by name are for people; its marts are what everybody reads.
        if not all_of_it and (FOR_PEOPLE.match(schema) or table.startswith("bnba_")):
            continue
        cursor.execute(sql.SQL("select * from {}").format(sql.Identifier(schema, table)))
        yield f"{schema}.{table}", b"\n".join(_bytes(cell) for row in cursor for cell in row if cell is not None)
    cursor.execute("select query from pg_stat_activity")
    yield "pg_stat_activity", "\n".join(str(query) for (query,) in cursor.fetchall()).encode()


def _bytes(cell: object) -> bytes:
    """Return a cell as it is searched; what is packed is unpacked."""
    if not isinstance(cell, memoryview):
        return str(cell).encode()
    content = bytes(cell)
    if content[:2] == b"\x1f\x8b":
        return gzip.decompress(content)
    return zlib.decompress(content) if content[:1] == b"\x78" else content
