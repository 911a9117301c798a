"""Lists that look alike are told apart by their titles."""

from __future__ import annotations

import pytest

from rbpk.feeds.header_misses import NearMiss, refuse
from rbpk.feeds.headers import Layout, find_layouts
from rbpk.feeds.registry import readable

HEADERS = {
    ("dtks__individuals", "D-B"): "NOKK|NIK|Nama|Alamat|SK DTKS|Terakhir Padan Capil|BPNT|BST|PKH|PBI|"
    "BPNT PPKM|BLT|BLT BBM|"
    "RUTILAHU|Keterangan Meninggal|Keterangan Disabilitas|Kelurahan|Kecamatan",
    ("dtks__individuals", "D-C"): "id_dtks|province|regency|district|village|alamat|dusun|rw|rt|nkk|nik|nama|tgl_lahir|"
    "tmp_lahir|jenkel_id|ibu_kandung|shdk_id|status|tgl_kejadian|noreg_kejadian|tb_status|pkh|bpnt|bst|bpnt_ppkm|pbi",
    ("dtsen__families", "families"): "id_keluarga|id_wilayah|nama_kepala_keluarga|no_kk|nik|desil_nasional|"
    "kecamatan|kelurahan",
    ("p3ke__families", "families-2022"): "ID Keluarga P3KE|Kecamatan|Desa/Kelurahan|Desil|Kepala Keluarga|NIK",
    ("p3ke__individuals", "individuals-2023"): "ID_keluarga_P3KE|dimuktakhirkan_tahun|kecamatan|kelurahan|"
    "desil_kesejahteraan|persentil|IDIndividu|prioritas_verval|nama|NIK|tanggal_lahir|hubungan_dengan_KK",
    ("p3ke__verifications", "verval-2023"): "ID_keluarga_P3KE|dimuktakhirkan_tahun|provinsi|kabupaten|Id_kec|kecamatan|"
    "Id_des_kel|kelurahan|kode_kemdagri|desil_kesejahteraan|persentil|alamat|RT|RW|IDIndividu|prioritas_verval|nama|"
    "nama_perbaikan|NIK|NIK_perbaikan|nomor_KK|foto_KK|tanggal_lahir|padan_dukcapil|jenis_kelamin|hubungan_dengan_KK|"
    "penerima_BPNT|VERVAL_memenuhi_kriteria_P3KE|VERVAL_alasan_tidak_memenuhi_kriteria|DTKS_KK_DTKS|APBN_PKH",
    ("verval__musdes_decisions", "musdes"): "No BA|Tanggal BA|Desa|Kecamatan|ID Keluarga P3KE|NIK|Nama|"
    "Memenuhi Kriteria|Alasan",
    ("verval__puskesos_visits", "puskesos"): "tanggal_kunjungan|kecamatan|desa|id_keluarga_p3ke|nik|"
    "nama_kepala_keluarga|"
    "hasil|alasan|petugas",
    ("verval__tksk_visits", "tksk"): "Nama TKSK|Tanggal Kunjungan|Kecamatan|Desa|NIK|Nama KPM|Hasil|Alasan",
    ("verval__pkh_visits", "pkh"): "TGL|NO_PESERTA|NIK|NAMA|DESA|KECAMATAN|STATUS_KUNJUNGAN|CATATAN",
    ("verval__decisions", "unified"): "petugas_peran|petugas_id|tgl_kunjungan|kode_wilayah|nik|id_keluarga_sumber|"
    "keputusan|alasan|no_ba|foto_ref",
    ("verval__decisions", "unified-names"): "Peran Petugas|Tanggal Kunjungan|Kecamatan|Desa|NIK|Nama|Keputusan|Alasan",
    ("pkh__participants", "bansos-list"): "NAMA PENERIMA|NIK KTP|TAHAP|BANSOS|IDSEMESTA|NO KEL|NM PROV|NM KAB|NM KEC|"
    "NM KEL|ALAMAT|UMUR|TANGGUNGAN|STATUS|PENGHASILAN",
    ("pkh__participants", "numbered-bansos-list"): "NAMA PENERIMA|NO PESERTA|NIK KTP|BANSOS|NM KEC|NM KEL",
    ("pkh__participants", "stage-list"): "No|Nama|No Peserta|NIK Pengurus|ID Keluarga DTKS|Alamat",
    ("pkh__assisted_families", "assisted"): "NAMA|NOKK|DESA|KECAMATAN|KELOMPOK|STATUS_KEPESERTAAN|CATATAN",
    ("tjsp__commitments", "partner-commitments"): "partner_id|partner_type|year|program|indicator|kode_wilayah|"
    "unit_target|unit_cost|committed_rp|realised_rp|evidence_no|evidence_date|status|beneficiary_token",
    ("tjsp__commitments", "commitments"): "No|Perusahaan|Forum TJSP|Program|Indikator|Kecamatan|Desa/Kelurahan|"
    "Unit Target|Biaya Satuan|Nilai Komitmen|No MoU|Status",
    ("pkh__participants", "kpm"): "NO_PESERTA|NAMA_PENGURUS|NIK_PENGURUS|DESA|KECAMATAN|STATUS_KEPESERTAAN",
    ("pkh__exits", "exits"): "NO_PESERTA|NAMA_PENGURUS|NIK_PENGURUS|DESA|KECAMATAN|JENIS_GRADUASI|TGL_GRADUASI|CATATAN",
    ("blt_dd__recipients", "recipients"): "tahun|kode_wilayah|desa|nik|no_kk|nama|alamat|kriteria|bulan|nilai|"
    "tgl_terima",
    ("tni__housing_units", "units"): "No|Satuan TNI|Nama Penerima|NIK|Desa|Kecamatan|Nilai Bantuan|"
    "Progres Fisik (%)|Status",
    ("tjsp__deliveries", "deliveries"): "perusahaan|program|no_mou|nama_penerima|nik_penerima|desa|kecamatan|"
    "nominal|tanggal",
    ("apbd__budget_lines", "murni"): "Kode SKPD|Kode Sub Kegiatan|Nama Sub Kegiatan|Pagu Murni|Bulan 1|Bulan 2",
    ("apbd__realisations", "rfk"): "bulan|kode_skpd|kode_sub_kegiatan|pagu|rak|realisasi_anggaran|realisasi_fisik",
    ("opd__deliveries", "minimum"): "tahun|kode_skpd|kode_sub_kegiatan|nama_bantuan|bentuk|nik|no_kk|nama|tgl_lahir|"
    "jenis_kelamin|alamat|rt|rw|kode_wilayah|jumlah|satuan|nilai_rp|sumber_dana|tahap|tanggal_serah|no_bast|status|"
    "sumber_data_sasaran|id_sumber",
    ("handover__records", "handovers"): "No BA|Tanggal BA|Kecamatan|Desa|Versi P3KE|Jumlah Keluarga|Ditandatangani",
    ("bps__indicators", "indicators"): "Kode Wilayah|Nama Wilayah|Indikator|Tahun|Bulan|Nilai|Satuan|Sumber",
}  # fmt: skip


