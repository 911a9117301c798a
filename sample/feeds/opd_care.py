"""What the social, health and education offices give, each list in the office's own layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, months
from sample.feeds import said
from sample.feeds.helped import Office, Written, alive, blank, heading
from sample.listing import picked, written_dates
from sample.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Flags, Ints
    from sample.listing import Rows

PARCEL, MEAL, PREMIUM = 300_000, 450_000, 42_000
SCHOLARSHIPS = {"SD": 900_000, "SMP": 1_200_000, "SMA": 1_800_000}
_ELDERLY = 60


def sheets_of(office: Office, p3ke_listed: Flags) -> Iterator[Sheet]:
    """Give the month's lists."""
    yield _parcels(office, p3ke_listed)
    yield _meals(office)
    yield _premiums(office)
    yield _scholarships(office)


def _path(office: Office, name: str, ending: str) -> str:
    return f"opd/{name}_{months.compact(office.context.month)}.{ending}"


def _excel(rows: Rows) -> Flags:
    return rows.marks.has("nik_excel15")


def _parcels(office: Office, p3ke_listed: Flags) -> Sheet:
    context, dice, feed = office.context, office.context.dice, "opd_dinsos_sembako"
    rows, rates = office.rows(feed, office.drawn(feed, office.heads(), office.scaled(0.012, 24)))
    village, kecamatan = said.villages(context, rows, rates)
    rt, rw = archive.neighbourhood(dice, rows.card)
    value = np.full(len(rows.ids), PARCEL)
    written, odd = said.amounts(dice, feed, rows.ids, value)
    rows.marks.add("amount_text", odd)
    listed = p3ke_listed[rows.homes]
    number = archive.scattered(rows.homes, archive.P3KE_PRIME) + archive.P3KE_FIRST
    minutes = rows.village % 97 + 301
    when = f"{context.month % 12 + 1:02d}/{context.month // 12}"
    cells = pl.DataFrame({
        "NAMA KEPALA KELUARGA": rows.names, "NIK": rows.niks, "NO. KK": rows.cards,
        "ALAMAT": archive.addresses(dice, "opd", rows, village), "RT": [str(n) for n in rt.tolist()],
        "RW": [str(n) for n in rw.tolist()], "DESA/KEL": village, "KECAMATAN": kecamatan,
        "JENIS BANTUAN": "PAKET SEMBAKO", "JUMLAH": "1", "NILAI (Rp)": written,
        "TANGGAL PENYALURAN": said.dates(dice, feed, rows.ids, said.days(dice, feed, rows.ids, context.month)),
        "NO BAST": [f"460/{n}/BAST/{when}" for n in minutes.tolist()],
        "SUMBER DATA": picked(("DTKS", "P3KE"), listed.astype(np.int64)),
        "ID SUMBER": [str(n) if known else None for n, known in zip(number.tolist(), listed.tolist(), strict=True)],
    })  # fmt: skip
    sheet = Sheet(
        _path(office, "DINSOS_SEMBAKO", "xlsx"), cells, pl.DataFrame(), format="xlsx", sheet="BNBA",
        titles=heading(context, "DAFTAR PENERIMA PAKET SEMBAKO", "DINAS SOSIAL"), signature="KEPALA DINAS SOSIAL",
    )  # fmt: skip
    return office.sheet(sheet, feed, Written(rows, value, numbers={"NIK": _excel(rows), "NILAI (Rp)": ~odd}))


