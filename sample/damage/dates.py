"""How birth dates and the sex are written down wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample import months
from sample.damage.marks import Marks, one_of

if TYPE_CHECKING:
    from sample.dice import Dice, Flags, Ints

_MONTHS = 12


def harm(dice: Dice, feed: str, ids: Ints, birth: Ints, rates: dict[str, float], marks: Marks) -> tuple[Ints, Flags]:
    """Give the birth dates as written, and where none is written."""
    year, month, day = (part.copy() for part in months.civil(birth))
    missing = np.zeros(len(ids), dtype=bool)
    for defect, rows in one_of(dice, f"{feed} dob", ids, rates).items():
        if defect == "dob_swap":
            rows = rows[(day[rows] <= _MONTHS) & (day[rows] != month[rows])]  # noqa: PLW2901 - only these can be swapped
            day[rows], month[rows] = month[rows], day[rows]
        elif defect == "dob_0101":
            rows = rows[(day[rows] != 1) | (month[rows] != 1)]  # noqa: PLW2901
            day[rows] = month[rows] = 1
        elif defect == "dob_year":
            year[rows] -= np.where(dice.bits(f"{feed} dob how", ids[rows]) & np.uint64(1), 1, -1)
            leap = rows[(month[rows] == 2) & (day[rows] == 29)]  # noqa: PLR2004 - no such day in other years
            day[leap] = 28
        else:
            missing[rows] = True
        marks.add(defect, rows)
    return months.days_of(year, month, day), missing


def harm_sex(dice: Dice, feed: str, ids: Ints, sex: Ints, rate: float, marks: Marks) -> Ints:
    """Write the other sex here and there."""
    wrong = dice.happens(f"{feed} sex", ids, rate)
    marks.add("sex_wrong", wrong)
    return np.where(wrong, 3 - sex, sex)