SAID_ABOVE = [
    (
        "KODIM 0909/KUTAI TIMUR",
        "No|Nama Penerima|NIK|Desa|Kecamatan|Nilai Bantuan|Progres Fisik (%)|Status",
        "one-unit",
    ),
    ("Sumber: BPS Kabupaten Kaur", "Tahun|Indikator|Nilai|Satuan|Sumber", "one-regency"),
    ("DINAS SOSIAL", "No|Nama Penerima|NIK|Desa|Kecamatan|Nilai Bantuan|Progres Fisik (%)|Status", None),
    ("STATISTIK SEKTORAL", "Tahun|Indikator|Nilai|Satuan|Sumber", None),
]


@pytest.mark.parametrize(("above", "header", "shape"), SAID_ABOVE)
def test_what_a_list_never_says_stands_above_it(above: str, header: str, shape: str | None) -> None:
    found = find_layouts([[above], header.split("|")], readable())
    assert (found.shape if isinstance(found, Layout) else None) == shape


@pytest.mark.parametrize(
    ("shape", "header"), HEADERS.items(), ids=lambda value: value[0] if isinstance(value, tuple) else ""
)
def test_a_header_is_its_own_list_and_no_other(shape: tuple[str, str], header: str) -> None:
    found = find_layouts([header.split("|")], readable())
    assert isinstance(found, Layout)
    assert (found.contract.table, found.shape) == shape


@pytest.mark.parametrize("header", ["Nomor KK|NIK|desil", "No|No. KK|NIK|Desil Nasional", "NIK|Desil|No. KK"])
def test_a_decile_without_id_name_and_place_is_refused_with_what_to_ask_for(header: str) -> None:
    found = find_layouts([["DATA DESIL DESA"], header.split("|")], readable())
    assert isinstance(found, NearMiss)
    assert refuse([found]).reason == "HDR_MISSING_COL"
    assert "ask for the DTSEN family list" in found.message
