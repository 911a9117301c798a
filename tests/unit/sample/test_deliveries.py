"""The files look as offices send them, and chance depends on the seed alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest

from sample.generate import Order, generate
from tests.unit.sample.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from tests.unit.sample.conftest import Made

P3KE_FAMILY = (
    "No|ID Keluarga P3KE|Provinsi|Kabupaten/Kota|Kecamatan|Desa/Kelurahan|Kode Kemdagri|Desil Kesejahteraan|Alamat|"
    "Kepala Keluarga|NIK|Padan Dukcapil|Jenis Kelamin|Tanggal Lahir|Pekerjaan|Pendidikan|Kepemilikan Rumah|"
    "Memiliki Simpanan Uang/Perhiasan/Ternak/Lainnya|Jenis Atap|Jenis Dinding|Jenis Lantai|Sumber Penerangan|"
    "Bahan Bakar Memasak|Sumber Air Minum|Memiliki fasilitas Buang Air Besar|Penerima {}|Penerima BPUM|Penerima BST|"
    "Penerima PKH|Penerima SEMBAKO|Resiko Stunting"
)
P3KE_MEMBER = (
    "ID Keluarga P3KE|Provinsi|Kabupaten/Kota|Kecamatan|Desa/Kelurahan|Kode Kemdagri|Desil Kesejahteraan|Alamat|"
    "ID Individu|Nama|NIK|Padan Dukcapil|Jenis Kelamin|Hubungan dengan Kepala Keluarga|Tanggal Lahir|Status Kawin|"
    "Pekerjaan|Pendidikan|Usia dibawah 7 tahun|Usia 7-12|Usia 13-15|Usia 16-18|Usia 19-21|Usia 22-59|"
    "Usia 60 tahun keatas|Penerima BPNT|Penerima BPUM|Penerima BST|Penerima PKH|Penerima SEMBAKO|Resiko Stunting"
)
P3KE_SNAKE = (
    "id_keluarga_p3ke|provinsi|kabupaten_kota|kecamatan|desa_kelurahan|kode_kemdagri|desil_kesejahteraan|alamat|"
    "id_individu|nama|nik|padan_dukcapil|jenis_kelamin|hubungan_dengan_kepala_keluarga|tanggal_lahir|status_kawin|"
    "pekerjaan|pendidikan|usia_dibawah_7_tahun|usia_7_12|usia_13_15|usia_16_18|usia_19_21|usia_22_59|"
    "usia_60_tahun_keatas|penerima_bnpt|penerima_bpum|penerima_bst|penerima_pkh|penerima_sembako|resiko_stunting"
)
DTKS = (
    "No|ID DTKS|Provinsi|Kabupaten/Kota|Kecamatan|Desa/Kelurahan|Alamat|Dusun|RT|RW|NOKK|NIK|Nama|Tanggal Lahir|"
    "Tempat Lahir|Jenis Kelamin|Pekerjaan|Nama Ibu Kandung|Hub Keluarga|Keterangan Padan|BANSOS BPNT|BANSOS PKH|"
    "BANSOS BPNT-PPKM|PBI JKN"
)
DTKS_OTHER = (
    "No|ID DKTS|Provinsi|Kabupaten/Kota|Kecamatan|Desa/Kelurahan|Alamat|Dusun|RW|RT|NO KK|NIK|Nama|Tanggal Lahir|"
    "Tempat Lahir|Jenis Kelamin|Pekerjaan|Nama Ibu Kandung|Hub Keluarga|Keterangan Padan|BANSOS BPNT|BANSOS PKH|"
    "BANSOS BNPNT PPKM|PBI JNI"
)
KPM = (
    "No|NO_PESERTA|ID_KELUARGA_DTKS|NAMA_PENGURUS|NIK_PENGURUS|NO_KK|TGL_LAHIR|ALAMAT|DESA|KECAMATAN|KELOMPOK|"
    "STATUS_KEPESERTAAN|TAHUN_MASUK|CATATAN"
)
COMPONENTS = "NO_PESERTA|NAMA_PENGURUS|NIK_ART|NAMA_ART|TGL_LAHIR|JENIS_KELAMIN|HUBUNGAN|KOMPONEN|DESA|KECAMATAN"
PAYMENTS = (
    "NO_PESERTA|NAMA_PENGURUS|NIK|NO_KK|ALAMAT|KEL|KEC|BANK|NO_REKENING|NO_KKS|TAHAP|TAHUN|ALOKASI|BUMIL|AUD|SD|SMP|"
    "SMA|LANSIA|DISABILITAS|NOMINAL|STATUS|KETERANGAN|NO_SP2D|TGL_SP2D"
)


@pytest.mark.parametrize(
    ("period", "name", "form", "titles"),
    [
        (FIRST, "p3ke/P3KE_INDIVIDU_KUTAI_KARTANEGARA_202510.csv", ("cp1252", ";"), P3KE_MEMBER),
        (SECOND, "p3ke/P3KE_INDIVIDU_KUTAI_KARTANEGARA_202511.csv", ("utf-8", ","), P3KE_SNAKE),
        (SECOND, "dtks/DTKS_KUTAI_KARTANEGARA_202511.csv", ("utf-8-sig", ";"), DTKS_OTHER),
        (FIRST, "pkh/KOMPONEN_PKH_KUTAI_KARTANEGARA_202510.csv", ("utf-8", ";"), COMPONENTS),
        (FIRST, "pkh/BAYAR_PKH_TAHAP4_202510.csv", ("utf-8-sig", ";"), PAYMENTS),
    ],
)
def test_text_files_have_their_titles(made: Made, period: str, name: str, form: tuple[str, str], titles: str) -> None:
    encoding, delimiter = form
    raw = (made.folder / period / name).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    first, *_ = raw.decode(encoding).splitlines()
    assert first.split(delimiter) == titles.split("|")


@pytest.mark.parametrize(
    ("period", "name", "header", "titles"),
    [
        (FIRST, "p3ke/P3KE_KELUARGA_KUTAI_KARTANEGARA_202510.xlsx", ("Sheet1", 1), P3KE_FAMILY.format("BPNT")),
        (SECOND, "p3ke/P3KE_KELUARGA_KUTAI_KARTANEGARA_202511.xlsx", ("Sheet1", 1), P3KE_FAMILY.format("BNPT")),
        (FIRST, "dtks/DTKS_KUTAI_KARTANEGARA_202510.xlsx", ("DTKS", 5), DTKS),
        (FIRST, "pkh/KPM_PKH_KUTAI_KARTANEGARA_202510.xlsx", ("KPM", 5), KPM),
    ],
)
def test_workbooks_have_their_titles(made: Made, period: str, name: str, header: tuple[str, int], titles: str) -> None:
    sheet, row = header
    page = openpyxl.load_workbook(made.folder / period / name, read_only=True)[sheet]
    (found,) = page.iter_rows(min_row=row, max_row=row, values_only=True)
    assert list(found) == titles.split("|")


def test_a_payment_file_comes_once_per_stage(made: Made) -> None:
    assert [path.name for path in sorted(made.folder.glob("*/pkh/BAYAR*"))] == ["BAYAR_PKH_TAHAP4_202510.csv"]


def test_dtks_ends_with_a_total_and_a_signature(made: Made) -> None:
    page = openpyxl.load_workbook(made.folder / FIRST / "dtks/DTKS_KUTAI_KARTANEGARA_202510.xlsx").active
    assert page is not None
    cells = [str(cell) for row in page.iter_rows(min_row=page.max_row - 6, values_only=True) for cell in row if cell]
    assert cells[0] == "JUMLAH"
    assert "KEPALA DINAS SOSIAL" in cells


def test_truth_names_the_row_a_person_sees(made: Made) -> None:
    name = "dtks/DTKS_KUTAI_KARTANEGARA_202510.xlsx"
    page = openpyxl.load_workbook(made.folder / FIRST / name).active
    assert page is not None
    rows = made.truth.filter((pl.col("period") == FIRST) & (pl.col("file") == name))
    for number, key, kind in rows.select("row_number", "source_key", "entity").iter_rows():
        assert kind == "not_data" or page.cell(number, 2).value == key
    assert rows["row_number"].max() == page.max_row


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    # A city of three kecamatan: the smallest place there is, and the one with another title.
    folders = [tmp_path / "one", tmp_path / "two"]
    truths = [generate(Order("64.74", FIRST, 150, 3, folder)) for folder in folders]
    names = sorted(path.relative_to(folders[0]) for path in folders[0].rglob("*.*"))
    # No villages, so no budgets of villages.
    assert len(names) == 31
    assert [(folders[1] / name).read_bytes() for name in names] == [(folders[0] / name).read_bytes() for name in names]
    assert truths[0].equals(truths[1])


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    one, two = (generate(Order("64.08", FIRST, 150, seed, tmp_path / str(seed))) for seed in (1, 2))
    assert one.height != two.height or not one["source_key"].equals(two["source_key"])


def test_a_longer_run_begins_with_the_same_month(made: Made, tmp_path: Path) -> None:
    generate(Order("64.02", FIRST, 4000, 7, tmp_path))
    for path in tmp_path.rglob("*.csv"):
        assert path.read_bytes() == (made.folder / FIRST / path.relative_to(tmp_path)).read_bytes()


def test_an_unknown_regency_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no villages of 99\.99"):
        generate(Order("99.99", FIRST, 10, 1, tmp_path))


@pytest.mark.parametrize("headers", [Path(__file__).parents[4] / "shared" / "deliveries" / "HEADERS.md"])
def test_titles_are_those_of_the_deliveries_seen(headers: Path) -> None:
    if not headers.exists():
        pytest.skip("the deliveries shown to the builders are not here")
    known = headers.read_text(encoding="utf-8")
    for titles in (P3KE_FAMILY.format("BPNT"), P3KE_MEMBER, P3KE_SNAKE, DTKS, DTKS_OTHER, KPM, COMPONENTS, PAYMENTS):
        assert " | ".join(titles.split("|")) in known
