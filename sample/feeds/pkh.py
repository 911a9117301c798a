"""PKH: participating families as a workbook, their components and their payments as text files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, months, sheets
from sample.damage.rates import PKH
from sample.feeds import dtks, payments
from sample.feeds.pkh_families import Families, families_of, mark, numbers
from sample.feeds.said import villages
from sample.listing import Context, picked, rows_of, written_dates
from sample.world import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Flags, Ints
    from sample.registers import Register

LABELS = ("IBU HAMIL", "ANAK USIA DINI", "DISABILITAS BERAT", "LANJUT USIA", "ANAK SMA", "ANAK SMP", "ANAK SD")
PAYMENT_TITLES = (
    "NO_PESERTA", "NAMA_PENGURUS", "NIK", "NO_KK", "ALAMAT", "KEL", "KEC", "BANK", "NO_REKENING", "NO_KKS", "TAHAP",
    "TAHUN", "ALOKASI", "BUMIL", "AUD", "SD", "SMP", "SMA", "LANSIA", "DISABILITAS", "NOMINAL",
    "STATUS", "KETERANGAN", "NO_SP2D", "TGL_SP2D",
)  # fmt: skip
_OVER_FOUR, _TWICE = 0.5, 0.0015  # of families with more than four components, of those paid


def sheets_of(context: Context, register: Register, listed_by_dtks: Flags, *, pays: bool) -> Iterator[sheets.Sheet]:
    """Give the month's files; payments come once per stage."""
    families = families_of(context, register)
    yield _participants(context, register, families, listed_by_dtks)
    yield _components(context, register, families)
    if pays:
        yield _payments(context, register, families)


def _path(context: Context, kind: str, ending: str) -> str:
    return f"pkh/{kind}_{context.regency.name.replace(' ', '_')}_{months.compact(context.month)}.{ending}"


