"""PKH: participating families as a workbook, their components and their payments as text files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, life, months, sheets, welfare
from sample.damage.rates import PKH
from sample.feeds import dtks, payments
from sample.listing import Context, Rows, picked, rows_of, written_dates
from sample.world import FEMALE, HEAD, NEVER, SPOUSE

if TYPE_CHECKING:
    from sample.dice import Flags, Ints
    from sample.registers import Register

LABELS = ("IBU HAMIL", "ANAK USIA DINI", "DISABILITAS BERAT", "LANJUT USIA", "ANAK SMA", "ANAK SMP", "ANAK SD")
PAYMENT_TITLES = (
    "NO_PESERTA", "NAMA_PENGURUS", "NIK", "NO_KK", "ALAMAT", "KEL", "KEC", "BANK", "NO_REKENING", "NO_KKS", "TAHAP", "TAHUN",
    "ALOKASI", "BUMIL", "AUD", "SD", "SMP", "SMA", "LANSIA", "DISABILITAS", "NOMINAL", "STATUS", "KETERANGAN", "NO_SP2D", "TGL_SP2D",
)  # fmt: skip
_LISTED = (0.70, 0.38, 0.125, 0.016, 0.02, 0.003, 0.0015, 0.0, 0.0, 0.0)  # of families with a component
_ELIGIBLE = 4
_ELDERLY = 60
_PRIME = 9_999_991
_OVER_FOUR, _TWICE, _CAPITALS = 0.011, 0.0015, 0.75


@dataclass(frozen=True)
class Families:
    """The participating families: one caretaker each, and who counts."""

    caretakers: Ints
    members: Ints
    component: Ints  # of each member, NEVER for none
    numbers: dict[int, str]


def components(context: Context, register: Register, persons: Ints) -> Ints:
    """Say which component each person is, as seen by the office; NEVER for none."""
    homes, people = register.home[persons], context.world.people
    age = months.age(people.birth[persons], months.last_days(register.seen[homes]))
    expecting = register.due[persons] > register.seen[homes]
    leaves_early = context.dice.happens("left school", persons, 0.05)
    kinds = [
        expecting, age < 7, life.severely_disabled(context.dice, persons), age >= _ELDERLY,  # noqa: PLR2004
        (age >= 16) & (age <= 18) & ~leaves_early, (age >= 13) & (age <= 15) & ~leaves_early, (age >= 7) & (age <= 12),  # noqa: PLR2004
    ]  # fmt: skip
    return np.select(kinds, range(len(kinds)), NEVER)


def enlist(context: Context, register: Register, listed_by_dtks: Flags) -> None:
    """Choose the families: poor ones with a component, nearly all known to DTKS."""
    persons = np.flatnonzero(register.home != NEVER)
    counting = persons[components(context, register, persons) != NEVER]
    homes = np.arange(len(register.listed))
    has = np.bincount(register.home[counting], minlength=len(homes)) > 0
    chance = np.asarray(_LISTED)[welfare.decile(dtks.place(context, homes)) - 1]
    known = listed_by_dtks | context.dice.happens("pkh without dtks", homes, 0.12)
    register.listed = has & known & context.dice.happens("pkh listed", homes, chance) & (register.seen >= 0)


def sheets_of(context: Context, register: Register, listed_by_dtks: Flags, *, pays: bool) -> list[sheets.Sheet]:
    """Give the month's files; payments come once per stage."""
    families = _families(context, register)
    result = [_participants(context, register, families, listed_by_dtks), _components(context, register, families)]
    return [*result, _payments(context, register, families)] if pays else result


def _families(context: Context, register: Register) -> Families:
    persons = register.members()
    people, homes = context.world.people, register.home[persons]
    # The caretaker is the wife or mother where there is one, else the head.
    wife = (register.relation[persons] == SPOUSE) & (people.sex[persons] == FEMALE)
    head = register.relation[persons] == HEAD
    order = np.lexsort((~wife & ~head, ~wife, homes))
    _, first = np.unique(homes[order], return_index=True)
    caretakers = np.sort(order[first])
    bps = [context.regency.bps[v] for v in register.village[homes[caretakers]].tolist()]
    serial = archive.scattered(homes[caretakers], _PRIME).tolist()
    numbers = {home: f"{code}{n:07d}" for home, code, n in zip(homes[caretakers].tolist(), bps, serial, strict=True)}
    return Families(persons[caretakers], persons, components(context, register, persons), numbers)


def _numbers(families: Families, homes: Ints) -> list[str]:
    return [families.numbers[home] for home in homes.tolist()]


