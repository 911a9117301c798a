"""How well a family lives: a score, its decile, and the house that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sample.dice import Dice, Floats, Ints

# How each attribute looks from the poorest to the best-off, with the share of families up to there.
HOUSING: dict[str, tuple[tuple[str, float], ...]] = {
    "kepemilikan_rumah": (
        ("Bebas Sewa/Menumpang", 0.03), ("Kontrak/Sewa", 0.08), ("Milik Sendiri", 0.94), ("Dinas", 1.0),
    ),
    "memiliki_simpanan": (("Tidak", 0.46), ("Ya", 1.0)),
    "jenis_atap": (
        ("Jerami/Ijuk/Rumbia/ Daun-daunan", 0.016), ("Kayu/Sirap", 0.05), ("Asbes/Seng", 0.77), ("Genteng", 0.95),
        ("Beton", 1.0),
    ),
    "jenis_dinding": (("Bambu", 0.007), ("Lainnya", 0.017), ("Kayu/Papan", 0.49), ("Tembok", 1.0)),
    "jenis_lantai": (
        ("Tanah", 0.017), ("Bambu", 0.03), ("Kayu/Papan", 0.30), ("Semen", 0.50),
        ("Keramik/Granit/Marmer/Ubin/Tegel/Teraso", 1.0),
    ),
    "sumber_penerangan": (
        ("Bukan listrik", 0.02), ("Listrik non-PLN", 0.06), ("Listrik PLN non meteran", 0.14),
        ("Listrik PLN meteran", 1.0),
    ),
    "bahan_bakar_memasak": (("Arang/Kayu", 0.07), ("Minyak Tanah", 0.09), ("Listrik/Gas", 1.0)),
    "sumber_air_minum": (
        ("Air Permukaan (sungai, danau, dll)", 0.05), ("Air Hujan", 0.08), ("Sumur Tidak Terlindung", 0.13),
        ("Sumur Terlindung", 0.22), ("Sumur Bor", 0.31), ("Ledeng/PAM", 0.54), ("Air Kemasan/Isi Ulang", 1.0),
    ),
    "fasilitas_bab": (("Lainnya", 0.04), ("Umum/Bersama", 0.09), ("Milik sendiri", 1.0)),
}  # fmt: skip

_MIXTURE = (0.0, 0.101, 0.155, 0.26, 0.395, 0.579, 0.724, 0.825, 1.0)
_SHARES = (0.0, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


def rank(dice: Dice, homes: Ints, poverty: Floats, question: str = "welfare", noise: float = 1.0) -> Floats:
    """Place families between 0 (poorest) and 1; `poverty` is what is known to weigh on them."""
    score = dice.bell("welfare", homes) - poverty
    if question != "welfare":
        score = score + noise * dice.bell(question, homes)
    # The normal-like score becomes a share by a fixed curve, so that later families do not move others.
    curve = np.array([-3.5, -1.70, -1.25, -0.93, -0.615, -0.33, -0.04, 0.27, 0.61, 1.08, 3.5])
    curve = curve * np.sqrt(1.0 + (noise**2 if question != "welfare" else 0.0))
    return np.clip(np.interp(score, curve, np.linspace(0.0, 1.0, 11)), 0.0, 0.9999)


def decile(share: Floats) -> Ints:
    """Turn a place between 0 and 1 into a decile from 1 to 10."""
    return (share * 10).astype(np.int64) + 1


def house(dice: Dice, homes: Ints, share: Floats) -> dict[str, list[str]]:
    """Furnish each home according to its place, with the exceptions of life."""
    result: dict[str, list[str]] = {}
    for name, grades in HOUSING.items():
        noisy = 0.72 * share + 0.28 * dice.uniform(name, homes)
        # Quantiles of that mixture, so that the shares above hold.
        level = np.interp(noisy, _MIXTURE, _SHARES)
        edges = [edge for _, edge in grades]
        place = np.minimum(np.searchsorted(edges, level, side="right"), len(grades) - 1)
        values = [value for value, _ in grades]
        result[name] = [values[index] for index in place]
    return result


def hardship(dice: Dice, homes: Ints) -> Floats:
    """Say what weighs on each family."""
    return 0.35 * dice.bell("hardship", homes)
