"""Real-looking files to spoil: the delivered ones if they are there, and one list in every format."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import xlsxwriter

from tests.unit.feeds.formats import html, ods, xls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REPOSITORY = Path(__file__).parents[2]
DELIVERED = REPOSITORY.parent / "shared" / "deliveries"
LARGEST = 120_000
TITLES = (
    "NO_PESERTA", "NAMA_PENGURUS", "NIK_ART", "NAMA_ART", "TGL_LAHIR",
    "JENIS_KELAMIN", "HUBUNGAN", "KOMPONEN", "DESA", "KECAMATAN",
)  # fmt: skip
_NAMES = ("ISMAIL", "HERLINA", "SITI AMINAH", "M. YUSUF", "RAHMAH", "JOSÉ", "BUDI (ALM)", "D'ALESSANDRO")
_PLACES = (("JAHAB", "TENGGARONG"), ("MUARA KAMAN ULU", "MUARA KAMAN"), ("BUKIT MERDEKA", "SAMBOJA BARAT"))


@lru_cache
def rows(count: int = 30) -> tuple[tuple[str, ...], ...]:
    """Invent a list of people."""
    dice = Random(count)  # noqa: S311  (invented people need no cryptography)
    found = []
    for number in range(count):
        day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(40, 99)
        nik = f"640206{day:02}{month:02}{year:02}{9001 + number}"
        village, kecamatan = dice.choice(_PLACES)
        birth = f"19{year}-{month:02}-{day:02}"
        member = (nik, dice.choice(_NAMES), birth, "L", "KEPALA KELUARGA", "LANJUT USIA", village, kecamatan)
        found.append((f"64030900{number:06}", dice.choice(_NAMES), *member))
    return tuple(found)


def write_csv(cells: list[list[str]], delimiter: str = ";", encoding: str = "utf-8", end: str = "\n") -> bytes:
    """Write a list as text, quoting nothing: what is wrong in a cell stays wrong."""
    return end.join(delimiter.join(row) for row in [list(TITLES), *cells]).encode(encoding, "replace") + end.encode(
        encoding.removesuffix("-sig") if encoding != "utf-16" else "utf-16-le"
    )


def write_quoted(cells: list[list[str]]) -> bytes:
    """Write a list as text, quoted as it should be."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([TITLES, *cells])
    return out.getvalue().encode("utf-8", "replace")


def write_xlsx(cells: list[list[str]]) -> bytes:
    """Write a list as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Data")
        for i, row in enumerate([list(TITLES), *cells]):
            for j, cell in enumerate(row):
                page.write_string(i, j, cell)
    return out.getvalue()


WRITERS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "csv": write_csv,
    "csv-quoted": write_quoted,
    "csv-crlf": lambda cells: write_csv(cells, ",", "utf-8-sig", "\r\n"),
    "csv-tab": lambda cells: write_csv(cells, "\t", "cp1252"),
    "csv-utf16": lambda cells: write_csv(cells, ";", "utf-16"),
    "xlsx": write_xlsx,
    "xls": lambda cells: xls({"Data": [TITLES, *cells]}),
    "ods": lambda cells: ods({"Data": [TITLES, *cells]}),
    "html": lambda cells: html([TITLES, *cells]),
}


def plain_rows(count: int = 30) -> list[list[str]]:
    """Give the list so that one cell of it may be changed."""
    return [list(row) for row in rows(count)]


def _zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


@lru_cache
def files() -> tuple[tuple[str, bytes], ...]:
    """List (name, content) of every file to spoil."""
    made = [(f"made.{kind}", write(plain_rows())) for kind, write in WRITERS.items()]
    made.append(("made.zip", _zipped(made)))
    delivered = [
        (str(path.relative_to(DELIVERED)), path.read_bytes())
        for path in sorted(DELIVERED.glob("*/*/*/*"))
        if path.is_file() and path.stat().st_size <= LARGEST
    ]
    return tuple(made + delivered)
