"""P3KE: families as a workbook, their members as a text file; built on an old census."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, life, months, sheets, welfare
from sample.damage.rates import P3KE
from sample.listing import Context, Rows, picked, rows_of, written_dates, yes
from sample.world import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Flags, Floats, Ints
    from sample.registers import Register

HOUSING = {
    "Kepemilikan Rumah": "kepemilikan_rumah", "Memiliki Simpanan Uang/Perhiasan/Ternak/Lainnya": "memiliki_simpanan",
    "Jenis Atap": "jenis_atap", "Jenis Dinding": "jenis_dinding", "Jenis Lantai": "jenis_lantai",
    "Sumber Penerangan": "sumber_penerangan", "Bahan Bakar Memasak": "bahan_bakar_memasak",
    "Sumber Air Minum": "sumber_air_minum", "Memiliki fasilitas Buang Air Besar": "fasilitas_bab",
}  # fmt: skip
AGES = (
    ("Usia dibawah 7 tahun", 0, 6), ("Usia 7-12", 7, 12), ("Usia 13-15", 13, 15), ("Usia 16-18", 16, 18),
    ("Usia 19-21", 19, 21), ("Usia 22-59", 22, 59), ("Usia 60 tahun keatas", 60, 200),
)  # fmt: skip
SNAKE = (
    "id_keluarga_p3ke", "provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan", "kode_kemdagri",
    "desil_kesejahteraan", "alamat", "id_individu", "nama", "nik", "padan_dukcapil", "jenis_kelamin",
    "hubungan_dengan_kepala_keluarga", "tanggal_lahir", "status_kawin", "pekerjaan", "pendidikan",
    "usia_dibawah_7_tahun", "usia_7_12", "usia_13_15", "usia_16_18", "usia_19_21", "usia_22_59",
    "usia_60_tahun_keatas", "penerima_bnpt", "penerima_bpum", "penerima_bst", "penerima_pkh", "penerima_sembako",
    "resiko_stunting",
)  # fmt: skip
_LISTED = (0.97, 0.95, 0.92, 0.72)  # of the families in deciles 1 to 4
_OLD_CODES = 0.08


def place(context: Context, homes: Ints) -> Floats:
    """Rank families as the model of P3KE does: near the truth, not at it."""
    dice = context.dice
    return welfare.rank(dice, homes, welfare.hardship(dice, homes), "p3ke model", 0.55)


def enlist(context: Context, register: Register) -> None:
    """Choose the families on the list: deciles 1 to 4, not all of them."""
    homes = np.arange(len(register.listed))
    decile = welfare.decile(place(context, homes))
    chance = np.append(_LISTED, np.zeros(10))[decile - 1]
    register.listed = context.dice.happens("p3ke listed", homes, chance) & (register.seen >= 0)


def sheets_of(context: Context, register: Register, pkh: Register) -> Iterator[sheets.Sheet]:
    """Give the family workbook and the members' file."""
    persons = register.members()
    heads = persons[register.relation[persons] == HEAD]
    yield _families(context, register, pkh, heads)
    yield _members(context, register, pkh, persons)


def _common(context: Context, rows: Rows) -> dict[str, pl.Series | list[str] | str]:
    dice, regency = context.dice, context.regency
    kecamatan, village = archive.village_fields(regency, rows.village)
    codes = [regency.village_codes[v].replace(".", "") for v in rows.village.tolist()]
    recoded = np.array([bool(regency.old_codes[v]) for v in rows.village.tolist()])
    old = dice.happens("p3ke old code", rows.homes, _OLD_CODES) & recoded
    for row in np.flatnonzero(old).tolist():
        codes[row] = regency.old_codes[rows.village[row]].replace(".", "")
        kecamatan[row] = regency.old_kecamatan_names[rows.village[row]]
    rows.marks.add("old_region_code", old)
    return {
        "ID Keluarga P3KE": pl.Series(archive.scattered(rows.homes, archive.P3KE_PRIME) + archive.P3KE_FIRST),
        "Provinsi": regency.province, "Kabupaten/Kota": regency.name, "Kecamatan": kecamatan, "Desa/Kelurahan": village,
        "Kode Kemdagri": codes, "Desil Kesejahteraan": pl.Series(welfare.decile(place(context, rows.homes))),
        "Alamat": archive.addresses(dice, "p3ke", rows, village),
    }  # fmt: skip


def _programmes(context: Context, rows: Rows, pkh: Register) -> dict[str, pl.Series]:
    dice, homes = context.dice, rows.homes
    poor = np.clip(1.15 - 1.8 * place(context, homes), 0.1, 0.95)
    bpnt = dice.happens("bpnt", homes, poor * 0.5)
    size = np.bincount(homes, minlength=len(pkh.listed))
    young = np.bincount(homes, weights=rows.age < 5, minlength=len(pkh.listed))[homes] > 0
    fertile = (
        np.bincount(homes, weights=(rows.age > 17) & (rows.age < 45) & (rows.sex == 2), minlength=len(size))[homes] > 0
    )
    risk = np.where(
        young & dice.happens("stunting", homes, 0.6),
        2,
        np.where(young | (fertile & dice.happens("stunting target", homes, 0.25)), 1, 0),
    )
    return {
        "Penerima BPNT": yes(bpnt), "Penerima BPUM": yes(dice.happens("bpum", homes, 0.027)),
        "Penerima BST": yes(dice.happens("bst", homes, 0.057)), "Penerima PKH": yes(pkh.listed[homes]),
        "Penerima SEMBAKO": yes(bpnt | dice.happens("sembako", homes, 0.05)),
        "Resiko Stunting": picked(("Bukan Target Sasaran", "Tidak Beresiko Stunting", "Beresiko Stunting"), risk),
    }  # fmt: skip