def _where(context: Context, rows: Rows) -> tuple[list[str], list[str]]:
    """Give village and kecamatan, the village written as people say it."""
    kecamatan, village = archive.village_fields(context.regency, rows.village)
    odd = np.flatnonzero(context.dice.happens("pkh village text", rows.ids, PKH.village_text))
    for row, kind in zip(odd.tolist(), context.dice.pick("pkh village form", rows.ids[odd], (4, 3, 2, 1, 1)).tolist(), strict=True):
        name = village[row]
        prefix = "Kel. " if context.regency.village_codes[rows.village[row]][9] == "1" else "Desa "
        village[row] = (name.title(), prefix + name.title(), name.title().replace(" ", "  "), f"{name} ", name.lower())[kind]
    rows.marks.add("village_text", odd)
    return village, kecamatan


def _mark(context: Context, register: Register, rows: Rows) -> None:
    sheets.stale(context.world, register, rows.persons, rows.marks)
    rows.marks.add("inclusion_error", welfare.decile(dtks.place(context, rows.homes)) > _ELIGIBLE)


def _path(context: Context, kind: str, ending: str) -> str:
    return f"pkh/{kind}_{context.regency.name.replace(' ', '_')}_{months.compact(context.month)}.{ending}"


def _participants(context: Context, register: Register, families: Families, listed_by_dtks: Flags) -> sheets.Sheet:
    rows = rows_of(context, register, "pkh", families.caretakers, PKH)
    dice = context.dice
    village, kecamatan = _where(context, rows)
    rt, _ = archive.neighbourhood(dice, rows.card)
    status = dice.pick(f"pkh status {context.month // 3}", rows.homes, (96.8, 2.6, 0.3, 0.3))
    ids = archive.uuids(dice, "dtks family", rows.homes)
    known = listed_by_dtks[rows.homes].tolist()
    keys = _numbers(families, rows.homes)
    cells = pl.DataFrame({
        "No": np.arange(1, len(keys) + 1), "NO_PESERTA": keys,
        "ID_KELUARGA_DTKS": [uuid if yes else None for uuid, yes in zip(ids, known, strict=True)],
        "NAMA_PENGURUS": rows.names, "NIK_PENGURUS": rows.niks, "NO_KK": rows.cards,
        "TGL_LAHIR": pl.Series(rows.birth.astype(np.int32)).cast(pl.Date),
        "ALAMAT": archive.addresses(dice, "pkh", rows.card, rows.homes, village, rt), "DESA": village, "KECAMATAN": kecamatan,
        "KELOMPOK": [f"KELOMPOK {n:02d}" for n in dice.between("pkh group", rows.homes, 1, 12).tolist()],
        "STATUS_KEPESERTAAN": picked(("Aktif", "Calon Graduasi Mandiri", "Non Eligible", "Pengaduan"), status),
        "TAHUN_MASUK": pl.Series(dice.between("pkh since", rows.homes, 2015, context.month // 12 - 1)).cast(pl.String),
        "CATATAN": pl.Series([None] * len(keys), dtype=pl.String),
    })  # fmt: skip
    _mark(context, register, rows)
    records = sheets.truth(context.world, "pkh_kpm", "household", rows.persons, keys, rows.niks, rows.marks)
    records = records.with_columns(note=picked(("active", "active", "exit", "active"), status))
    excel = set(np.flatnonzero(rows.marks.has("nik_excel15")).tolist())
    return sheets.Sheet(
        _path(context, "KPM_PKH", "xlsx"), cells, records, format="xlsx", sheet="KPM", signature="KOORDINATOR KABUPATEN PKH",
        titles=("DAFTAR KPM PROGRAM KELUARGA HARAPAN", f"KABUPATEN {context.regency.name}", f"PERIODE {months.compact(context.month)}", ""),
        numbers={"NIK_PENGURUS": excel},
    )  # fmt: skip


def _components(context: Context, register: Register, families: Families) -> sheets.Sheet:
    counting = families.component != NEVER
    persons, kind = families.members[counting], families.component[counting]
    rows = rows_of(context, register, "pkh", persons, PKH)
    village, kecamatan = _where(context, rows)
    keepers = rows_of(context, register, "pkh", families.caretakers, PKH)
    name_of = dict(zip(keepers.homes.tolist(), keepers.names, strict=True))
    keys = _numbers(families, rows.homes)
    cells = pl.DataFrame({
        "NO_PESERTA": keys, "NAMA_PENGURUS": [name_of[home] for home in rows.homes.tolist()], "NIK_ART": rows.niks,
        "NAMA_ART": rows.names, "TGL_LAHIR": written_dates(rows.birth, rows.no_birth, "%Y-%m-%d"),
        "JENIS_KELAMIN": picked(("L", "P"), rows.sex - 1), "HUBUNGAN": picked(dtks.RELATIONS, rows.relation.astype(np.int64)),
        "KOMPONEN": picked(LABELS, kind), "DESA": village, "KECAMATAN": kecamatan,
    })  # fmt: skip
    _mark(context, register, rows)
    rows.marks.found.pop("kk_digit", None)
    rows.marks.found.pop("kk_missing", None)
    source = [f"{key}-{row}" for row, key in enumerate(keys)]
    records = sheets.truth(context.world, "pkh_komponen", "person", rows.persons, source, rows.niks, rows.marks)
    return sheets.Sheet(_path(context, "KOMPONEN_PKH", "csv"), cells, records)


def _payments(context: Context, register: Register, families: Families) -> sheets.Sheet:
    rows = rows_of(context, register, "pkh", families.caretakers, PKH)
    dice, (stage, months_of_stage) = context.dice, payments.stage(context.month)
    year, question = context.month // 12, f"pkh pay {context.month // 3}"
    village, kecamatan = _where(context, rows)
    counts = _counts(register, families, rows.homes)
    due = payments.paid(counts)
    over = dice.happens(f"{question} over four", rows.homes, _OVER_FOUR * 5) & (counts.sum(axis=1) > payments.MOST)
    due[over] = counts[over]
    rows.marks.add("pay_over4", over)
    status = dice.pick(question, rows.homes, payments.STATUS_WEIGHTS)
    done = status == payments.PAID
    keys = _numbers(families, rows.homes)
    rt, _ = archive.neighbourhood(dice, rows.card)
    bank = dice.pick("bank", rows.homes, (48, 26, 15, 6, 5))
    order = dice.between(f"{question} order", rows.homes, 1, 40).tolist()
    day = months.first_day(context.month) + dice.between(f"{question} day", rows.homes, 4, 24)
    cells = pl.DataFrame({
        "NO_PESERTA": keys, "NAMA_PENGURUS": rows.names, "NIK": rows.niks, "NO_KK": rows.cards,
        "ALAMAT": archive.addresses(dice, "pkh", rows.card, rows.homes, village, rt), "KEL": village, "KEC": kecamatan,
        "BANK": picked(("BRI", "BNI", "MANDIRI", "BTN", "POS"), bank),
        "NO_REKENING": [f"{n:015d}" for n in dice.between("account", rows.homes, 0, 10**15 - 1).tolist()],
        "NO_KKS": [f"6032{n:012d}" for n in dice.between("kks", rows.homes, 0, 10**12 - 1).tolist()],
        "TAHAP": str(stage), "TAHUN": str(year), "ALOKASI": months_of_stage,
        **{name: due[:, payments.NAMES.index(name)] for name in PAYMENT_TITLES[13:20]},
        "NOMINAL": payments.rupiah(due @ payments.AMOUNTS), "STATUS": picked(payments.STATUSES, status),
        "KETERANGAN": pl.Series([None] * len(keys), dtype=pl.String),
        "NO_SP2D": [f"{year}{stage:02d}{context.month % 12 + 1:02d}{n:06d}" if paid else None for n, paid in zip(order, done.tolist(), strict=True)],
        "TGL_SP2D": written_dates(day, ~done, "%d/%m/%Y"),
    })  # fmt: skip
    _mark(context, register, rows)
    records = sheets.truth(context.world, "pkh_bayar", "household", rows.persons, keys, rows.niks, rows.marks)
    records = records.with_columns(note=picked(("not_paid", "paid"), done.astype(np.int64)))
    twice = done & dice.happens(f"{question} twice", rows.homes, _TWICE)
    cells, records, _ = sheets.repeat(cells, records, twice, "pay_twice", "PAID_TWICE")
    path = f"pkh/BAYAR_PKH_TAHAP{stage}_{months.compact(context.month)}.csv"
    return sheets.Sheet(path, cells, records, encoding="utf-8-sig")


def _counts(register: Register, families: Families, homes: Ints) -> Ints:
    """Count each family's members by component."""
    counts = np.zeros((len(register.listed), len(payments.COMPONENTS)), dtype=np.int64)
    some = families.component != NEVER
    np.add.at(counts, (register.home[families.members[some]], families.component[some]), 1)
    return counts[homes]
