"""How birth dates and the sex are written down wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample import months

if TYPE_CHECKING:
    from sample.damage.marks import Hand
    from sample.dice import Flags, Ints

_MONTHS = 12


def harm(hand: Hand, birth: Ints, rates: dict[str, float]) -> tuple[Ints, Flags]:
    """Give the birth dates as written, and where none is written."""
    year, month, day = (part.copy() for part in months.civil(birth))
    missing = np.zeros(len(birth), dtype=bool)
    earlier = np.where(hand.bits("dob") & np.uint64(1), 1, -1)
    for defect, struck in hand.one_of("dob", rates).items():
        rows = struck
        if defect == "dob_swap":
            rows = struck[(day[struck] <= _MONTHS) & (day[struck] != month[struck])]
            day[rows], month[rows] = month[rows], day[rows]
        elif defect == "dob_0101":
            rows = struck[(day[struck] != 1) | (month[struck] != 1)]
            day[rows] = month[rows] = 1
        elif defect == "dob_year":
            year[rows] -= earlier[rows]
            day[rows] = np.where((month[rows] == 2) & (day[rows] == 29), 28, day[rows])
        else:
            missing[rows] = True
        hand.marks.add(defect, rows)
    return months.days_of(year, month, day), missing


def harm_sex(hand: Hand, sex: Ints, rate: float) -> Ints:
    """Write the other sex here and there."""
    wrong = hand.rows("sex", rate)
    hand.marks.add("sex_wrong", wrong)
    written = sex.copy()
    written[wrong] = 3 - sex[wrong]
    return written
