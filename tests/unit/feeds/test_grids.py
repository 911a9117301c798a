"""Old Excel, OpenDocument and HTML saved as .xls: the same rows, whatever the file is called."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rbpk.errors import FeedRejected
from rbpk.feeds import grid, grid_ods
from rbpk.feeds.grid_reading import read_grids
from rbpk.feeds.recognition import recognise
from rbpk.feeds.xls_errors import error_cells
from tests.unit.feeds.formats import Down, html, ods, xls
from tests.unit.feeds.lists import TITLES, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rbpk.feeds.batch import Batch

    Writer = Callable[[Sequence[Sequence[object]]], bytes]

WIDTH = len(TITLES)
WRITERS: dict[str, Writer] = {
    "xls": lambda rows: xls({"Data": rows}),
    "ods": lambda rows: ods({"Data": rows}),
    "html": html,
}
CELL = st.text(alphabet="ABc 0129;,|\"'<>&éñ.-/", max_size=8).map(str.strip)


def read(path: Path) -> tuple[str, list[Batch]]:
    (found,) = recognise(path)
    return found.file_format, list(read_grids(path, found.file_format, found.parts))


def cells(batches: list[Batch]) -> list[tuple[int, list[str]]]:
    names = [f"c{i}" for i in range(WIDTH)]
    return [
        (number, [cell or "" for cell in rest])
        for batch in batches
        for number, *rest in batch.frame.select("source_row", *names).iter_rows()
    ]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", ["list.xls", "list.csv", "list"])
@pytest.mark.parametrize("above", [0, 12])
def test_a_list_is_read_by_its_content(tmp_path: Path, kind: str, name: str, above: int) -> None:
    rows: list[list[object]] = [["DAFTAR"] for _ in range(above)] + [TITLES, row(1), row(2)]
    (tmp_path / name).write_bytes(WRITERS[kind](rows))
    file_format, batches = read(tmp_path / name)
    assert file_format == kind
    assert cells(batches) == [(above + 2, row(1)), (above + 3, row(2))]


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=WIDTH, max_size=WIDTH).filter(any), min_size=1, max_size=8))
@pytest.mark.parametrize("kind", ["ods", "html"])
def test_reads_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, kind: str, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("grid") / "list"
    path.write_bytes(WRITERS[kind]([TITLES, *rows]))
    told = [(number, [" ".join(cell.split()) for cell in found]) for number, found in cells(read(path)[1])]
    assert told == [(i + 2, [" ".join(cell.split()) for cell in sent]) for i, sent in enumerate(rows)]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_number_cells_are_told_from_text_cells(tmp_path: Path, kind: str) -> None:
    numeric: list[object] = list(row(2))
    numeric[2] = 6402061007619490
    (tmp_path / "f").write_bytes(WRITERS[kind]([TITLES, row(1), numeric]))
    (batch,) = read(tmp_path / "f")[1]
    assert batch.numeric is not None
    assert batch.numeric["nik_art"].to_list() == [False, True]
    assert batch.frame["c2"].to_list()[1] == "6402061007619490"


@pytest.mark.parametrize("write", [xls, ods])
def test_a_hidden_copy_waits_behind_what_is_shown(tmp_path: Path, write: Callable[..., bytes]) -> None:
    (tmp_path / "f").write_bytes(write({"Lama": [TITLES, row(1)], "Baru": [TITLES, row(2)]}, hidden=["Lama"]))
    (found,) = recognise(tmp_path / "f")
    assert [(part.sheet, part.hidden) for part in found.parts] == [("Baru", False), ("Lama", True)]


@pytest.mark.parametrize("write", [xls, ods])
def test_a_list_that_is_only_hidden_is_the_list(tmp_path: Path, write: Callable[..., bytes]) -> None:
    (tmp_path / "f").write_bytes(write({"Data": [TITLES, row(1)], "Catatan": [["x"]]}, hidden=["Data"]))
    (found,) = recognise(tmp_path / "f")
    assert [(part.sheet, part.hidden) for part in found.parts] == [("Data", False)]


def test_errors_of_old_excel_are_not_empty_cells(tmp_path: Path) -> None:
    rows = [TITLES, row(1), row(2, DESA="#REF!"), row(3, NAMA_ART="#DIV/0!"), row(4)]
    (tmp_path / "f").write_bytes(xls({"Catatan": [["a"]], "Data": rows}))
    _, batches = read(tmp_path / "f")
    assert cells(batches) == [(number, list(line)) for number, line in enumerate(rows[1:], start=2)]


@pytest.mark.parametrize("count", [1, 2_000])
def test_short_and_long_streams_of_old_excel(tmp_path: Path, count: int) -> None:
    (tmp_path / "f").write_bytes(xls({"Data": [TITLES, *(row(i, DESA="#N/A") for i in range(count))]}))
    found = error_cells(tmp_path / "f")
    assert found == {0: {(i + 1, TITLES.index("DESA")): "#N/A" for i in range(count)}}


@pytest.mark.parametrize("kind", WRITERS)
def test_cells_without_a_title_are_there(tmp_path: Path, kind: str) -> None:
    rows: list[list[object]] = [TITLES, [*row(1), "", "", "catatan"], row(2)]
    (tmp_path / "f").write_bytes(WRITERS[kind](rows))
    _, (batch,) = read(tmp_path / "f")
    assert batch.frame[f"c{WIDTH + 2}"].to_list() == ["catatan", None]
    assert f"c{WIDTH}" not in batch.frame.columns


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_html_in_any_encoding(tmp_path: Path, charset: str) -> None:
    (tmp_path / "f").write_bytes(html([TITLES, row(1, NAMA_ART="JOSÉ & Co")], charset=charset))
    assert cells(read(tmp_path / "f")[1])[0][1][3] == "JOSÉ & Co"


def test_spans_leave_the_cells_they_cover_empty(tmp_path: Path) -> None:
    rest = "".join(f"<td>{cell}</td>" for cell in row(2)[1:])
    first = '<td rowspan="2">1</td>' + "".join(f"<td>{cell}" for cell in row(1)[1:])
    titles = "".join(f"<th>{title}</th>" for title in TITLES)
    page = f"<table><tr><td colspan=10>DAFTAR</td></tr><tr>{titles}<tr>{first}<tr>{rest}</table>"
    (tmp_path / "f").write_text(page)
    assert cells(read(tmp_path / "f")[1]) == [(3, ["1", *row(1)[1:]]), (4, ["", *row(2)[1:]])]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_village_merged_down_is_the_village_of_each_row_and_a_name_is_one_row_s_own(
    tmp_path: Path, kind: str
) -> None:
    village, name = TITLES.index("DESA"), TITLES.index("NAMA_ART")
    merged: list[list[object]] = [list(row(number)) for number in range(1, 5)]
    merged[0][village], merged[1][village], merged[2][village] = Down("JAHAB", 3), None, None
    merged[0][name], merged[1][name] = Down("ISMAIL", 2), None
    (tmp_path / "f").write_bytes(WRITERS[kind]([["DAFTAR"], TITLES, *merged]))
    found = [told for _, told in cells(read(tmp_path / "f")[1])]
    assert [one[village] for one in found] == ["JAHAB", "JAHAB", "JAHAB", row(4)[village]]
    assert [one[name] for one in found] == ["ISMAIL", "", row(3)[name], row(4)[name]]
    assert [one[-1] for one in found] == [row(number)[-1] for number in range(1, 5)]


def test_a_spreadsheet_ends_in_a_million_empty_rows(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(ods({"Data": [TITLES, row(1)]}, tail=repeated(1_048_000, 16_384, "")))
    assert len(cells(read(tmp_path / "f")[1])) == 1


@pytest.mark.parametrize(
    ("rows", "columns", "reason"),
    [(99_000_000, 1, "file.hostile"), (1, 99_000, "file.hostile"), (-1, 1, "file.hostile")],
)
def test_repetitions_are_not_believed(tmp_path: Path, rows: int, columns: int, reason: str) -> None:
    tail = repeated(rows, columns, "<text:p>A</text:p>")
    (tmp_path / "f").write_bytes(ods({"Data": [TITLES, row(1)]}, tail=tail))
    assert refused(tmp_path / "f") == reason


def repeated(rows: int, columns: int, content: str) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}">{content}</table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def test_a_document_of_one_giant_row_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid_ods, "MAX_CONTENT", 10_000)
    (tmp_path / "f").write_bytes(ods({"Data": [TITLES, ["A"] * 2_000]}))
    assert refused(tmp_path / "f") == "file.hostile"


def test_entities_are_refused(tmp_path: Path) -> None:
    content = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with zipfile.ZipFile(tmp_path / "f", "w") as archive:
        archive.writestr("mimetype", grid_ods.MIMETYPE)
        archive.writestr("content.xml", content)
    assert refused(tmp_path / "f") == "file.hostile"


@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_file_is_refused(tmp_path: Path, kind: str, share: float) -> None:
    whole = WRITERS[kind]([TITLES, *(row(i) for i in range(30))])
    (tmp_path / "f").write_bytes(whole[: int(len(whole) * share)])
    assert refused(tmp_path / "f") == "file.unreadable"


def test_a_password_is_named(tmp_path: Path) -> None:
    encrypted = xls({"Data": [TITLES]}) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "f").write_bytes(encrypted)
    assert refused(tmp_path / "f") == "file.format"


def test_rows_beyond_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rbpk.feeds.grid_html.MAX_ROWS", 5)
    (tmp_path / "f").write_bytes(html([TITLES, *(row(i) for i in range(9))]))
    assert grid.MAX_ROWS > 5
    assert refused(tmp_path / "f") == "file.hostile"


def refused(path: Path) -> str:
    with pytest.raises(FeedRejected) as refusal:
        read(path)
    return refusal.value.reason


def test_the_writers_of_the_tests_write_archives() -> None:
    assert zipfile.is_zipfile(io.BytesIO(ods({"Data": [TITLES]})))
