"""Work and schooling of people, by age, sex and how well the family lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample.world import FEMALE

if TYPE_CHECKING:
    from sample.dice import Dice, Flags, Floats, Ints

JOBS = (
    "Tidak/Belum Bekerja", "Petani", "Pekerja Lepas", "Nelayan", "Pedagang", "Wiraswasta", "Pegawai Swasta",
    "PNS/TNI/Polri", "Pensiunan", "Pejabat Negara",
)  # fmt: skip
_POOR = (0, 30, 32, 9, 12, 6, 8, 0.4, 0.2, 0.0)
_MIDDLE = (0, 17, 15, 4, 13, 11, 30, 7, 1.0, 0.05)
_RICH = (0, 7, 4, 1, 12, 14, 34, 26, 2.5, 0.5)
SCHOOLING = (
    "Tidak/Belum Sekolah", "Tdk Tamat SD/Sederajat", "Masih SD/Sederajat", "Tamat SD/Sederajat",
    "Masih SLTP/Sederajat", "Tamat SLTP/Sederajat", "Masih SLTA/Sederajat", "Tamat SLTA/Sederajat",
    "Masih PT/Akademi", "Tamat PT/Akademi",
)  # fmt: skip
MARITAL = ("Belum Kawin", "Kawin", "Cerai Hidup", "Cerai Mati")
_SEVERE = 0.0066


def jobs(dice: Dice, ids: Ints, age: Ints, sex: Ints, share: Floats) -> list[str]:
    """Say what each person does."""
    kinds = [dice.pick("job", ids, weights) for weights in (_POOR, _MIDDLE, _RICH)]
    kind = np.select([share < 0.35, share < 0.75], kinds[:2], kinds[2])
    idle = np.where(sex == FEMALE, 0.68, 0.14) + np.where(age < 23, 0.35, 0.0) + np.where(age > 62, 0.45, 0.0)
    works = (age >= 17) & ~dice.happens("no job", ids, idle)
    return [JOBS[index] for index in np.where(works, kind, 0).tolist()]


def schooling(dice: Dice, ids: Ints, age: Ints, share: Floats) -> list[str]:
    """Say how far each person went to school."""
    effort = (
        dice.uniform("schooling", ids) * 0.6 + share * 0.4 + np.where(age < 40, 0.22, np.where(age > 60, -0.22, 0.0))
    )
    final = np.select([effort < 0.10, effort < 0.19, effort < 0.38, effort < 0.58, effort < 0.93], [0, 1, 3, 5, 7], 9)
    at_school = [age < 7, age < 13, age < 16, age < 19, (age < 23) & (effort > 0.7)]
    return [SCHOOLING[index] for index in np.select(at_school, [0, 2, 4, 6, 8], final).tolist()]


def severely_disabled(dice: Dice, ids: Ints) -> Flags:
    """Say who has a severe disability."""
    return dice.happens("severe disability", ids, _SEVERE)
