"""What the housing, works, manpower, business and farming offices give, each in the office's own layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, months, welfare
from sample.feeds import said
from sample.feeds.helped import Office, Written, alive, blank, heading
from sample.listing import picked, written_dates
from sample.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Ints

TRAINING, TOILET, SEEDS = 4_500_000, 7_500_000, 1_500_000
COURSES = ("MENJAHIT", "MEKANIK MOTOR", "OPERATOR ALAT BERAT", "BARISTA", "LAS LISTRIK", "TATA BOGA")
TRADES = ("WARUNG SEMBAKO", "JAHIT", "KUE BASAH", "BENGKEL", "IKAN ASAP", "SAYUR KELILING")
GROUPS = ("POKTAN MAJU BERSAMA", "POKTAN ETAM JAYA", "POKTAN TUNAS HARAPAN", "POKTAN SUMBER REJEKI")
_FARMER = "Petani"


@dataclass(frozen=True)
class List:
    """A workbook of an office."""

    feed: str
    file: str
    page: str
    title: str
    office: str


HOUSES = List(
    "opd_perkim_rtlh", "PERKIM_RTLH", "Sheet1", "DAFTAR PENERIMA REHAB RTLH",
    "DINAS PERUMAHAN DAN KAWASAN PERMUKIMAN",
)  # fmt: skip
CAPITAL = List(
    "opd_kopukm_modal", "KOPUKM_MODAL", "KUR DAERAH", "DAFTAR PENERIMA MODAL USAHA", "DINAS KOPERASI DAN UKM"
)
FARMING = List(
    "opd_tani_saprodi", "TANI_SAPRODI", "POKTAN", "DAFTAR PENERIMA BIBIT DAN PUPUK", "DINAS PERTANIAN DAN PETERNAKAN"
)


def sheets_of(office: Office) -> Iterator[Sheet]:
    """Give the month's lists."""
    yield _houses(office)
    yield _toilets(office)
    yield _training(office)
    yield _capital(office)
    yield _farming(office)


def _workbook(office: Office, kind: List, cells: pl.DataFrame) -> Sheet:
    return Sheet(
        f"opd/{kind.file}_{months.compact(office.context.month)}.xlsx", cells, pl.DataFrame(), format="xlsx",
        sheet=kind.page, titles=heading(office.context, kind.title, kind.office), signature=f"KEPALA {kind.office}",
    )  # fmt: skip


def _adults(office: Office) -> Ints:
    persons = office.people(alive(office))
    age = office.age(persons)
    return persons[(age >= 18) & (age < 60)]


