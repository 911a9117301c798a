"""Whatever the dialect, the rows that were written are the rows that are read, each with its own number."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rbpk.feeds import csv_framing
from rbpk.feeds.csv_reading import read_csv
from rbpk.feeds.recognition import recognise
from tests.unit.feeds.lists import ROW, TITLES, layout, row

if TYPE_CHECKING:
    from pathlib import Path


WIDTH = len(TITLES)


def read(path: Path) -> list[tuple[int, str | None, list[str | None]]]:
    (found,) = recognise(path)
    assert found.dialect is not None
    with path.open("rb") as opened:
        frames = [batch.frame for batch in read_csv(opened, found.dialect, found.parts[0].layout)]
    names = [f"c{i}" for i in range(WIDTH)]
    return [
        (number, structure, [cell or None for cell in cells])
        for frame in frames
        for number, structure, *cells in frame.select("source_row", "structure", *names).iter_rows()
    ]


def write(rows: list[list[str]], delimiter: str = ";", end: str = "\n", *, always: bool = False) -> str:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


CELL = st.text(alphabet="ABc 0129;,\t|\"'éñ.-/", max_size=8)
ROWS = st.lists(st.lists(CELL, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    rows=ROWS,
    delimiter=st.sampled_from([";", ",", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]),
    always=st.booleans(),
    titles_above=st.integers(0, 3),
    chunk=st.sampled_from([97, 1000, 1 << 20]),
)
def test_reads_back_what_was_written(  # noqa: PLR0917
    rows: list[list[str]], delimiter: str, end: str, encoding: str, always: bool, titles_above: int, chunk: int,  # noqa: FBT001
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    path = tmp_path_factory.mktemp("csv") / "list"
    above = "".join(f"DAFTAR {i}{end}" for i in range(titles_above))
    text = above + write([TITLES, *rows], delimiter, end, always=always)
    path.write_bytes(text.encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_framing, "CHUNK_BYTES", chunk)
        read_rows = read(path)
    first = titles_above + 2
    assert read_rows == [(first + i, None, [cell or None for cell in cells]) for i, cells in enumerate(rows)]


@pytest.mark.parametrize("chunk", [64, 65, 300, 1 << 20])
def test_lines_that_end_in_three_ways_are_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(csv_framing, "CHUNK_BYTES", chunk)
    lines = write([TITLES, *map(row, range(1, 8))]).splitlines()
    ends = ("\r", "\r\n", "\n")
    (tmp_path / "f").write_bytes("".join(line + ends[i % 3] for i, line in enumerate(lines)).encode())
    assert [n for n, _, _ in read(tmp_path / "f")] == list(range(2, 9))


@pytest.mark.parametrize("chunk", [64, 300, 1 << 20])
def test_a_cell_with_line_ends_is_one_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(csv_framing, "CHUNK_BYTES", chunk)
    rows = [row(1), row(2, HUBUNGAN='anak\n"angkat"; kedua\nlagi'), row(3)]
    (tmp_path / "f").write_text(write([TITLES, *rows]))
    assert [(n, c[6]) for n, _, c in read(tmp_path / "f")] == [
        (2, ROW[6]),
        (3, 'anak\n"angkat"; kedua\nlagi'),
        (4, ROW[6]),
    ]


@pytest.mark.parametrize("second", ['HERLINA"', 'BINTI "ALI', '"'])
@pytest.mark.parametrize("chunk", [64, 1 << 20])
def test_two_stray_quotes_swallow_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str, chunk: int
) -> None:
    monkeypatch.setattr(csv_framing, "CHUNK_BYTES", chunk)
    rows = [row(i) for i in range(20)]
    rows[4][1], rows[9][1] = '"HERLINA', second
    (tmp_path / "f").write_text("\n".join(";".join(r) for r in [TITLES, *rows]) + "\n")
    assert read(tmp_path / "f") == [(i + 2, None, cells) for i, cells in enumerate(rows)]


def test_short_and_long_rows_are_told_apart_and_empty_trailing_cells_forgiven(tmp_path: Path) -> None:
    lines = [TITLES, row(1)[:6], [*row(2), "more"], [*row(3), "", ""], row(4)]
    (tmp_path / "f").write_text("\n".join(";".join(r) for r in lines) + "\n")
    assert [(n, s) for n, s, _ in read(tmp_path / "f")] == [(2, "ROW_SHORT"), (3, "ROW_LONG"), (4, None), (5, None)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("quoted", ["ISMAIL", '"ISMAIL"'])
def test_a_row_cut_short_is_seen_among_whole_ones(tmp_path: Path, quoted: str, ending: str) -> None:
    lines = [TITLES, row(1, NAMA_ART=quoted), row(2)[:6], row(3)]
    (tmp_path / "f").write_bytes((ending.join(";".join(r) for r in lines) + ending).encode())
    found = read(tmp_path / "f")
    assert [(n, s) for n, s, _ in found] == [(2, None), (3, "ROW_SHORT"), (4, None)]
    assert found[1][2][:7] == [*row(2)[:6], None]


def test_blank_lines_are_counted_as_a_person_counts_them(tmp_path: Path) -> None:
    text = write([TITLES, row(1)]) + "\n\n" + write([row(2)])
    (tmp_path / "f").write_text(text.rstrip("\n"))
    assert [n for n, _, cells in read(tmp_path / "f") if cells[0]] == [2, 5]


def test_zero_bytes_and_giant_cells_pass(tmp_path: Path) -> None:
    giant = "A" * 200_000
    (tmp_path / "f").write_bytes(
        write([TITLES, row(1, HUBUNGAN=giant), row(2)]).encode().replace(b"HERLINA", b"HER\x00LINA")
    )
    rows = read(tmp_path / "f")
    assert (len(rows), rows[0][2][6], rows[1][2][1]) == (2, giant, "HERLINA")


def test_one_line_of_another_encoding_spoils_no_other(tmp_path: Path) -> None:
    first, second = row(1, NAMA_ART="JOSÉ"), row(2, NAMA_ART="JOSÉ")
    lines = write([TITLES]).encode() + write([first]).encode("utf-8") + write([second]).encode("cp1252")
    (tmp_path / "f").write_bytes(lines)
    assert [cells[3] for _, _, cells in read(tmp_path / "f")] == ["JOSÉ", "JOSÉ"]


@pytest.mark.parametrize(
    ("text", "lands"),
    [
        (write([TITLES, row(1), row(2)], ","), True),
        (write([TITLES, row(1, NAMA_ART="JUHRIAH, S.PD")], ","), True),
        # As Excel writes a list here.
        (write([TITLES, row(1, NAMA_ART="JUHRIAH; S.PD"), row(2)], ";", "\r\n"), True),
        # In any order of its columns.
        (write([TITLES[::-1], row(1)[::-1]], "\t"), True),
        # PostgreSQL reads each of these otherwise than we do, or not at all.
        (write([TITLES, row(1, NAMA_ART="")], ",").replace(",,", ',"",'), False),
        (write([TITLES, row(1, NAMA_ART='JUHRIAH "S.PD"')], ","), False),
        (write([TITLES, row(1)], ",").replace("HERLINA", 'HER"LI"NA'), False),
        # One cell too few here and one too many there.
        (write([TITLES, row(1)[:-1], [*row(2), ""]], ","), False),
        (write([TITLES, row(1, NAMA_ART="SITI\rAMINAH")], ",", "\r\n").replace('"', ""), False),
        # With a column that only `extra` has room for.
        (write([[*TITLES, "CATATAN"], [*row(1), "BARU"]], ","), False),
    ],
)
def test_only_lines_that_say_the_same_to_postgresql_land_as_they_stand(
    tmp_path: Path,
    text: str,
    lands: bool,  # noqa: FBT001  (one row of the table)
) -> None:
    (tmp_path / "f").write_text(text, newline="")
    (found,) = recognise(tmp_path / "f")
    assert found.dialect is not None
    with (tmp_path / "f").open("rb") as opened:
        (batch,) = read_csv(opened, found.dialect, found.parts[0].layout)
    assert ("line" in batch.frame.columns) == lands
    if lands:
        assert batch.frame["line"].to_list() == text.splitlines()[1:]


def test_the_layout_of_the_tests_is_that_of_the_contract() -> None:
    assert layout().width == WIDTH


def test_a_cell_longer_than_a_spreadsheet_allows_holds_its_row_back(tmp_path: Path) -> None:
    lines = [row(1), row(2, HUBUNGAN="A" * 2_000_000), row(3, HUBUNGAN="é" * 32_767)]
    (tmp_path / "f").write_text(write([TITLES, *lines]))
    (found,) = recognise(tmp_path / "f")
    assert found.dialect is not None
    with (tmp_path / "f").open("rb") as opened:
        (batch,) = read_csv(opened, found.dialect, found.parts[0].layout)
    assert batch.within_limits().frame["structure"].to_list() == [None, "CELL_TOO_LONG", None]


def test_a_record_of_two_lines_may_end_in_the_empty_cells_of_a_wider_sheet(tmp_path: Path) -> None:
    cells = row(2, HUBUNGAN="ANAK\nANGKAT")
    wide = [[*line, "", ""] for line in (row(1), cells, row(3))]
    (tmp_path / "f").write_text(write([TITLES, *wide]))
    assert [(n, s) for n, s, _ in read(tmp_path / "f")] == [(2, None), (3, None), (4, None)]
    assert read(tmp_path / "f")[1][2] == cells
