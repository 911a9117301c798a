"""Places, dates and amounts as people in offices write them: every way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample import archive, months

if TYPE_CHECKING:
    from sample.damage.rates import Rates
    from sample.dice import Dice, Flags, Ints
    from sample.listing import Context, Rows

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_EXCEL_ZERO = 25_569  # the day spreadsheets count 1970-01-01 as


def villages(context: Context, rows: Rows, rates: Rates) -> tuple[list[str], list[str]]:
    """Give village and kecamatan, the village written as people say it."""
    kecamatan, village = archive.village_fields(context.regency, rows.village)
    odd = np.flatnonzero(context.dice.happens(f"{rates.feed} village text", rows.ids, rates.village_text))
    forms = context.dice.pick(f"{rates.feed} village form", rows.ids[odd], (4, 3, 2, 1, 1)).tolist()
    for row, kind in zip(odd.tolist(), forms, strict=True):
        name = village[row]
        prefix = "Kel. " if context.regency.village_codes[rows.village[row]][9] == "1" else "Desa "
        village[row] = (name.title(), prefix + name.title(), name.title().replace(" ", "  "), f"{name} ", name.lower())[
            kind
        ]
    rows.marks.add("village_text", odd)
    return village, kecamatan


def days(dice: Dice, question: str, ids: Ints, month: int) -> Ints:
    """Give each a day of the month on which people work."""
    return months.first_day(month) + dice.between(question, ids, 0, 27)


def dates(dice: Dice, question: str, ids: Ints, day: Ints) -> list[str]:
    """Write dates in all the forms found in one column."""
    year, month, number = (part.tolist() for part in months.civil(day))
    form = dice.pick(f"{question} form", ids, (5, 2, 1.5, 1, 0.8)).tolist()
    written = []
    for y, m, d, kind, count in zip(year, month, number, form, day.tolist(), strict=True):
        forms = (
            f"{d:02d}/{m:02d}/{y}", f"{y}-{m:02d}-{d:02d}", f"{d:02d}-{m:02d}-{y}", f"{d} {MONTHS[m - 1]} {y}",
            str(count + _EXCEL_ZERO),
        )  # fmt: skip
        written.append(forms[kind])
    return written


def long_date(day: int) -> str:
    """Write one date with the month in words."""
    year, month, number = (int(part[0]) for part in months.civil(np.array([day])))
    return f"{number} {MONTHS[month - 1]} {year}"


def dotted(amount: int) -> str:
    """Write rupiah with dots."""
    return f"{amount:,}".replace(",", ".")


def amounts(dice: Dice, question: str, ids: Ints, rupiah: Ints, chance: float = 0.25) -> tuple[list[str], Flags]:
    """Write amounts as numbers, some as text; say which are text."""
    odd = dice.happens(question, ids, chance)
    form = dice.between(f"{question} form", ids, 0, 2).tolist()
    written = [
        (dotted(value), f"Rp{dotted(value)}", f"Rp {dotted(value)},00")[kind] if text else str(value)
        for value, kind, text in zip(rupiah.tolist(), form, odd.tolist(), strict=True)
    ]
    return written, odd
