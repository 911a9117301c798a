"""PKH: families that left the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, months, sheets, welfare
from sample.damage.rates import PKH
from sample.feeds import dtks, said
from sample.feeds.pkh_families import mark, numbers_of
from sample.listing import Context, picked, rows_of
from sample.world import DEAD, HEAD, NEVER

if TYPE_CHECKING:
    from sample.registers import Register

KINDS = ("Graduasi Alamiah", "Sukses Graduasi Mandiri", "Meninggal", "Non Eligible")
_LEFT = 0.035  # of families that are no longer poor, and known to the office
_STILL_POOR = 4


def sheet_of(context: Context, register: Register) -> sheets.Sheet:
    """List who left in the last year: those who do better now, and those who died."""
    dice, people = context.dice, context.world.people
    heads = np.flatnonzero((register.home != NEVER) & (register.relation == HEAD))
    homes = register.home[heads]
    better = welfare.decile(dtks.place(context, homes)) > _STILL_POOR
    dead = people.state[heads] == DEAD
    gone = ~register.listed[homes] & (better | dead) & dice.happens("pkh left", homes, _LEFT)
    persons = heads[gone] if gone.any() else heads[~register.listed[homes]][:2]
    rows = rows_of(context, register, PKH, persons)
    village, kecamatan = said.villages(context, rows, PKH)
    kind = np.where(people.state[rows.persons] == DEAD, 2, dice.pick("pkh exit", rows.homes, (5, 3, 0, 1)))
    day = months.first_day(context.month - 11) + dice.between("pkh exit day", rows.homes, 0, 330)
    numbers = numbers_of(context, register, rows.homes)
    mark(context, register, rows)
    cells = pl.DataFrame({
        "No": np.arange(1, len(numbers) + 1), "NO_PESERTA": numbers, "NAMA_PENGURUS": rows.names,
        "NIK_PENGURUS": rows.niks, "NO_KK": rows.cards, "ALAMAT": archive.addresses(dice, "pkh", rows, village),
        "DESA": village, "KECAMATAN": kecamatan, "JENIS_GRADUASI": picked(KINDS, kind),
        "TGL_GRADUASI": pl.Series(day.astype(np.int32)).cast(pl.Date).dt.strftime("%d/%m/%Y"),
        "TAHUN_MASUK": pl.Series(dice.between("pkh since", rows.homes, 2015, context.month // 12 - 1)).cast(pl.String),
        "ALASAN": picked(("komponen habis", "sudah mampu", "meninggal dunia", "tidak memenuhi syarat"), kind),
    })  # fmt: skip
    truth = sheets.truth(context, rows, "pkh_graduasi", "household", numbers)
    path = f"pkh/GRADUASI_PKH_{context.regency.name.replace(' ', '_')}_{months.compact(context.month)}.xlsx"
    return sheets.Sheet(
        path, cells, truth, format="xlsx", sheet="GRADUASI",
        titles=(
            "DAFTAR GRADUASI KPM PKH", f"{context.regency.title}", f"PERIODE {months.compact(context.month)}",
            "",
        ),
        numbers={"NIK_PENGURUS": set(np.flatnonzero(rows.marks.has("nik_excel15")).tolist())},
    )  # fmt: skip
