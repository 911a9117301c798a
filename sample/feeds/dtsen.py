"""DTSEN: every family with its national decile, and its members, matched with the civil registry each quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, life, months, sheets, welfare
from sample.damage.rates import DTSEN
from sample.listing import Context, Rows, picked, rows_of, written_dates
from sample.world import DEAD, HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Floats, Ints
    from sample.registers import Register

_PRIME, _FIRST = 99_999_989, 100_000_000
_LISTED = 0.97
_RELATIONS = np.array([1, 2, 3, 6, 5, 8])  # code of each relation of the world
_ASSESSED_DEAD = 0.6  # of those who died and are still listed


def place(context: Context, homes: Ints) -> Floats:
    """Rank families as the national model does: its own view of the truth."""
    dice = context.dice
    return welfare.rank(dice, homes, welfare.hardship(dice, homes), "dtsen model", 0.45)


def enlist(context: Context, register: Register) -> None:
    """List nearly everyone."""
    homes = np.arange(len(register.listed))
    register.listed = context.dice.happens("dtsen listed", homes, _LISTED) & (register.seen >= 0)


def sheets_of(context: Context, register: Register) -> Iterator[sheets.Sheet]:
    """Give the quarter's files."""
    persons = register.members()
    sizes = np.bincount(register.home[persons], minlength=len(register.listed))
    yield _families(context, register, persons[register.relation[persons] == HEAD], sizes)
    yield _members(context, register, persons)


def _path(context: Context, kind: str) -> str:
    return f"dtsen/dtsen_{kind}_{context.regency.code.replace('.', '')}_{months.compact(context.month)}.csv"


def _numbers(rows: Rows) -> Ints:
    return archive.scattered(rows.homes, _PRIME) + _FIRST


def _families(context: Context, register: Register, heads: Ints, sizes: Ints) -> sheets.Sheet:
    rows = rows_of(context, register, DTSEN, heads)
    regency = context.regency
    share = place(context, rows.homes)
    kecamatan, village = archive.village_fields(regency, rows.village)
    rt, rw = archive.neighbourhood(context.dice, rows.card)
    numbers = _numbers(rows)
    cells = pl.DataFrame({
        "id_keluarga": numbers, "id_wilayah": [regency.bps[v] for v in rows.village.tolist()],
        "nama_kepala_keluarga": rows.names, "no_kk": rows.cards, "nik": rows.niks,
        "desil_nasional": welfare.decile(share), "percentile_nasional": (share * 100).astype(np.int64) + 1,
        "peringkat_kab_kota": np.argsort(np.argsort(share, kind="stable"), kind="stable") + 1,
        "alamat": archive.addresses(context.dice, "dtsen", rows, village), "provinsi": regency.province,
        "kabupaten": f"{regency.title}", "kecamatan": kecamatan, "kelurahan": village, "rt": rt, "rw": rw,
        "jumlah_anggota": np.minimum(sizes[rows.homes], 30),
    })  # fmt: skip
    sheets.stale(context, register, rows)
    keys = pl.Series(numbers).cast(pl.String).to_list()
    truth = sheets.truth(context, rows, "dtsen_keluarga", "household", keys)
    return sheets.Sheet(_path(context, "keluarga"), cells, truth, delimiter=",")


def _members(context: Context, register: Register, persons: Ints) -> sheets.Sheet:
    rows = rows_of(context, register, DTSEN, persons, twice=True)
    dice, people = context.dice, context.world.people
    dead = (people.state[rows.persons] == DEAD) & dice.happens("dtsen assessed", rows.persons, _ASSESSED_DEAD)
    keys = archive.uuids(dice, "id semesta", rows.ids)
    cells = pl.DataFrame({
        "id_keluarga": _numbers(rows), "idsemesta": keys, "no_kk": rows.cards, "nik": rows.niks, "nama": rows.names,
        "jenis_kelamin": rows.sex, "tgl_lahir": written_dates(rows.birth, rows.no_birth, "%Y-%m-%d"),
        "hub_kepala_keluarga": _RELATIONS[rows.relation],
        "status_perkawinan": people.marital[rows.persons].astype(np.int64) + 1,
        "pekerjaan_utama": life.jobs(dice, rows.persons, rows.age, rows.sex, place(context, rows.homes)),
        "status_dtsen": picked(("DTSEN AKTIF", "DTSEN AKTIF - ASESMEN MENINGGAL"), dead.astype(np.int64)),
    })  # fmt: skip
    sheets.stale(context, register, rows)
    truth = sheets.truth(context, rows, "dtsen_anggota", "person", keys)
    return sheets.Sheet(_path(context, "anggota"), cells, truth, delimiter=",")
