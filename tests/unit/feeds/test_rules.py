"""Checks that contracts write down, and the kinds of cells of budgets, partners and visits: one case a line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rbpk.errors import ContractInvalid, FeedRejected
from rbpk.feeds import contract_for
from rbpk.feeds.batch import Batch
from rbpk.feeds.headers import Layout, find_layouts, wanted
from rbpk.feeds.judging import Judge, Judged
from rbpk.feeds.loader import load_contract
from rbpk.feeds.regions import Regions
from rbpk.feeds.registry import readable
from tests.unit.feeds.test_contracts import GOOD

REGIONS = Regions.load(Path(__file__).parents[3] / "dbt_project" / "seeds")
SOMEBODY = {
    "nik": "6402061007619496", "nama": "ISMAIL", "desa": "JAHAB", "kecamatan": "TENGGARONG", "no_ba": "1/BA/2026",
    "tanggal_ba": "1 Oktober 2026", "no_peserta": "64030900284258", "nama_penerima": "ISMAIL", "nominal": "500.000",
    "tgl": "2026-10-09", "status": "SUKSES SPM", "kode_sub_kegiatan": "1.06.05.2.02.0006", "bulan": "10",
    "kode_skpd": "1.06.0.00.0.00.08.0000", "realisasi_anggaran": "1.000", "pagu_murni": "1.000",
    "nama_sub_kegiatan": "Permakanan", "nilai": "1", "kode_wilayah": "64.02.06.1001",
    "nama_pengurus": "HERLINA", "kel": "JAHAB", "kec": "TENGGARONG", "desa_kelurahan": "JAHAB", "kelurahan": "JAHAB",
    "desil_kesejahteraan": "1", "desil_nasional": "1", "no_bukti": "BAST/1",
    "tahap": "4", "tahun": "2026", "nik_penerima": "6402061007619496",
}  # fmt: skip


def judge(table: str, **cells: str) -> tuple[Judge, Judged]:
    feed, _, entity = table.partition("__")
    contract = contract_for(feed, entity)
    names = list(dict.fromkeys([*wanted(contract, contract.shapes[0]), *cells]))
    where = find_layouts([names], [contract])
    assert isinstance(where, Layout)
    row = [cells.get(name, SOMEBODY.get(name, "")) or None for name in names]
    frame = pl.DataFrame([row], schema=dict.fromkeys((f"c{i}" for i in range(len(row))), pl.String), orient="row")
    frame = frame.with_columns(source_row=pl.lit(2, pl.UInt32), structure=pl.lit(None, pl.String))
    judging = Judge(contract, REGIONS, "64.02", date(2026, 10, 31))
    return judging, judging.judge(Batch(frame), where)


FINDINGS = [
    ("tjsp__deliveries", {"no_bukti": "-"}, "no_bukti:PARTNER_NO_EVIDENCE"),
    ("tjsp__deliveries", {"tanggal": "kemarin"}, "tanggal:DATE_INVALID"),
    ("apbd__realisations", {"pagu": "999,00"}, "realisasi_anggaran:BUDGET_REAL_GT_PAGU"),
    ("apbd__realisations", {"realisasi_fisik": "143,39"}, "realisasi_fisik:PERCENT_INVALID"),
    ("apbd__realisations", {"bulan": "13"}, "bulan:MONTH_INVALID"),
    ("apbd__budget_lines", {"pagu_murni": "-5000"}, "pagu_murni:BUDGET_NEG"),
    ("blt_dd__recipients", {"nilai": "Rp 900.000"}, "nilai:PAY_AMOUNT"),
    ("pkh__payments", {"sd": "3", "smp": "2"}, "nominal:PAY_OVER_4"),
    ("pkh__payments", {"status": "EXCLUDE MENINGGAL"}, "status:DECEASED"),
    ("bps__indicators", {"nilai": "satu"}, "nilai:NUMBER_INVALID"),
    ("handover__records", {"no_hp_penerima": "tidak punya hp"}, "no_hp_penerima:PHONE_INVALID"),
    ("dtsen__individuals", {"status_dtsen": "DTSEN AKTIF - ASESMEN MENINGGAL"}, "status_dtsen:DECEASED"),
    ("dtks__individuals", {"pekerjaan": "TNI/POLRI"}, "pekerjaan:INELIGIBLE_JOB"),
    ("tjsp__commitments", {"status": "delivered", "evidence_no": ""}, "evidence_no:PARTNER_NO_EVIDENCE"),
    ("verval__decisions", {"petugas_peran": "camat", "keputusan": "L"}, "petugas_peran:CODE_UNKNOWN"),
    ("dtsen__individuals", {"pekerjaan_utama": "PNS/TNI/Polri"}, "pekerjaan_utama:INELIGIBLE_JOB"),
    ("p3ke__individuals", {"usia_7_12": "1", "usia_13_15": "1", "usia_dibawah_7_tahun": "0", "usia_16_18": "0",
     "usia_19_21": "0", "usia_22_59": "0", "usia_60_tahun_keatas": "0"}, "usia_dibawah_7_tahun:AGE_BIN"),
    ("p3ke__individuals", {"prioritas_verval": "NIK Duplikat"}, "prioritas_verval:NIK_DUP_FLAG"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "cells", "finding"), FINDINGS, ids=[code for _, _, code in FINDINGS])
def test_marks_what_is_odd(table: str, cells: dict[str, str], finding: str) -> None:
    assert judge(table, **cells)[0].counts.findings[finding] == 1


QUIET = [
    ("tjsp__deliveries", {"tanggal": "46309"}),
    ("apbd__realisations", {"pagu": "1.000", "realisasi_fisik": "43,39", "bulan": "Oktober"}),
    ("apbd__realisations", {"bulan": "2026-10", "realisasi_fisik": "100,00"}),
    ("apbd__realisations", {"kode_sub_kegiatan": "X.XX.01.2.07.0002"}),
    ("blt_dd__recipients", {"nilai": "300.000", "bulan": "10"}),
    ("bps__indicators", {"nilai": "7,99"}),
    ("bps__indicators", {"nilai": "768.120"}),
    ("verval__pkh_visits", {"status_kunjungan": "Tidak Eligible", "catatan": "sudah mampu"}),
    ("verval__pkh_visits", {"status_kunjungan": "Eligible", "catatan": ""}),
    # the code says why
    ("verval__decisions", {"petugas_peran": "rt", "keputusan": "TL-PINDAH", "alasan": "", "no_ba": ""}),
    ("verval__musdes_decisions", {"memenuhi_kriteria": "Tidak", "alasan": "karena sudah mampu"}),
    ("verval__musdes_decisions", {"memenuhi_kriteria": "Tidak", "alasan": "Keluarga tidak ada"}),
    ("p3ke__individuals", {"penerima_pkh": "0"}),
    ("tjsp__commitments", {"partner_type": "tni", "status": "signed", "evidence_no": ""}),
]


@pytest.mark.parametrize(("table", "cells"), QUIET)
def test_finds_nothing_where_nothing_is(table: str, cells: dict[str, str]) -> None:
    counts = judge(table, **cells)[0].counts
    about = {name for name in cells if any(code.startswith(f"{name}:") for code in counts.findings)}
    assert (about, dict(counts.reasons)) == (set(), {})


HELD = [
    ("verval__musdes_decisions", {"no_ba": "", "memenuhi_kriteria": "Ya"}, "VER_NO_BA"),
    ("verval__musdes_decisions", {"tanggal_ba": "-", "memenuhi_kriteria": "Ya"}, "VER_NO_BA"),
    ("verval__musdes_decisions", {"memenuhi_kriteria": "Tidak", "alasan": ""}, "VER_EMPTY_REASON"),
    ("verval__musdes_decisions", {"memenuhi_kriteria": "tidak", "alasan": "Tidak layak."}, "VER_EMPTY_REASON"),
    (
        "verval__musdes_decisions",
        {"memenuhi_kriteria": "Tdk Layak", "alasan": "karena tidak layak"},
        "VER_EMPTY_REASON",
    ),
    (
        "verval__musdes_decisions",
        {"memenuhi_kriteria": "Tidak", "alasan": "memang tidak memenuhi syarat"},
        "VER_EMPTY_REASON",
    ),
    ("verval__pkh_visits", {"status_kunjungan": "Tidak Eligible", "catatan": "-"}, "VER_EMPTY_REASON"),
    ("verval__puskesos_visits", {"hasil": "Tidak Eligible", "alasan": ""}, "VER_EMPTY_REASON"),
    ("verval__decisions", {"petugas_peran": "rt", "keputusan": "Tidak Layak", "alasan": ""}, "VER_EMPTY_REASON"),
    # a role that is also the first word of a signature: held back, not taken for one
    ("verval__decisions", {"petugas_peran": "camat", "keputusan": "L", "kode_wilayah": ""}, "REG_UNKNOWN"),
    ("verval__decisions", {"petugas_peran": "muskel", "keputusan": "L", "no_ba": "-"}, "VER_NO_BA"),
    ("apbd__realisations", {"kode_sub_kegiatan": "1.06.05.2.02.06"}, "BUDGET_CODE"),
    ("apbd__realisations", {"kode_sub_kegiatan": "sosial"}, "BUDGET_CODE"),
    ("dtsen__families", {"desil_nasional": "11", "kelurahan": "JAHAB"}, "DESIL_RANGE"),
]


@pytest.mark.parametrize(("table", "cells", "reason"), HELD)
def test_holds_back_by_its_code(table: str, cells: dict[str, str], reason: str) -> None:
    assert dict(judge(table, **cells)[0].counts.reasons) == {reason: 1}


SWAPS = [
    # NIK, family card, the NIK that is used
    ("6402061708959001", "6402061203189002", "6402061708959001"),
    ("6402061203189002", "6402061708959001", None),
    # a birth date that neither of them tells proves no exchange
    ("6402061203189002", "6402061103189002", "6402061203189002"),
]


@pytest.mark.parametrize(("nik", "card", "used"), SWAPS)
def test_a_card_s_number_in_the_nik_s_cell_is_not_used(nik: str, card: str, used: str | None) -> None:
    _, judged = judge("dtks__individuals", nik=nik, nokk=card, tanggal_lahir="17/08/1995")
    assert judged.landed["nik_clean"].to_list() == [used]
    assert ("nik:SWAP_SUSPECT" in (judged.landed["findings"][0] or "")) is (used is None)


TOTALS = [{"kode_skpd": "JUMLAH"}, {"kode_skpd": "", "nama_sub_kegiatan": "Total Anggaran"}]


@pytest.mark.parametrize("cells", TOTALS)
def test_a_total_over_all_months_is_no_budget_line(cells: dict[str, str]) -> None:
    months = {f"bulan_{number}": "1.000.000" for number in range(1, 13)}
    line = {"kode_skpd": "JUMLAH", "kode_sub_kegiatan": "", "nama_sub_kegiatan": ""}
    counts = judge("apbd__budget_lines", **(line | months | cells))[0].counts
    assert (counts.rows_not_data, counts.rows_read) == (1, 0)


PLACES = [
    ("apbdes__budget_lines", {"kd_prov": "64", "kd_kab": "64.02", "kd_kec": "06", "kd_desa": "1001"}, "CODE"),
    ("apbdes__budget_lines", {"kd_prov": "64", "kd_kab": "02", "kd_kec": "6", "kd_desa": "1001"}, "CODE"),
    ("apbdes__budget_lines", {"kd_prov": "64", "kd_kab": "2.0", "kd_kec": "6.0", "kd_desa": "1001.0"}, "CODE"),
    ("apbdes__budget_lines", {"nama_kecamatan": "TENGGARONG", "nama_desa": "JAHAB"}, "NAME"),
    ("blt_dd__recipients", {"kode_wilayah": "6402061001"}, "CODE"),
    # a regency's own table of DTKS has codes in pieces or whole
    (
        "dtks__individuals",
        {"kode_provinsi": "64", "kode_kabupaten": "02", "kode_kecamatan": "6", "kode_desa": "1001"},
        "CODE",
    ),
    (
        "dtks__individuals",
        {"kode_provinsi": "64", "kode_kabupaten": "6402", "kode_kecamatan": "640206", "kode_desa": "6402061001"},
        "CODE",
    ),
    ("dtsen__families", {"id_wilayah": "6403090", "kecamatan": "TENGGARONG", "kelurahan": "JAHAB"}, "BPS_CODE"),
]


@pytest.mark.parametrize(("table", "cells", "rule"), PLACES)
def test_resolves_villages_from_what_there_is(table: str, cells: dict[str, str], rule: str) -> None:
    landed = judge(table, **cells)[1].landed
    assert landed.select("village_code", "village_rule").row(0) == ("64.02.06.1001", rule)


def test_resolves_a_village_inside_an_address() -> None:
    titles = ["Nama Lengkap", "No. KTP", "Tempat, Tgl Lahir", "Alamat Lengkap", "Jenis Pelatihan", "Biaya per Peserta"]
    found = find_layouts([titles], readable())
    assert isinstance(found, Layout)
    row = ["ISMAIL", "6402061007619496", "Kutai Barat, 11-07-1961", "JL. POROS, KEL JAHAB, Kec. Tenggarong", "LAS", "1"]
    frame = pl.DataFrame([row], schema=[f"c{i}" for i in range(6)], orient="row").with_columns(
        source_row=pl.lit(2, pl.UInt32), structure=pl.lit(None, pl.String)
    )
    judging = Judge(found.contract, REGIONS, "64.02", date(2026, 10, 31))
    assert judging.judge(Batch(frame), found).landed["village_code"].to_list() == ["64.02.06.1001"]
    assert dict(judging.counts.findings) == {"nik:NIK_DOB_MISMATCH": 1}


@pytest.mark.parametrize(
    ("identified", "zeros", "damaged", "rows", "code"),
    [
        (100, 51, 0, 100, "NIK_MAYBE_ROUNDED"),
        (100, 50, 0, 100, None),
        (10, 10, 0, 10, None),
        (79, 9, 21, 100, "NIK_DAMAGED"),
        (80, 9, 20, 100, None),
        (4, 0, 6, 10, None),
    ],
)
def test_refuses_a_list_a_spreadsheet_has_spoilt(
    identified: int, zeros: int, damaged: int, rows: int, code: str | None
) -> None:
    judging = Judge(contract_for("blt_dd", "recipients"), REGIONS, "64.02", date(2026, 10, 31))
    judging.counts.identified, judging.counts.ending_in_zero, judging.counts.rows_read = identified, zeros, rows
    judging.counts.findings["nik:NIK_SCI"] = damaged
    if code is None:
        judging.finish()
    else:
        with pytest.raises(FeedRejected) as refused:
            judging.finish()
        assert refused.value.reason == code


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{code: X, column: nik2, empty: true}", "rule X names nik2"),
        ("{code: X, column: nik}", "rule X checks nothing"),
        ("{code: X, column: nik, emty: true}", "unknown key emty"),
    ],
)
def test_a_slip_in_a_rule_is_an_error(tmp_path: Path, rule: str, said: str) -> None:
    (tmp_path / "x__y.yaml").write_text(GOOD.replace("shapes:", f"rules:\n  - {rule}\nshapes:"))
    with pytest.raises(ContractInvalid, match=said):
        load_contract(tmp_path / "x__y.yaml", {})
