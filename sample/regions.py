"""Real regions: villages of the regency, and where people from elsewhere were first registered."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sample.dice import Dice, Floats, Ints

SEEDS = Path(__file__).resolve().parents[1] / "dbt_project" / "seeds"

# Regencies people move in from: code of the decree, name, how many kecamatan codes are surely real.
_ELSEWHERE = [
    (6472, "SAMARINDA", 6), (6471, "BALIKPAPAN", 5), (6403, "BERAU", 8), (6401, "PASER", 8),
    (6474, "BONTANG", 3), (6409, "PENAJAM PASER UTARA", 4), (6303, "BANJAR", 8),
    (6304, "BARITO KUALA", 8), (6305, "TAPIN", 6), (6306, "HULU SUNGAI SELATAN", 6),
    (6307, "HULU SUNGAI TENGAH", 6), (6308, "HULU SUNGAI UTARA", 5), (6309, "TABALONG", 6),
    (6302, "KOTABARU", 8), (6371, "BANJARMASIN", 5), (7308, "BONE", 10), (7313, "WAJO", 8),
    (7315, "PINRANG", 8), (7306, "GOWA", 8), (7302, "BULUKUMBA", 8), (7371, "MAKASSAR", 9),
    (7318, "TANA TORAJA", 5), (3578, "SURABAYA", 10), (3507, "MALANG", 12), (3506, "KEDIRI", 10),
    (3505, "BLITAR", 10), (3521, "NGAWI", 8), (3519, "MADIUN", 8), (3374, "SEMARANG", 10),
    (3313, "KARANGANYAR", 8), (3310, "KLATEN", 10), (3305, "KEBUMEN", 10), (5306, "FLORES TIMUR", 5),
]  # fmt: skip

# Villages given new codes when two kecamatan were split off (2020 to 2022): lists built on the
# census of 2021 may still carry the old ones.
_SPLIT = {
    "64.02.19": ("64.02.08", "KOTA BANGUN", (2001, 2003, 2002, 2010, 2011, 2012, 2013, 2014, 2015, 2016)),
    "64.02.20": ("64.02.13", "SAMBOJA", (1015, 1006, 1020, 2018, 1004, 1017, 1001, 1002, 1003, 1005)),
}


@dataclass(frozen=True)
class Regency:
    """A regency and its villages, as arrays of one position per village."""

    code: str
    name: str
    province: str
    village_codes: list[str]
    village_names: list[str]
    kecamatan_names: list[str]
    kecamatan: Ints  # 640206
    bps: list[str]
    first_of_kecamatan: Ints  # position of the kecamatan's first village
    size_of_kecamatan: Ints
    weights: Floats
    old_codes: list[str]  # '' where the village was never recoded
    old_kecamatan_names: list[str]

    @property
    def title(self) -> str:
        """Give the name as an office writes it over its lists: a city says so itself."""
        return self.name if self.name.startswith("KOTA ") else f"KABUPATEN {self.name}"


def load(code: str, dice: Dice, path: Path = SEEDS / "regions.csv") -> Regency:
    """Read the regency's villages."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["regency_code"] == code]
    if not rows:
        message = f"no villages of {code} in {path.name}"
        raise ValueError(message)
    rows.sort(key=lambda row: row["village_code"])
    kecamatan = np.array([int(row["kecamatan_code"].replace(".", "")) for row in rows])
    _, first, inverse, size = np.unique(kecamatan, return_index=True, return_inverse=True, return_counts=True)
    old = [_old(row["village_code"], row["kecamatan_name"].upper()) for row in rows]
    positions = np.arange(len(rows))
    return Regency(
        code=code,
        name=rows[0]["regency_name"].upper(),
        province=rows[0]["province_name"].upper(),
        village_codes=[row["village_code"] for row in rows],
        village_names=[row["village_name"].upper() for row in rows],
        kecamatan_names=[row["kecamatan_name"].upper() for row in rows],
        kecamatan=kecamatan,
        bps=[row["kecamatan_code_bps"] for row in rows],
        first_of_kecamatan=first[inverse],
        size_of_kecamatan=size[inverse],
        weights=0.4 + 2.0 * dice.uniform("village size", positions) ** 3,
        old_codes=[code for code, _ in old],
        old_kecamatan_names=[name for _, name in old],
    )


def _old(village: str, kecamatan_name: str) -> tuple[str, str]:
    split = _SPLIT.get(village[:8])
    if split is None:
        return "", kecamatan_name
    former, name, numbers = split
    return f"{former}.{numbers[int(village[-3:]) - 1]}", name


def elsewhere(own: str) -> tuple[Ints, list[str]]:
    """Give the kecamatan codes outside the own regency (64.02) and the birthplace each stands for."""
    codes: list[int] = []
    names: list[str] = []
    for regency, name, count in _ELSEWHERE:
        if regency == int(own.replace(".", "")):
            continue
        codes += [regency * 100 + number for number in range(1, count + 1)]
        names += [name] * count
    return np.array(codes), names
