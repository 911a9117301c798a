"""Workbooks as people make them, and as attackers do."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from rbpk.errors import FeedRejected
from rbpk.feeds import limits
from rbpk.feeds.recognition import recognise
from rbpk.feeds.unread import refusal
from rbpk.feeds.workbook_reading import read_workbook
from rbpk.landing.archives import is_archive
from tests.unit.feeds.lists import TITLES, row

if TYPE_CHECKING:
    from pathlib import Path

    from rbpk.feeds.batch import Batch


def make(path: Path, rows: list[list[object]], *, top: int = 0, left: int = 0, sheet: str = "Data") -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for i, cells in enumerate(rows):
            for j, cell in enumerate(cells):
                page.write(top + i, left + j, cell)
    return path


def read(path: Path) -> list[Batch]:
    (found,) = recognise(path)
    return list(read_workbook(path, found.parts))


@pytest.mark.parametrize(("top", "left"), [(0, 0), (4, 0), (0, 2), (11, 1)])
def test_row_numbers_and_columns_are_those_of_excel(tmp_path: Path, top: int, left: int) -> None:
    path = make(tmp_path / "f", [TITLES, row(1), [], row(2)], top=top, left=left)
    (batch,) = read(path)
    filled = batch.frame.filter(batch.frame[f"c{left}"].is_not_null())
    assert filled["source_row"].to_list() == [top + 2, top + 4]
    assert filled[f"c{left + 3}"].to_list() == ["ISMAIL", "ISMAIL"]


def test_number_cells_are_told_from_text_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(row(i)) for i in range(3)]
    rows[1][2] = 6402061007619490
    path = make(tmp_path / "f", [TITLES, *rows])
    (batch,) = read(path)
    assert batch.numeric is not None
    assert batch.numeric["nik_art"].to_list() == [False, True, False]
    assert batch.frame["c2"].to_list()[1] == "6402061007619490"


def test_error_cells_and_formulas_without_result_are_marked(tmp_path: Path) -> None:
    path = make(tmp_path / "f", [TITLES, row(1), row(2), row(3)])
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: (
        xml.replace('<c r="G3" t="s">', '<c r="G3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="ZZ3" t="s">')
    ))  # fmt: skip
    (batch,) = read(path)
    assert batch.frame["structure"].to_list() == [None, "FORMULA_ERROR", None]


def test_one_entity_on_two_sheets_is_one_delivery(tmp_path: Path) -> None:
    path = tmp_path / "f"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Tenggarong", "Samboja"):
            page = book.add_worksheet(name)
            for i, cells in enumerate([TITLES, row(1)]):
                page.write_row(i, 0, cells)
    assert [batch.sheet for batch in read(path)] == ["Tenggarong", "Samboja"]


def test_sheets_beside_the_list_are_told(tmp_path: Path) -> None:
    others: dict[str, list[list[str]]] = {
        "Rekap": [["DESA", "JUMLAH", "NILAI"], ["JAHAB", "3", "900"], [], ["LOA TEBU", "1", "300"]],
        "Data lama": [TITLES[:6], row(3)[:6], row(4)[:6]],
        "Petunjuk": [["Isi lembar pertama."], ["Jangan ubah judul."]],
        "Kosong": [],
        "Daftar kode": [["Daftar untuk Status", "Daftar untuk JK", "Daftar untuk Desil"], ["A", "L", "1"]],
    }
    path = tmp_path / "f"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in {"Data": [TITLES, row(1)], **others}.items():
            page = book.add_worksheet(name)
            for i, cells in enumerate(rows):
                page.write_row(i, 0, cells)
            if name == "Data lama":
                page.hide()
    (found,) = recognise(path)
    assert [(one.sheet, one.hidden, one.rows) for one in found.unread] == [("Rekap", False, 3), ("Data lama", True, 3)]
    said = refusal(found.unread)
    assert said.reason == "SHEET_UNKNOWN"
    assert "'Data lama' (3 rows, hidden): the header looks like pkh components" in said.message
    assert "'Rekap' (3 rows): no row of it is a known header" in said.message
    assert row(3)[3] not in said.message


def test_the_fifth_hundred_of_sheets_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "f"
    with xlsxwriter.Workbook(path) as book:
        for number in range(500):
            book.add_worksheet(f"Desa {number}").write_row(0, 0, TITLES)
            book.worksheets()[-1].write_row(1, 0, row(number % 100))
    batches = read(path)
    assert len(batches) == 500
    assert all(batch.frame.height == 1 for batch in batches)


@pytest.mark.parametrize("without", ["binary", "xml"])
def test_formats_of_excel_that_are_not_read_are_named(tmp_path: Path, without: str) -> None:
    path = tmp_path / "f.xls"
    if without == "xml":
        path.write_text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name in ("[Content_Types].xml", "xl/workbook.bin", "xl/worksheets/sheet1.bin"):
                archive.writestr(name, b"\x83\x01\x00")
    assert not is_archive(path)
    with pytest.raises(FeedRejected, match="xlsx") as refused:
        recognise(path)
    assert refused.value.reason == "file.format"


def test_two_far_apart_cells_are_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "f", [TITLES, row(1)])
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", last))
    assert refused(path) == "file.hostile"


def test_a_row_given_twice_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "f", [TITLES, row(1)])
    again = '<row r="2"><c r="A2"><v>1</v></c></row></sheetData>'
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", again))
    assert refused(path) == "file.hostile"


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_MATTERS_FROM", 1 << 20)
    path = make(tmp_path / "f", [TITLES, row(1)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (4 << 20))
    assert refused(path) == "file.hostile"


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "f", [TITLES, row(1)])
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(path) == "file.hostile"


def test_entities_are_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "f", [TITLES, row(1)])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<worksheet", bomb + "<worksheet", 1))
    assert refused(path) == "file.hostile"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf\r\n", "file.empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.unreadable"),
        (b"PK\x03\x04 and nothing more", "file.unreadable"),
        (b"%PDF-1.7 \x00\x01\x02", "file.format"),
        (b"<html><body>hello</body></html>", "feed.unknown"),
    ],
)
def test_what_is_no_list_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "f").write_bytes(content)
    assert refused(tmp_path / "f") == reason


def refused(path: Path) -> str:
    with pytest.raises(FeedRejected) as refusal:
        read(path)
    return refusal.value.reason


def rewrite(path: Path, entry: str, change: object) -> None:
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content[entry] = change(content[entry].decode()).encode()  # type: ignore[operator]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