def person(context: Context, rows: Rows) -> dict[str, pl.Series | list[str | None]]:
    """Give number, match with the civil registry, sex and birth date of each."""
    dice, marks = context.dice, rows.marks
    empty = np.array([value in (None, "-", "0") for value in rows.niks])
    astray = marks.has(
        "nik_digit",
        "nik_transpose",
        "nik_baddate",
        "nik_placeholder",
        "nik_temp",
        "nik_sci",
        "nik_excel15",
        "nik_eq_kk",
        "nik_ocr",
        "dob_",
    )
    padan = np.where(empty, 2, np.where(astray | dice.happens("p3ke padan", rows.ids, 0.165), 1, 0))
    form = "%d/%m/%Y 0:00:00" if context.layout == 0 else "%Y-%m-%d"
    return {
        "NIK": rows.niks, "Padan Dukcapil": picked(("Padan", "Tidak Padan", "Kosong"), padan),
        "Jenis Kelamin": picked(("Laki-laki", "Perempuan"), rows.sex - 1),
        "Tanggal Lahir": written_dates(rows.birth, rows.no_birth, form),
    }  # fmt: skip


def _members(context: Context, register: Register, pkh: Register, persons: Ints) -> sheets.Sheet:
    rows = rows_of(context, register, P3KE, persons, twice=True)
    common, about, share = _common(context, rows), person(context, rows), place(context, rows.homes)
    relation = np.array([0, 1, 2, 3, 3, 3])[rows.relation]
    cells = {
        **common, "ID Individu": pl.Series(rows.ordinal), "Nama": rows.names, "NIK": about["NIK"],
        "Padan Dukcapil": about["Padan Dukcapil"], "Jenis Kelamin": about["Jenis Kelamin"],
        "Hubungan dengan Kepala Keluarga": picked(("Kepala Keluarga", "Istri/Suami", "Anak", "Lainnya"), relation),
        "Tanggal Lahir": about["Tanggal Lahir"],
        "Status Kawin": picked(life.MARITAL, context.world.people.marital[rows.persons].astype(np.int64)),
        "Pekerjaan": life.jobs(context.dice, rows.persons, rows.age, rows.sex, share),
        "Pendidikan": life.schooling(context.dice, rows.persons, rows.age, share),
        **{title: pl.Series(((rows.age >= low) & (rows.age <= high)).astype(np.int8)) for title, low, high in AGES},
        **_programmes(context, rows, pkh),
    }  # fmt: skip
    frame = pl.DataFrame(cells)
    keys = [
        f"{family}-{number}" for family, number in zip(frame["ID Keluarga P3KE"], rows.ordinal.tolist(), strict=True)
    ]
    sheets.stale(context, register, rows)
    records = sheets.truth(context, rows, "p3ke_individu", "person", keys)
    frame, records, _ = sheets.repeat(frame, records, _sent_twice(context, rows), "dup_row", "DUPLICATE_ROW")
    if context.layout:
        frame.columns = list(SNAKE)
    name = f"p3ke/P3KE_INDIVIDU_{context.regency.name.replace(' ', '_')}_{months.compact(context.month)}.csv"
    return sheets.Sheet(
        name, frame, records, encoding="utf-8" if context.layout else "cp1252",
        delimiter="," if context.layout else ";",
    )  # fmt: skip


def _families(context: Context, register: Register, pkh: Register, heads: Ints) -> sheets.Sheet:
    rows = rows_of(context, register, P3KE, heads)
    common, about, share = _common(context, rows), person(context, rows), place(context, rows.homes)
    furnished = welfare.house(context.dice, rows.homes, share)
    frame = pl.DataFrame({
        **common, "Kepala Keluarga": rows.names, **about,
        "Pekerjaan": life.jobs(context.dice, rows.persons, rows.age, rows.sex, share),
        "Pendidikan": life.schooling(context.dice, rows.persons, rows.age, share),
        **{title: furnished[name] for title, name in HOUSING.items()}, **_programmes(context, rows, pkh),
    })  # fmt: skip
    keys = frame["ID Keluarga P3KE"].cast(pl.String).to_list()
    excel = rows.marks.has("nik_excel15")
    sheets.stale(context, register, rows)
    records = sheets.truth(context, rows, "p3ke_keluarga", "household", keys)
    frame, records, copied = sheets.repeat(frame, records, _sent_twice(context, rows), "dup_row", "DUPLICATE_ROW")
    excel = np.concatenate([excel, excel[copied]])
    frame = frame.insert_column(0, pl.Series("No", np.arange(1, len(frame) + 1)))
    if context.layout:
        frame = frame.rename({"Penerima BPNT": "Penerima BNPT"})
    name = f"p3ke/P3KE_KELUARGA_{context.regency.name.replace(' ', '_')}_{months.compact(context.month)}.xlsx"
    return sheets.Sheet(
        name, frame, records, format="xlsx", sheet="Sheet1", numbers={"NIK": set(np.flatnonzero(excel).tolist())},
    )  # fmt: skip


def _sent_twice(context: Context, rows: Rows) -> Flags:
    return context.dice.happens(f"p3ke {context.month} dup_row", rows.ids, P3KE.dup_row)
