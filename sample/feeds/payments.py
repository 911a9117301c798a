"""What a PKH family is paid for a quarter: the most valuable components first, four at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sample.dice import Ints

# component, rupiah per quarter, most persons of a family paid for it; the most valuable first
COMPONENTS: tuple[tuple[str, int, int], ...] = (
    ("BUMIL", 750_000, 2), ("AUD", 750_000, 2), ("DISABILITAS", 600_000, 4), ("LANSIA", 600_000, 4),
    ("SMA", 500_000, 4), ("SMP", 375_000, 4), ("SD", 225_000, 4),
)  # fmt: skip
NAMES = tuple(name for name, _, _ in COMPONENTS)
AMOUNTS = np.array([amount for _, amount, _ in COMPONENTS])
MOST = 4
STATUSES = (
    "SUKSES SPM", "TIDAK TRANSAKSI", "GAGAL OMSPAN", "PROSES BUREKOL", "EXCLUDE TIDAK LAYAK DAERAH", "OMSPAN",
    "TIDAK LAYAK GIS", "EXCLUDE PEKERJAAN", "EXCLUDE", "EXCLUDE MENINGGAL", "SI", "PROSES SPM",
)  # fmt: skip
STATUS_WEIGHTS = (90.5, 2.2, 1.7, 1.4, 1.1, 0.8, 0.8, 0.8, 0.6, 0.5, 0.4, 0.4)
PAID = 0


def paid(counts: Ints) -> Ints:
    """Give the components paid for, one row per family and one column per component."""
    result = np.zeros_like(counts)
    left = np.full(len(counts), MOST)
    for column, (_, _, most) in enumerate(COMPONENTS):
        taken = np.minimum(np.minimum(counts[:, column], most), left)
        result[:, column] = taken
        left -= taken
    return result


def stage(month: int) -> tuple[int, str]:
    """Give the quarter a month belongs to, and its months in words."""
    quarter = month % 12 // 3
    return quarter + 1, ("JANUARI-MARET", "APRIL-JUNI", "JULI-SEPTEMBER", "OKTOBER-DESEMBER")[quarter]


def rupiah(amounts: Ints) -> list[str]:
    """Write amounts with dots, as people do."""
    return [f"{amount:,}".replace(",", ".") for amount in amounts.tolist()]
