"""DTKS: one row per person, a workbook one month and a text file the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, life, months, sheets, welfare
from sample.damage import spelling
from sample.damage.marks import Hand
from sample.damage.rates import DTKS
from sample.listing import Context, Rows, picked, rows_of, written_dates, yes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Flags, Floats, Ints
    from sample.registers import Register

TITLES = (
    "No", "ID DTKS", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan", "Alamat", "Dusun", "RT", "RW", "NOKK",
    "NIK", "Nama", "Tanggal Lahir", "Tempat Lahir", "Jenis Kelamin", "Pekerjaan", "Nama Ibu Kandung", "Hub Keluarga",
    "Keterangan Padan", "BANSOS BPNT", "BANSOS PKH", "BANSOS BPNT-PPKM", "PBI JKN",
)  # fmt: skip
OTHER_TITLES = (
    "No", "ID DKTS", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan", "Alamat", "Dusun", "RW", "RT",
    "NO KK", "NIK", "Nama", "Tanggal Lahir", "Tempat Lahir", "Jenis Kelamin", "Pekerjaan", "Nama Ibu Kandung",
    "Hub Keluarga", "Keterangan Padan", "BANSOS BPNT", "BANSOS PKH", "BANSOS BNPNT PPKM", "PBI JNI",
)  # fmt: skip
RELATIONS = ("KEPALA KELUARGA", "ISTRI/SUAMI", "ANAK", "ORANG TUA/MERTUA", "CUCU", "FAMILI LAIN")
_LISTED = (0.93, 0.88, 0.77, 0.60, 0.43, 0.15, 0.09, 0.047, 0.023, 0.012)
_ELIGIBLE = 5
_NO_MOTHER, _MOTHER_TYPO = 0.060, 0.046
_ONCE_LISTED_FOR = 36  # months within which the families that come and go are spread


def place(context: Context, homes: Ints) -> Floats:
    """Rank families as they truly live."""
    return welfare.rank(context.dice, homes, welfare.hardship(context.dice, homes))


def enlist(context: Context, register: Register, start: int) -> None:
    """Choose the families on the list this month; some come, some are struck off."""
    dice = context.dice
    homes = np.arange(len(register.listed))
    chance = np.asarray(_LISTED)[welfare.decile(place(context, homes)) - 1]
    chance = np.where(context.world.homes.founded[homes] > start, chance * 0.4, chance)
    removed = start + dice.between("dtks removed", homes, 0, _ONCE_LISTED_FOR) <= context.month
    added = start + dice.between("dtks added", homes, 0, _ONCE_LISTED_FOR) <= context.month
    comes = dice.happens("dtks comes", homes, chance * 0.07) & added
    goes = dice.happens("dtks goes", homes, 0.06) & removed
    register.listed = (dice.happens("dtks listed", homes, chance) | comes) & ~goes & (register.seen >= 0)


def sheets_of(context: Context, register: Register, pkh: Register) -> Iterator[sheets.Sheet]:
    """Give the month's list."""
    rows = rows_of(context, register, DTKS, register.members(), twice=True)
    spelling.harm_mothers(Hand(context.dice, "dtks", rows.ids, rows.marks), rows.mothers, _NO_MOTHER, _MOTHER_TYPO)
    cells = _cells(context, rows, pkh)
    keys = cells["ID DTKS"].to_list()
    sheets.stale(context, register, rows)
    rows.marks.add("inclusion_error", welfare.decile(place(context, rows.homes)) > _ELIGIBLE)
    excel = rows.marks.has("nik_excel15")
    records = sheets.truth(context, rows, "dtks", "person", keys)
    twice = context.dice.happens(f"dtks {context.month} dup_row", rows.ids, DTKS.dup_row)
    cells, records, copied = sheets.repeat(cells, records, twice, "dup_row", "DUPLICATE_ROW")
    excel = np.concatenate([excel, excel[copied]])
    number = pl.Series("No", np.arange(1, len(cells) + 1))
    yield _file(context, cells.insert_column(0, number), records, excel)


