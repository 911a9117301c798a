"""A new office is some lines of a reviewed file: its titles, what its list never says, what tells it from others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rbpk.errors import ContractInvalid
from rbpk.feeds import contract_for
from rbpk.feeds.batch import Batch
from rbpk.feeds.header_misses import NearMiss
from rbpk.feeds.headers import Layout, find_layouts
from rbpk.feeds.judging import Judge
from rbpk.feeds.offices import load_offices
from rbpk.feeds.regions import Regions
from rbpk.feeds.registry import readable

OPD = contract_for("opd", "deliveries")
REGIONS = Regions.load(Path(__file__).parents[3] / "dbt_project" / "seeds")
OFFICE = """
dlh_gerobak:
  id: Dinas Lingkungan Hidup, gerobak sampah
  en: Environment office, waste carts
  constants: {opd_code: 2.11.0.00.0.00.09.0000, programme_code: GEROBAK, sub_kegiatan_code: 2.11.11.2.01.0003}
  requires: [nama, nik, desa, kecamatan, nilai_rp]
  titles: {nama: [Nama Pemulung], nilai_rp: [Jumlah]}
"""
TITLES = ["Nama Pemulung", "NIK", "Desa", "Kecamatan", "Jumlah"]


def offices(tmp_path: Path, text: str = OFFICE) -> tuple[object, ...]:
    (tmp_path / "offices.yaml").write_text(text)
    return load_offices(tmp_path / "offices.yaml", OPD)


def test_a_new_office_lands_in_the_same_table_with_its_constants(tmp_path: Path) -> None:
    found = find_layouts([TITLES], [*readable(), *offices(tmp_path)])  # type: ignore[list-item]
    assert isinstance(found, Layout)
    assert (found.contract.table, found.shape) == ("opd__deliveries", "dlh_gerobak")
    row = ["ARIFIN", "6402061007619496", "JAHAB", "TENGGARONG", "Rp 750.000"]
    frame = pl.DataFrame([row], schema=[f"c{i}" for i in range(5)], orient="row").with_columns(
        source_row=pl.lit(2, pl.UInt32), structure=pl.lit(None, pl.String)
    )
    landed = Judge(found.contract, REGIONS, "64.02", date(2026, 10, 31)).judge(Batch(frame), found).landed
    wanted = ["office", "opd_code", "programme_code", "sub_kegiatan_code", "nama", "nilai_rp", "village_code"]
    assert landed.select(wanted).row(0) == (
        "dlh_gerobak", "2.11.0.00.0.00.09.0000", "GEROBAK", "2.11.11.2.01.0003",
        "ARIFIN", "Rp 750.000", "64.02.06.1001",
    )  # fmt: skip
    # An office's own word wins over what it means elsewhere: here JUMLAH is money.
    assert landed["jumlah_unit"].to_list() == [None]


def test_lists_with_the_same_titles_are_told_apart_by_the_lines_above(tmp_path: Path) -> None:
    twin = OFFICE.replace("dlh_gerobak", "dlh_sepatu").replace("  titles:", "  says: [sepatu]\n  titles:")
    known = [*readable(), *offices(tmp_path, OFFICE + twin)]
    shapes = [find_layouts([[above], TITLES], known) for above in ("PENERIMA SEPATU", "PENERIMA GEROBAK")]
    assert [found.shape for found in shapes if isinstance(found, Layout)] == ["dlh_sepatu", "dlh_gerobak"]


def test_another_offices_list_is_told_where_to_map_it() -> None:
    titles = ["No", "Nama Nelayan", "NIK", "Desa", "Kecamatan", "Jenis Alat", "Nilai Bantuan", "Tgl Serah"]
    found = find_layouts([titles], readable())
    assert isinstance(found, NearMiss)
    assert "opd_offices.yaml" in found.message


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("nama: [Nama Pemulung]", "nama_pemulung: [Nama Pemulung]", "no column nama_pemulung"),
        ("programme_code: GEROBAK", "programme: GEROBAK", "no column programme"),
        ("requires: [nama,", "requires: [naam,", "requires naam"),
        ("nilai_rp: [Jumlah]", "nilai_rp: [Nama Pemulung]", "belongs to"),
        ("  constants:", "  constant:", "unknown key constant"),
    ],
)
def test_a_slip_in_the_file_is_an_error(tmp_path: Path, before: str, after: str, said: str) -> None:
    with pytest.raises(ContractInvalid, match=said):
        offices(tmp_path, OFFICE.replace(before, after))


# Headers as offices send them; another list of the same office must not be taken for it.
HEADERS = {
    "dinsos_sembako": "No|NAMA KEPALA KELUARGA|NIK|NO. KK|ALAMAT|RT|RW|DESA/KEL|KECAMATAN|JENIS BANTUAN|"
    "JUMLAH|NILAI (Rp)|"
    "TANGGAL PENYALURAN|NO BAST|SUMBER DATA|ID SUMBER",
    "dinsos_permakanan": "No|Nama Lansia|No KTP|Tgl Lahir|Umur|Jenis Kelamin (L/P)|Alamat|Kelurahan/Desa|Kec.|"
    "Jenis Paket|"
    "Nilai|Tgl Serah",
    "perkim_rtlh": "No|NAMA PENERIMA|NIK|NOMOR KK|DESA|KECAMATAN|KONDISI ATAP|KONDISI DINDING|KONDISI LANTAI|LUAS (M2)|"
    "NILAI BANTUAN|SUMBER DANA|STATUS|PROGRES FISIK (%)",
    "dinkes_pbi_apbd": "nama_peserta|nik|tgl_lahir|jenis_kelamin|kelurahan|kecamatan|no_kartu_jkn|segmen|bulan|premi",
    "dikbud_beasiswa": "No|Nama Siswa|NIK Siswa|NISN|Sekolah|Jenjang|Nama Orang Tua|Desa|Kecamatan|Nominal|Tgl Cair",
    "naker_pelatihan": "Nama Lengkap|No. KTP|Tempat, Tgl Lahir|Usia|L/P|Alamat Lengkap|Jenis Pelatihan|Tanggal Mulai|"
    "Biaya per Peserta|Keterangan",
    "kopukm_modal": "No|NAMA PELAKU USAHA|NIK|JENIS USAHA|ALAMAT USAHA|DESA|KECAMATAN|MODAL (RP)|TANGGAL AKAD",
    "pu_jamban": "Nama KK|NIK KK|Desa|Kec|Jenis Sarana|Unit|Harga Satuan|Total|Tgl BAST",
    "tani_saprodi": "No|Kelompok Tani|Nama Anggota|NIK|Desa|Kecamatan|Jenis Bantuan|Volume|Satuan|Nilai",
}


@pytest.mark.parametrize(("office", "header"), HEADERS.items())
def test_every_office_is_known_by_its_header(office: str, header: str) -> None:
    found = find_layouts([header.split("|")], readable())
    assert isinstance(found, Layout)
    assert (found.contract.table, found.shape, found.unknown) == ("opd__deliveries", office, ())
