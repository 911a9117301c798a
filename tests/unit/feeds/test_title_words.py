"""Titles in other words than a contract's: what is the same column, and what only looks like it."""

from __future__ import annotations

import pytest

from rbpk.feeds.headers import Layout, find_layouts
from rbpk.feeds.registry import contracts, readable
from rbpk.feeds.title_words import Sayings

CASES = [
    # contract, title as sent → column
    ("baznas__distributions", "TGL. PENYALURAN", "tanggal"),
    ("baznas__distributions", "NO. KTP", "nik"),
    ("baznas__distributions", "Kel/Desa", "desa"),
    ("baznas__distributions", "Nama Desa", "desa"),
    ("baznas__distributions", "JUMLAH (RP)", "nominal"),
    ("baznas__distributions", "Nominal (dalam rupiah)", "nominal"),
    ("baznas__distributions", "Nominal (%)", None),
    ("apbd__realisations", "Realisasi Keuangan (Rp.)", "realisasi_anggaran"),
    ("apbd__realisations", "Realisasi Fisik %", "realisasi_fisik"),
    ("verval__musdes_decisions", "Nomor Berita Acara", "no_ba"),
    ("verval__puskesos_visits", "Nama KK", "nama_kepala_keluarga"),
    ("pkh__participants", "Nomor Kartu Keluarga", "no_kk"),
    ("baznas__distributions", "NIK\n(16 digit)", "nik"),
    ("baznas__distributions", "NAMA\nMUSTAHIK *)", "nama_mustahik"),
    ("p3ke__families", "NIK KK", "nik"),
    ("p3ke__individuals", "Nama Anggota Keluarga (sesuai KTP)", "nama"),
    ("baznas__distributions", "Desa atau Kelurahan", "desa"),
    ("baznas__distributions", "Alamat Rumah", "alamat"),
    ("p3ke__families", "Jns. Kelamin", "jenis_kelamin"),
    ("p3ke__families", "Kepala Kel.", "kepala_keluarga"),
    ("p3ke__families", "Tgl. Lahir (hh/bb/tttt)", "tanggal_lahir"),
    ("apbd__realisations", "Kd. SKPD", "kode_skpd"),
    # the village's head is no head of family
    ("p3ke__families", "Kepala Desa", None),
    # units and rupiah are two columns of one word
    ("opd__deliveries", "Jml", "jumlah_unit"),
    ("opd__deliveries", "Jml (Rp)", "nilai_rp"),
    ("opd__deliveries", "Hari, Tanggal, Pukul", None),
]


@pytest.mark.parametrize(("table", "title", "expected"), CASES)
def test_a_title_means_the_column_its_words_name(table: str, title: str, expected: str | None) -> None:
    (contract,) = (one for one in contracts() if one.table == table)
    assert Sayings(contract).column(title) == expected


HEADERS = [
    ("NO.|TGL PENYALURAN|NAMA MUSTAHIK|NO. KTP|ALAMAT|KEL/DESA|KEC.|ASNAF|JENIS BANTUAN|JUMLAH (RP)|CARA PENYALURAN",
     "baznas__distributions"),
    ("No|Nama Perusahaan|Anggota Forum TJSP|Program/Kegiatan|Kecamatan|Desa|Target Unit|Nilai Komitmen (Rp)|Status",
     "tjsp__commitments"),
    ("NOMOR BERITA ACARA|TANGGAL|KEC|DESA|VERSI DATA|JML KELUARGA|JML JIWA|PENYERAH|PENERIMA|STATUS TTD",
     "handover__records"),
    ("No|No Peserta|Nama Pengurus|NIK|Desa|Kecamatan|Status Kepesertaan|Alasan|Tgl Exit", "pkh__exits"),
    ("No|Nama Pemilik Rumah|NIK|Desa|Kec|Kodim|Anggaran (Rp)|Progres (%)|Status", "tni__housing_units"),
    ("No|Tahun|Kode Desa|Nama Desa|No. KTP|Nama KPM|Bln|Nilai (Rp)", "blt_dd__recipients"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "table"), HEADERS)
def test_a_header_in_other_words_is_known(header: str, table: str) -> None:
    found = find_layouts([header.split("|")], readable())
    assert isinstance(found, Layout)
    assert found.contract.table == table
    assert not [title for _, title in found.unknown if title != "Alasan"]


def test_exact_words_go_first_and_two_other_words_for_one_column_are_none() -> None:
    (contract,) = (one for one in contracts() if one.table == "baznas__distributions")
    titles = ["Tanggal", "Tgl. Penyaluran", "Nama Mustahik", "NIK", "Nama Desa", "Kec", "Asnaf", "Nominal"]
    found = find_layouts([titles], [contract])
    assert isinstance(found, Layout)
    assert dict(found.columns)[0] == "tanggal"
    assert dict(found.unknown) == {1: "Tgl. Penyaluran"}
    # Which of the two is the village nobody can tell, and a list without one is refused.
    assert not isinstance(find_layouts([[*titles, "Kel. "]], [contract]), Layout)


def test_what_many_offices_title_the_same_makes_a_list_of_none_of_them() -> None:
    titles = ["No", "Nama", "NIK", "Desa", "Kecamatan", "Jenis Bantuan", "Nilai (Rp)", "Tanggal Serah"]
    assert not isinstance(find_layouts([["BANTUAN KURSI RODA"], titles], readable()), Layout)