def _cells(context: Context, rows: Rows, pkh: Register) -> pl.DataFrame:
    dice, regency, people = context.dice, context.regency, context.world.people
    kecamatan, village = archive.village_fields(regency, rows.village)
    rt, rw = archive.neighbourhood(dice, rows.card)
    hamlet = dice.pick("hamlet", rows.homes, (0.4, 0.2, 0.2, 0.2))
    share = place(context, rows.homes)
    birthplace = [
        context.archive.places[place_] if place_ >= 0 else (regency.name if local else home)
        for place_, local, home in zip(
            people.place[rows.persons].tolist(), dice.happens("born as regency", rows.persons, 0.25).tolist(),
            kecamatan, strict=True,
        )
    ]  # fmt: skip
    padan = dice.pick("dtks padan", rows.ids, (92.8, 3.8, 3.4))
    jobs = [job.upper() for job in life.jobs(dice, rows.persons, rows.age, rows.sex, share)]
    poor = np.clip(1.1 - 1.5 * share, 0.1, 0.9)
    words = ("TIDAK", "YA")
    return pl.DataFrame({
        "ID DTKS": archive.uuids(dice, "id dtks", rows.ids),
        "Provinsi": regency.province, "Kabupaten/Kota": regency.name,
        "Kecamatan": kecamatan, "Desa/Kelurahan": village,
        "Alamat": archive.addresses(dice, "dtks", rows, village),
        "Dusun": pl.Series([None, "DUSUN I", "DUSUN II", "DUSUN III"]).gather(hamlet),
        "RT": [f"{n:03d}" for n in rt.tolist()], "RW": [f"{n:03d}" for n in rw.tolist()], "NOKK": rows.cards,
        "NIK": rows.niks, "Nama": rows.names,
        "Tanggal Lahir": written_dates(rows.birth, rows.no_birth, "%Y-%m-%d" if context.layout else "%d-%m-%Y"),
        "Tempat Lahir": birthplace, "Jenis Kelamin": picked(("1", "2") if context.layout else ("L", "P"), rows.sex - 1),
        "Pekerjaan": jobs, "Nama Ibu Kandung": rows.mothers,
        "Hub Keluarga": picked(RELATIONS, rows.relation.astype(np.int64)),
        "Keterangan Padan": picked(("PADAN", "TIDAK PADAN", "BELUM PADAN"), padan),
        "BANSOS BPNT": yes(dice.happens("bpnt", rows.homes, poor * 0.65), words),
        "BANSOS PKH": yes(pkh.listed[rows.homes], words), "BANSOS BPNT-PPKM": "TIDAK",
        "PBI JKN": yes(dice.happens("pbi", rows.homes, np.clip(1.0 - 0.5 * share, 0, 0.95)), words),
    })  # fmt: skip


def _file(context: Context, cells: pl.DataFrame, records: pl.DataFrame, excel: Flags) -> sheets.Sheet:
    stem = f"dtks/DTKS_{context.regency.name.replace(' ', '_')}_{months.compact(context.month)}"
    if context.layout:
        order = [*TITLES[:8], "RW", "RT", *TITLES[10:]]
        cells = cells.select(order)
        cells.columns = list(OTHER_TITLES)
        return sheets.Sheet(f"{stem}.csv", cells, records, encoding="utf-8-sig")
    return sheets.Sheet(
        f"{stem}.xlsx", cells, records, format="xlsx", sheet="DTKS", signature="KEPALA DINAS SOSIAL",
        titles=(
            "DATA TERPADU KESEJAHTERAAN SOSIAL (DTKS)", f"{context.regency.title}",
            f"PERIODE {months.compact(context.month)}", "",
        ),
        numbers={"NIK": set(np.flatnonzero(excel).tolist())},
    )  # fmt: skip
