"""One row, one place: what lands, what is held back and why, what is no data, what was there before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbpk.feeds.batch import Batch
from rbpk.feeds.duplicates import Seen
from rbpk.feeds.headers import Layout, find_layouts
from rbpk.feeds.judging import Judge, Judged
from rbpk.feeds.regions import Regions
from rbpk.feeds.registry import contract
from tests.unit.feeds.lists import COMPONENTS, TITLES, layout, row

REGIONS = Regions.load(Path(__file__).parents[3] / "dbt_project" / "seeds")
PAYMENTS = contract("pkh", "payments")
FAMILIES = contract("p3ke", "families")


def judge(rows: list[list[str | None]], where: Layout | None = None, **numeric: list[bool]) -> tuple[Judge, Judged]:
    where = where or layout()
    names = [f"c{i}" for i in range(where.width)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
        pl.Series("source_row", range(2, len(rows) + 2), dtype=pl.UInt32), structure=pl.lit(None, pl.String)
    )
    judging = Judge(where.contract, REGIONS, "64.02", date(2026, 10, 31))
    return judging, judging.judge(Batch(frame, "", pl.DataFrame(numeric) if numeric else None), where)


def findings(**cells: str) -> set[str]:
    _, judged = judge([list(row(1, **cells))])
    return set(filter(None, (judged.landed["findings"][0] or "{}").strip("{}").split(",")))


CASES = [
    ({}, set()),
    ({"NIK_ART": "'6402061007619496"}, {"nik_art:REPAIRED"}),
    ({"NIK_ART": "6.402E+15"}, {"nik_art:NIK_SCI"}),
    ({"NIK_ART": ""}, {"nik_art:NIK_NULL"}),
    ({"NIK_ART": "6472061007619496"}, {"nik_art:NIK_FOREIGN_PREFIX"}),
    ({"TGL_LAHIR": "1961-07-11"}, {"nik_art:NIK_DOB_MISMATCH"}),
    ({"TGL_LAHIR": "10/07/1961"}, set()),
    ({"TGL_LAHIR": "kemarin"}, {"tgl_lahir:DOB_INVALID"}),
    ({"TGL_LAHIR": "2027-07-10"}, {"tgl_lahir:DOB_FUTURE", "nik_art:NIK_DOB_MISMATCH"}),
    ({"JENIS_KELAMIN": "P"}, {"nik_art:NIK_SEX_MISMATCH"}),
    ({"JENIS_KELAMIN": "Laki-laki"}, set()),
    ({"JENIS_KELAMIN": "?"}, {"jenis_kelamin:SEX_UNKNOWN"}),
    ({"KOMPONEN": "lanjut  usia "}, set()),
    ({"KOMPONEN": "PENSIUNAN"}, {"komponen:CODE_UNKNOWN"}),
    ({"NAMA_ART": "X"}, {"nama_art:NAME_ONE_CHAR"}),
    ({"NAMA_ART": "ISM4IL"}, {"nama_art:NAME_DIGITS"}),
    ({"NAMA_ART": ""}, {"nama_art:NAME_EMPTY"}),
    ({"DESA": "Desa Jahab"}, set()),
    ({"DESA": "ENTAH"}, {"desa:REG_UNKNOWN"}),
]


@pytest.mark.parametrize(("cells", "expected"), CASES)
def test_finds_what_is_odd_and_loads_the_row_all_the_same(cells: dict[str, str], expected: set[str]) -> None:
    assert findings(**cells) == expected


def test_cells_without_a_title_land_under_their_letter() -> None:
    _, judged = judge([["1", *row(1)], ["", *row(2)], ["7", *row(1)]], layout(["", *TITLES]))
    assert [json.loads(one)["kolom_A"] for one in judged.landed["extra"]] == ["1", None]
    assert judged.landed["findings"].to_list() == ["{kolom_A:CELL_UNTITLED}", None]


REASONS = [
    ({"NAMA_ART": "", "NIK_ART": "-"}, "NO_IDENTITY", "nik_art"),
    ({"DESA": "ENTAH", "KECAMATAN": "DI MANA"}, "REG_UNKNOWN", "desa"),
    ({"DESA": "SANGATTA SELATAN", "KECAMATAN": "SANGATTA SELATAN"}, "TENANT_MISMATCH", "desa"),
    ({"TGL_LAHIR": "#N/A"}, "FORMULA_ERROR", "tgl_lahir"),
]


@pytest.mark.parametrize(("cells", "reason", "column"), REASONS)
def test_holds_back_with_a_reason_in_words(cells: dict[str, str], reason: str, column: str) -> None:
    judging, judged = judge([list(row(1, **cells)), list(row(2))])
    assert judged.rejected is not None
    ((number, about, code, message, raw),) = judged.rejected.iter_rows()
    assert (number, about, code) == (2, column, reason)
    assert message.startswith(f"{column}: ")
    assert "6402061007619496" not in message
    assert json.loads(raw)["hubungan"] == "KEPALA KELUARGA"
    assert (judging.counts.rows_read, judging.counts.rows_loaded, judging.counts.rows_quarantined) == (2, 1, 1)


NOT_DATA = [
    [],
    [" ", "\xa0"],
    ["JUMLAH", "355"],
    ["", "", "Total", "", "", "", "", "12"],
    ["", "", "", "", "", "", "", "Mengetahui,"],
    ["KEPALA DINAS SOSIAL"],
    ["", "(................................)"],
    ["NIP. 19720101 199903 1 001"],
    ["", "", "", "", "", "", "", "", "Tenggarong, 31 Oktober 2026"],
    ["Drs. H. SUPARMAN, M.Si"],
    [f"({i})" for i in range(1, 11)],
    [str(-i) for i in range(1, 11)],
    list(TITLES),
    ["###"],
]


@pytest.mark.parametrize("cells", NOT_DATA, ids=lambda cells: "|".join(cells)[:30] or "blank")
def test_knows_what_is_no_data(cells: list[str]) -> None:
    filled = [cell or None for cell in cells] + [None] * (len(TITLES) - len(cells))
    judging, judged = judge([filled, list(row(1))])
    assert (judging.counts.rows_not_data, judging.counts.rows_read, judged.landed.height) == (1, 1, 1)


def test_a_row_with_a_key_and_little_else_is_data() -> None:
    judging, _ = judge([["64030900284258", *[None] * 9]])
    assert (judging.counts.rows_not_data, judging.counts.rows_read) == (0, 1)


def test_identical_rows_count_once_whatever_their_number() -> None:
    titles = ["No", *TITLES]
    found = find_layouts([list(titles)], [COMPONENTS])
    assert isinstance(found, Layout)
    judging, judged = judge([["1", *row(1)], ["2", *row(1)], ["3", *row(2)]], found)
    assert judged.landed["source_row"].to_list() == [2, 4]
    assert judging.counts.rows_duplicate == 1


def test_identical_rows_are_known_beside_rows_that_are_too_long() -> None:
    judging, _ = judge([row(1)])
    names = [f"c{i}" for i in range(layout().width)]
    frame = pl.DataFrame([row(1), row(1)], schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
        pl.Series("source_row", [3, 4], dtype=pl.UInt32),
        pl.Series("structure", [None, "ROW_LONG"]),
        overflow=pl.Series(["", "more"]),
    )
    judging.judge(Batch(frame), layout())
    assert (judging.counts.rows_duplicate, judging.counts.rows_quarantined) == (1, 1)


def test_a_nik_that_is_the_family_card_is_not_clean() -> None:
    titles = [(c.titles or (c.name,))[0] for c in PAYMENTS.columns]
    found = find_layouts([list(titles)], [PAYMENTS])
    assert isinstance(found, Layout)
    _, judged = judge([payment(nik="6402060107619496", no_kk="6402060107619496")], found)
    assert judged.landed.select("nik_clean", "no_kk_clean").row(0) == (None, "6402060107619496")
    assert "nik:NIK_EQ_KK" in judged.landed["findings"][0]


def payment(**cells: str) -> list[str | None]:
    given = {
        "no": "1", "no_peserta": "64030900284258", "nama_pengurus": "HERLINA", "nik": "6402064107619496",
        "no_kk": "6402060107159496", "kel": "JAHAB", "kec": "TENGGARONG", "tahap": "4", "tahun": "2026",
        "nominal": "600.000", "status": "SUKSES SPM",
    }  # fmt: skip
    return [(given | cells).get(column.name) for column in PAYMENTS.columns]


def test_a_second_good_payment_of_a_stage_is_held_back_and_a_failed_one_is_not() -> None:
    titles = [(c.titles or (c.name,))[0] for c in PAYMENTS.columns]
    found = find_layouts([list(titles)], [PAYMENTS])
    assert isinstance(found, Layout)
    rows = [payment(status="GAGAL OMSPAN"), payment(), payment(bank="POS"), payment(tahap="3")]
    _, judged = judge(rows, found)
    assert judged.landed["source_row"].to_list() == [2, 3, 5]
    assert judged.rejected is not None
    assert judged.rejected["reason_code"].to_list() == ["PAY_DUP"]


@pytest.mark.parametrize(
    ("desil", "held"), [("1", 0), ("4.0", 0), ("Desil 2", 0), ("", 0), ("5", 1), ("0", 1), ("x", 1)]
)
def test_a_decile_outside_the_list_is_held_back(desil: str, held: int) -> None:
    titles = [(c.titles or (c.name,))[0] for c in FAMILIES.columns]
    found = find_layouts([list(titles)], [FAMILIES])
    assert isinstance(found, Layout)
    cells = {
        "id_keluarga_p3ke": "100000001", "kecamatan": "TENGGARONG", "desa_kelurahan": "JAHAB",
        "kode_kemdagri": "6402061001",
        "kepala_keluarga": "ISMAIL", "nik": "6402061007619496", "desil_kesejahteraan": desil,
    }  # fmt: skip
    judging, _ = judge([[cells.get(c.name) or None for c in FAMILIES.columns]], found)
    assert judging.counts.rows_quarantined == held


def test_a_number_cell_that_ends_in_zero_may_be_rounded() -> None:
    _, judged = judge(
        [list(row(1, NIK_ART="6402061007619490")), list(row(2, NIK_ART="6402061007619490"))], nik_art=[True, False]
    )
    assert [("NIK_MAYBE_ROUNDED" in (f or "")) for f in judged.landed["findings"]] == [True, False]
    assert judged.landed["numeric_cells"].to_list() == ["nik_art", None]


@given(st.lists(st.lists(st.integers(0, 30), max_size=20), max_size=12))
def test_seen_tells_every_repetition_over_any_batches(batches: list[list[int]]) -> None:
    seen = Seen()
    known: set[int] = set()
    for batch in batches:
        expected = [value in known or value in batch[:i] for i, value in enumerate(batch)]
        assert seen.again(pl.Series(np.array(batch, dtype=np.uint64))).to_list() == expected
        known.update(batch)


ABOVE = [
    # lines above a header without kecamatan → village of Sumber Sari, of which the regency has three
    (("DAFTAR P3KE", "Kecamatan : Loa Kulu"), "64.02.02.2014"),
    (("KEC. SEBULU KABUPATEN KUTAI KARTANEGARA",), "64.02.07.2007"),
    (("KECAMATAN SEBULU, BULAN MEI 2026",), "64.02.07.2007"),
    (("REKAP PER KECAMATAN",), None),
    (("KECAMATAN LOA KULU", "KECAMATAN SEBULU"), None),
    ((), None),
]


@pytest.mark.parametrize(("above", "village"), ABOVE)
def test_a_list_of_one_kecamatan_names_it_above_its_header(above: tuple[str, ...], village: str | None) -> None:
    where = find_layouts(
        [*([line] for line in above), ["Desa", "ID Keluarga P3KE", "Desil", "Nama", "NIK", "Hubungan", "Alamat", "JK"]],
        [contract("p3ke", "individuals")],
    )
    assert isinstance(where, Layout)
    _, judged = judge(
        [["SUMBER SARI", "100000001", "1", "ARIFIN", "6402061007619496", "Anak", "JL. POROS", "L"]], where
    )
    codes = judged.landed["village_code"].to_list() if judged.rejected is None else [None]
    assert codes == [village]
