"""The file of the open tables: CSV, one row a cell, a hidden cell empty and flagged; read back next month."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from rbpk.publishing.open_tables import REGENCY, Cell, OpenTables, cell

if TYPE_CHECKING:
    from collections.abc import Collection

COLUMNS: Final = (
    "tabel",
    "kode_kabupaten",
    "periode",
    "rilis",
    "tingkat",
    "kode_wilayah",
    "nama_wilayah",
    "kategori",
    "jumlah_keluarga",
    "disembunyikan",
)


def write_open(tables: OpenTables, withheld: Collection[Cell], regency: str, period: str, release_id: str) -> bytes:
    """Write every table with its totals; why a cell is hidden is not said, as that would narrow it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in tables.categories:
        for one in tables.cells(table):
            area, hidden = tables.areas[one.area], one in withheld
            count = "" if hidden else tables.counts[one]
            level = "KABUPATEN" if one.area == REGENCY else "DESA" if area.parent else "KECAMATAN"
            place = (regency, period, release_id, level, one.area or regency, area.name)
            writer.writerow((table, *place, one.category, count, "ya" if hidden else "tidak"))
    return text.getvalue().encode()


def read_open(content: bytes) -> dict[Cell, int]:
    """Return the cells a former file shows."""
    found = {}
    for row in csv.DictReader(io.StringIO(content.decode())):
        if row["disembunyikan"] == "tidak":
            area = REGENCY if row["tingkat"] == "KABUPATEN" else row["kode_wilayah"]
            found[cell(row["tabel"], area, row["kategori"])] = int(row["jumlah_keluarga"])
    return found