def _meals(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, "opd_dinsos_permakanan"
    persons = office.people(alive(office))
    old = persons[office.age(persons) >= _ELDERLY]
    rows, rates = office.rows(feed, office.drawn(feed, old, office.scaled(0.004, 8)))
    village, kecamatan = said.villages(context, rows, rates)
    value = np.full(len(rows.ids), MEAL)
    written, odd = said.amounts(dice, feed, rows.ids, value)
    rows.marks.add("amount_text", odd)
    cells = pl.DataFrame({
        "Nama Lansia": rows.names, "No KTP": rows.niks,
        "Tgl Lahir": written_dates(rows.birth, rows.no_birth, "%d/%m/%Y"),
        "Umur": office.age(rows.persons), "Jenis Kelamin (L/P)": picked(("L", "P"), rows.sex - 1),
        "Alamat": archive.addresses(dice, "opd", rows, village), "Kelurahan/Desa": village, "Kec.": kecamatan,
        "Jenis Paket": "PERMAKANAN LANSIA", "Nilai": written,
        "Tgl Serah": said.dates(dice, feed, rows.ids, said.days(dice, feed, rows.ids, context.month)),
    })  # fmt: skip
    sheet = Sheet(
        _path(office, "DINSOS_PERMAKANAN", "xlsx"), cells, pl.DataFrame(), format="xlsx", sheet="LANSIA",
        titles=heading(context, "DAFTAR PENERIMA PERMAKANAN LANSIA", "DINAS SOSIAL"),
        bands={1: "IDENTITAS", 9: "BANTUAN"}, signature="KEPALA DINAS SOSIAL",
    )  # fmt: skip
    numbers = {"No KTP": _excel(rows), "Nilai": ~odd}
    return office.sheet(sheet, feed, Written(rows, value, entity="person", numbers=numbers))


def _premiums(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, "opd_dinkes_pbi_apbd"
    rows, rates = office.rows(feed, office.drawn(feed, office.people(), office.scaled(0.061, 80)))
    village, kecamatan = said.villages(context, rows, rates)
    born = said.dates(dice, feed, rows.ids, rows.birth)
    cells = pl.DataFrame({
        "nama_peserta": rows.names, "nik": rows.niks,
        "tgl_lahir": [None if none else date for none, date in zip(rows.no_birth.tolist(), born, strict=True)],
        "jenis_kelamin": picked(("L", "P"), rows.sex - 1), "kelurahan": village, "kecamatan": kecamatan,
        "no_kartu_jkn": [f"000{n}" for n in dice.between("jkn card", rows.persons, 10**9, 4 * 10**9).tolist()],
        "segmen": "PBI APBD", "bulan": months.text(context.month), "premi": str(PREMIUM),
    })  # fmt: skip
    path = _path(office, "DINKES_PBI_APBD", "csv")
    value = np.full(len(rows.ids), PREMIUM)
    return office.sheet(Sheet(path, cells, pl.DataFrame(), delimiter=","), feed, Written(rows, value, entity="person"))


def _scholarships(office: Office) -> Sheet:
    context, dice, feed = office.context, office.context.dice, "opd_dikbud_beasiswa"
    persons = office.people(alive(office))
    age = office.age(persons)
    pupils = persons[(age >= 7) & (age <= 18)]
    rows, rates = office.rows(feed, office.drawn(feed, pupils, office.scaled(0.004, 10)))
    village, kecamatan = said.villages(context, rows, rates)
    level = np.digitize(office.age(rows.persons), (13, 16))
    value = np.array(list(SCHOLARSHIPS.values()))[level]
    written, odd = said.amounts(dice, feed, rows.ids, value)
    rows.marks.add("amount_text", odd)
    school = dice.between("school", rows.homes, 1, 40)
    levels = [list(SCHOLARSHIPS)[n] for n in level.tolist()]
    cells = pl.DataFrame({
        "Nama Siswa": rows.names, "NIK Siswa": rows.niks,
        "NISN": [f"01{n}" for n in dice.between("nisn", rows.persons, 10**7, 10**8 - 1).tolist()],
        "Sekolah": [
            f"{name}N {n:03d} {where}" for name, n, where in zip(levels, school.tolist(), kecamatan, strict=True)
        ],
        "Jenjang": levels, "Nama Orang Tua": _parents(office, rows.homes), "Desa": village, "Kecamatan": kecamatan,
        "Nominal": written,
        "Tgl Cair": said.dates(dice, feed, rows.ids, said.days(dice, feed, rows.ids, context.month)),
    })  # fmt: skip
    sheet = Sheet(
        _path(office, "DIKBUD_BEASISWA", "xlsx"), cells, pl.DataFrame(), format="xlsx", sheet="Data",
        titles=heading(context, "DAFTAR PENERIMA BEASISWA SISWA MISKIN", "DINAS PENDIDIKAN DAN KEBUDAYAAN"),
        signature="KEPALA DINAS PENDIDIKAN DAN KEBUDAYAAN",
    )  # fmt: skip
    numbers = {"NIK Siswa": _excel(rows), "Nominal": ~odd}
    return office.sheet(sheet, feed, Written(rows, value, entity="person", numbers=numbers))


def _parents(office: Office, homes: Ints) -> pl.Series:
    """Give the head of each of these homes."""
    heads = office.heads()
    of = np.full(len(office.register.listed), -1)
    of[office.register.home[heads]] = heads
    found = of[homes]
    names = office.context.archive.names.gather(np.maximum(found, 0))
    return pl.select(pl.when(pl.Series(found >= 0)).then(names).otherwise(blank(len(homes)))).to_series()
