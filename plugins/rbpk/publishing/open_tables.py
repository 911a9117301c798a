"""The cells of the open tables: households by area and by one trait, with every total and how they add up.

Three tables share one population (all rows of mart_households of the release) and therefore their totals:
a total is one cell, whatever table it is read in, so it cannot be shown in one and hidden in another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TOTAL: Final = "JUMLAH"
UNKNOWN: Final = "TIDAK_DIKETAHUI"
REGENCY: Final = ""
# Seven cells of the agreement of lists, and the families none of the three lists names.
MEMBERSHIPS: Final = ("P3KE+DTKS+PKH", "P3KE+DTKS", "P3KE+PKH", "DTKS+PKH", "P3KE", "DTKS", "PKH", "LAINNYA")
DESILS: Final = ("1", "2", "3", "4", "5-10", UNKNOWN)
EXCLUSIONS: Final = ("BERHAK_BELUM_MENERIMA", "SELAINNYA")
TABLES: Final[dict[str, tuple[str, ...]]] = {
    "keanggotaan_daftar": MEMBERSHIPS,
    "desil": DESILS,
    "salah_keluar": EXCLUSIONS,
}


@dataclass(frozen=True, order=True)
class Cell:
    """One number: a table, an area (regency "", kecamatan or desa), a category; a total has no table."""

    table: str
    area: str
    category: str


@dataclass(frozen=True)
class Area:
    """A desa or kecamatan with its name; `parent` is the area it is part of."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class OpenTables:
    """Exact counts of households; for inside the platform only."""

    areas: Mapping[str, Area]
    counts: Mapping[Cell, int]
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: TABLES)

    def children(self, area: str) -> list[str]:
        """Return the areas directly below."""
        return [code for code, one in self.areas.items() if one.parent == area and code != REGENCY]

    def cells(self, table: str) -> Iterator[Cell]:
        """Yield the cells of one table as it is read, its totals among them."""
        for area in self.areas:
            for category in (TOTAL, *self.categories[table]):
                yield cell(table, area, category)

    def sums(self) -> list[tuple[Cell, tuple[Cell, ...]]]:
        """Return each total with what it is the sum of: all that an attacker can calculate with."""
        found: dict[tuple[Cell, tuple[Cell, ...]], None] = {}
        for table, categories in self.categories.items():
            for area in self.areas:
                found[cell(table, area, TOTAL), tuple(cell(table, area, one) for one in categories)] = None
                below = self.children(area)
                for category in (TOTAL, *categories) if below else ():
                    parts = tuple(cell(table, one, category) for one in below)
                    found[cell(table, area, category), parts] = None
        return list(found)


def cell(table: str, area: str, category: str) -> Cell:
    """Name a cell; totals are the same cell in every table."""
    return Cell("" if category == TOTAL else table, area, category)


def tabulate(
    areas: Sequence[Area],
    households: Iterable[tuple[str, Mapping[str, str], int]],
    categories: Mapping[str, tuple[str, ...]] = TABLES,
) -> OpenTables:
    """Count households (desa, category in each table, how many) into every cell and every total above it."""
    known = {one.code: one for one in (Area(REGENCY, "", REGENCY), *areas)}
    tables = OpenTables(known, {}, categories)
    counts = {one: 0 for table in categories for one in tables.cells(table)}
    for desa, traits, many in households:
        for area in (desa, known[desa].parent, REGENCY):
            counts[cell("", area, TOTAL)] += many
            for table, category in traits.items():
                counts[cell(table, area, category)] += many
    return OpenTables(known, counts, categories)