def _participants(context: Context, register: Register, families: Families, listed_by_dtks: Flags) -> sheets.Sheet:
    rows = rows_of(context, register, PKH, families.caretakers)
    dice = context.dice
    village, kecamatan = villages(context, rows, PKH)
    status = dice.pick(f"pkh status {context.month // 3}", rows.homes, (96.8, 2.6, 0.3, 0.3))
    ids = archive.uuids(dice, "dtks family", rows.homes)
    known = listed_by_dtks[rows.homes].tolist()
    keys = numbers(families, rows.homes)
    cells = pl.DataFrame({
        "No": np.arange(1, len(keys) + 1), "NO_PESERTA": keys,
        "ID_KELUARGA_DTKS": [uuid if yes else None for uuid, yes in zip(ids, known, strict=True)],
        "NAMA_PENGURUS": rows.names, "NIK_PENGURUS": rows.niks, "NO_KK": rows.cards,
        "TGL_LAHIR": pl.Series(rows.birth.astype(np.int32)).cast(pl.Date),
        "ALAMAT": archive.addresses(dice, "pkh", rows, village), "DESA": village, "KECAMATAN": kecamatan,
        "KELOMPOK": [f"KELOMPOK {n:02d}" for n in dice.between("pkh group", rows.homes, 1, 12).tolist()],
        "STATUS_KEPESERTAAN": picked(("Aktif", "Calon Graduasi Mandiri", "Non Eligible", "Pengaduan"), status),
        "TAHUN_MASUK": pl.Series(dice.between("pkh since", rows.homes, 2015, context.month // 12 - 1)).cast(pl.String),
        "CATATAN": pl.Series([None] * len(keys), dtype=pl.String),
    })  # fmt: skip
    mark(context, register, rows)
    records = sheets.truth(context, rows, "pkh_kpm", "household", keys)
    records = records.with_columns(note=picked(("active", "active", "exit", "active"), status))
    excel = set(np.flatnonzero(rows.marks.has("nik_excel15")).tolist())
    return sheets.Sheet(
        _path(context, "KPM_PKH", "xlsx"), cells, records, format="xlsx", sheet="KPM",
        signature="KOORDINATOR KABUPATEN PKH",
        titles=(
            "DAFTAR KPM PROGRAM KELUARGA HARAPAN", f"{context.regency.title}",
            f"PERIODE {months.compact(context.month)}", "",
        ),
        numbers={"NIK_PENGURUS": excel},
    )  # fmt: skip


def _components(context: Context, register: Register, families: Families) -> sheets.Sheet:
    counting = families.component != NEVER
    persons, kind = families.members[counting], families.component[counting]
    rows = rows_of(context, register, PKH, persons)
    village, kecamatan = villages(context, rows, PKH)
    keepers = rows_of(context, register, PKH, families.caretakers)
    name_of = dict(zip(keepers.homes.tolist(), keepers.names, strict=True))
    keys = numbers(families, rows.homes)
    cells = pl.DataFrame({
        "NO_PESERTA": keys, "NAMA_PENGURUS": [name_of[home] for home in rows.homes.tolist()], "NIK_ART": rows.niks,
        "NAMA_ART": rows.names, "TGL_LAHIR": written_dates(rows.birth, rows.no_birth, "%Y-%m-%d"),
        "JENIS_KELAMIN": picked(("L", "P"), rows.sex - 1),
        "HUBUNGAN": picked(dtks.RELATIONS, rows.relation.astype(np.int64)),
        "KOMPONEN": picked(LABELS, kind), "DESA": village, "KECAMATAN": kecamatan,
    })  # fmt: skip
    mark(context, register, rows)
    rows.marks.found.pop("kk_digit", None)
    rows.marks.found.pop("kk_missing", None)
    source = [f"{key}-{row}" for row, key in enumerate(keys)]
    records = sheets.truth(context, rows, "pkh_komponen", "person", source)
    return sheets.Sheet(_path(context, "KOMPONEN_PKH", "csv"), cells, records)


def _payments(context: Context, register: Register, families: Families) -> sheets.Sheet:
    rows = rows_of(context, register, PKH, families.caretakers)
    dice, (stage, months_of_stage) = context.dice, payments.stage(context.month)
    year, question = context.month // 12, f"pkh pay {context.month // 3}"
    village, kecamatan = villages(context, rows, PKH)
    counts = _counts(register, families, rows.homes)
    due = payments.paid(counts)
    over = dice.happens(f"{question} over four", rows.homes, _OVER_FOUR) & (counts.sum(axis=1) > payments.MOST)
    due[over] = counts[over]
    rows.marks.add("pay_over4", over)
    status = dice.pick(question, rows.homes, payments.STATUS_WEIGHTS)
    done = status == payments.PAID
    keys = numbers(families, rows.homes)
    bank = dice.pick("bank", rows.homes, (48, 26, 15, 6, 5))
    order = dice.between(f"{question} order", rows.homes, 1, 40).tolist()
    batch = f"{year}{stage:02d}{context.month % 12 + 1:02d}"
    day = months.first_day(context.month) + dice.between(f"{question} day", rows.homes, 4, 24)
    cells = pl.DataFrame({
        "NO_PESERTA": keys, "NAMA_PENGURUS": rows.names, "NIK": rows.niks, "NO_KK": rows.cards,
        "ALAMAT": archive.addresses(dice, "pkh", rows, village), "KEL": village, "KEC": kecamatan,
        "BANK": picked(("BRI", "BNI", "MANDIRI", "BTN", "POS"), bank),
        "NO_REKENING": [f"{n:015d}" for n in dice.between("account", rows.homes, 0, 10**15 - 1).tolist()],
        "NO_KKS": [f"6032{n:012d}" for n in dice.between("kks", rows.homes, 0, 10**12 - 1).tolist()],
        "TAHAP": str(stage), "TAHUN": str(year), "ALOKASI": months_of_stage,
        **{name: due[:, payments.NAMES.index(name)] for name in PAYMENT_TITLES[13:20]},
        "NOMINAL": payments.rupiah(due @ payments.AMOUNTS), "STATUS": picked(payments.STATUSES, status),
        "KETERANGAN": pl.Series([None] * len(keys), dtype=pl.String),
        "NO_SP2D": [f"{batch}{n:06d}" if paid else None for n, paid in zip(order, done.tolist(), strict=True)],
        "TGL_SP2D": written_dates(day, ~done, "%d/%m/%Y"),
    })  # fmt: skip
    mark(context, register, rows)
    records = sheets.truth(context, rows, "pkh_bayar", "household", keys)
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
