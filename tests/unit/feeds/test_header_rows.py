"""Headers of several rows with merged cells, codes under the titles, and rows that end a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from rbpk.feeds import workbook_evidence
from rbpk.feeds.header_rows import stacked
from rbpk.feeds.headers import Layout, find_layouts
from rbpk.feeds.recognition import recognise
from rbpk.feeds.workbook_reading import read_workbook
from tests.unit.feeds.lists import COMPONENTS, TITLES, row

if TYPE_CHECKING:
    from pathlib import Path

MERGED = [
    ["NO_PESERTA", "PENGURUS", "ANGGOTA", "", "", "", "", "", "WILAYAH", ""],
    ["", "NAMA_PENGURUS", "NIK_ART", "NAMA", "TGL_LAHIR", "JENIS_KELAMIN", "HUBUNGAN", "KOMPONEN", "DESA", "KECAMATAN"],
    ["", "", "", "ART", "", "", "", "", "", ""],
]


def test_three_rows_are_one_header() -> None:
    found = find_layouts([["DAFTAR"], [], *MERGED, row(1)], [COMPONENTS])
    assert isinstance(found, Layout)
    assert (found.header_row, found.header_rows) == (5, 3)
    assert dict(found.columns)[3] == "nama_art"
    assert found.titles[3] == "NAMA ART"
    assert found.titles_above == ("DAFTAR",)


@pytest.mark.parametrize("left", [0, 2])
def test_rows_below_a_merged_header_are_read(tmp_path: Path, left: int) -> None:
    codes = [str(-i - 1) for i in range(len(TITLES))]
    with xlsxwriter.Workbook(tmp_path / "f") as book:
        page = book.add_worksheet("Data")
        for i, cells in enumerate([*MERGED, codes, row(1), row(2), ["###"]]):
            for j, cell in enumerate(cells):
                page.write(i, left + j, cell or None)
        page.merge_range(0, left + 2, 0, left + 7, "ANGGOTA")
    (found,) = recognise(tmp_path / "f")
    (batch,) = read_workbook(tmp_path / "f", found.parts)
    assert batch.frame["source_row"].to_list() == [4, 5, 6, 7]
    assert batch.frame[f"c{left + 3}"].to_list()[1:3] == ["ISMAIL", "ISMAIL"]


def test_a_plain_header_never_takes_a_row_of_data_with_it() -> None:
    for width in range(3, len(TITLES)):
        found = find_layouts([TITLES, [*row(1)[:width], *[""] * (len(TITLES) - width)], row(2)], [COMPONENTS])
        assert isinstance(found, Layout)
        assert (found.header_row, found.header_rows) == (1, 1)


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        ([["A", "", "C"], ["a", "b", "c"]], [("A a", "a"), ("A b", "b"), ("C c", "c")]),
        ([["A", "B", ""], ["a", "", "c"]], None),
        ([["A", "B", "C"], ["", "", ""]], None),
        ([["A", "B", "C"], ["a", "b", "640206"]], None),
    ],
)
def test_what_a_merged_cell_covers(rows: list[list[str]], titles: list[tuple[str, ...]] | None) -> None:
    assert stacked(rows) == titles


@pytest.mark.parametrize("large_from", [0, 8 << 20])
def test_a_village_merged_beside_its_people_is_the_village_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large_from: int
) -> None:
    monkeypatch.setattr(workbook_evidence, "_SMALL_SHEET", large_from)
    with xlsxwriter.Workbook(tmp_path / "f") as book:
        page = book.add_worksheet("Data")
        for i, cells in enumerate([TITLES, row(1), row(2), row(3), row(4)]):
            for j, cell in enumerate(cells):
                page.write(i, j, cell or None)
        plain = book.add_format({"bold": False})
        page.merge_range(1, 8, 2, 8, "JAHAB", plain)
        page.merge_range(1, 9, 3, 9, "TENGGARONG", plain)
        # A name written once is one person's; what is not merged stays empty.
        page.merge_range(2, 3, 3, 3, "ISMAIL", plain)
        page.write_blank(4, 8, None, plain)
    (found,) = recognise(tmp_path / "f")
    (batch,) = read_workbook(tmp_path / "f", found.parts)
    assert batch.frame["c8"].to_list() == ["JAHAB", "JAHAB", row(3)[8], None]
    assert batch.frame["c9"].to_list() == ["TENGGARONG"] * 3 + [row(4)[9]]
    assert batch.frame["c3"].to_list()[1:3] == ["ISMAIL", None]