def _houses(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, HOUSES.feed
    rows, rates = office.rows(feed, office.drawn(feed, office.heads(), office.scaled(0.0016, 8)))
    village, kecamatan = said.villages(context, rows, rates)
    share = office.share(rows.persons)
    house = welfare.house(dice, rows.homes, share * 0.3)
    value = np.where(dice.happens("big repair", rows.homes, 0.4), 30_000_000, 25_000_000)
    written, odd = said.amounts(dice, feed, rows.ids, value, 0.17)
    rows.marks.add("amount_text", odd)
    done = dice.happens(f"{feed} done {context.month}", rows.homes, 0.7)
    progress = np.where(done, 100, dice.between(f"{feed} progress", rows.homes, 10, 90))
    cells = pl.DataFrame({
        "NAMA PENERIMA": rows.names, "NIK": rows.niks, "NOMOR KK": rows.cards, "DESA": village, "KECAMATAN": kecamatan,
        "KONDISI ATAP": house["jenis_atap"], "KONDISI DINDING": house["jenis_dinding"],
        "KONDISI LANTAI": house["jenis_lantai"], "LUAS (M2)": dice.between("house size", rows.homes, 15, 60),
        "NILAI BANTUAN": written, "SUMBER DANA": "APBD KAB", "STATUS": picked(("PROSES", "SELESAI"), done.astype(int)),
        "PROGRES FISIK (%)": [str(n) for n in progress.tolist()],
    })  # fmt: skip
    numbers = {"NIK": rows.marks.has("nik_excel15"), "NILAI BANTUAN": ~odd}
    return office.sheet(_workbook(office, HOUSES, cells), feed, Written(rows, value, numbers=numbers))


def _toilets(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, "opd_pu_jamban"
    rows, rates = office.rows(feed, office.drawn(feed, office.heads(), office.scaled(0.0014, 8)))
    village, kecamatan = said.villages(context, rows, rates)
    value = np.full(len(rows.ids), TOILET)
    # Amounts in this office's text file are always written as text.
    written = [f"Rp{said.dotted(n)}" if odd else said.dotted(n) for n, odd in zip(
        value.tolist(), dice.happens(feed, rows.ids, 0.25).tolist(), strict=True,
    )]  # fmt: skip
    cells = pl.DataFrame({
        "Nama KK": rows.names, "NIK KK": rows.niks, "Desa": village, "Kec": kecamatan,
        "Jenis Sarana": "JAMBAN KELUARGA", "Unit": "1", "Harga Satuan": written, "Total": written,
        "Tgl BAST": said.dates(dice, feed, rows.ids, said.days(dice, feed, rows.ids, context.month)),
    })  # fmt: skip
    path = f"opd/PU_JAMBAN_{months.compact(context.month)}.csv"
    return office.sheet(Sheet(path, cells, pl.DataFrame(), encoding="utf-8-sig"), feed, Written(rows, value))


def _training(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, "opd_naker_pelatihan"
    persons = office.people(alive(office))
    age = office.age(persons)
    # The old among those trained are a mistake of the list: they need care, not a course.
    young, old = persons[(age >= 18) & (age < 46)], persons[(age >= 62) & (age < 76)]
    count = office.scaled(0.0014, 8)
    chosen = np.concatenate([
        office.drawn(feed, young, count - count // 8), office.drawn(f"{feed} old", old, count // 8),
    ])  # fmt: skip
    rows, rates = office.rows(feed, chosen)
    village, kecamatan = said.villages(context, rows, rates)
    rows.marks.add("elderly_in_training", office.age(rows.persons) >= 60)
    value = np.full(len(rows.ids), TRAINING)
    odd = dice.happens(feed, rows.ids, 0.35)
    rows.marks.add("amount_text", odd)
    address = archive.addresses(dice, "opd", rows, village)
    born = written_dates(rows.birth, rows.no_birth, "%d-%m-%Y")
    place = [name.title() for name in kecamatan]
    cells = pl.DataFrame({
        "Nama Lengkap": rows.names, "No. KTP": rows.niks,
        "Tempat, Tgl Lahir": [f"{where}, {date}" for where, date in zip(kecamatan, born, strict=True)],
        "Usia": [str(n) for n in office.age(rows.persons).tolist()], "L/P": picked(("L", "P"), rows.sex - 1),
        "Alamat Lengkap": [
            f"{road}, {name}, Kec. {district}" for road, name, district in zip(address, village, place, strict=True)
        ],
        "Jenis Pelatihan": picked(COURSES, dice.between("course", rows.ids, 0, len(COURSES) - 1)),
        "Tanggal Mulai": said.dates(dice, feed, rows.ids, said.days(dice, feed, rows.ids, context.month)),
        "Biaya per Peserta": [f"Rp {said.dotted(n)},00" if text else said.dotted(n) for n, text in zip(
            value.tolist(), odd.tolist(), strict=True,
        )],
        "Keterangan": blank(len(rows.ids)),
    })  # fmt: skip
    path = f"opd/NAKER_PELATIHAN_{months.compact(context.month)}.csv"
    sheet = Sheet(path, cells, pl.DataFrame(), encoding="cp1252")
    return office.sheet(sheet, feed, Written(rows, value, entity="person"))


def _capital(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, CAPITAL.feed
    rows, rates = office.rows(feed, office.drawn(feed, _adults(office), office.scaled(0.0013, 8)))
    village, kecamatan = said.villages(context, rows, rates)
    value = np.where(dice.happens("small loan", rows.ids, 0.4), 2_500_000, 5_000_000)
    written, odd = said.amounts(dice, feed, rows.ids, value)
    rows.marks.add("amount_text", odd)
    cells = pl.DataFrame({
        "NAMA PELAKU USAHA": rows.names, "NIK": rows.niks,
        "JENIS USAHA": picked(TRADES, dice.between("trade", rows.ids, 0, len(TRADES) - 1)),
        "ALAMAT USAHA": archive.addresses(dice, "opd", rows, village), "DESA": village, "KECAMATAN": kecamatan,
        "MODAL (RP)": written,
        "TANGGAL AKAD": said.dates(dice, feed, rows.ids, said.days(dice, feed, rows.ids, context.month)),
    })  # fmt: skip
    numbers = {"NIK": rows.marks.has("nik_excel15"), "MODAL (RP)": ~odd}
    return office.sheet(_workbook(office, CAPITAL, cells), feed, Written(rows, value, entity="person", numbers=numbers))


def _farming(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, FARMING.feed
    adults = _adults(office)
    farmers = adults[np.array([job == _FARMER for job in office.jobs(adults)], dtype=bool)]
    rows, rates = office.rows(feed, office.drawn(feed, farmers, office.scaled(0.0026, 8)))
    village, kecamatan = said.villages(context, rows, rates)
    value = np.full(len(rows.ids), SEEDS)
    written, odd = said.amounts(dice, feed, rows.ids, value, 0.4)
    rows.marks.add("amount_text", odd)
    cells = pl.DataFrame({
        "Kelompok Tani": picked(GROUPS, dice.between("group", rows.village, 0, len(GROUPS) - 1)),
        "Nama Anggota": rows.names, "NIK": rows.niks, "Desa": village, "Kecamatan": kecamatan,
        "Jenis Bantuan": "BIBIT DAN PUPUK", "Volume": "1", "Satuan": "PAKET", "Nilai": written,
    })  # fmt: skip
    numbers = {"NIK": rows.marks.has("nik_excel15"), "Nilai": ~odd}
    return office.sheet(_workbook(office, FARMING, cells), feed, Written(rows, value, entity="person", numbers=numbers))
