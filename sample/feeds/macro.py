"""Macro figures as the statistics office tables them; invented, and of the size they have in life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import months, sheets

if TYPE_CHECKING:
    from sample.listing import Context

# indicator, unit, value of the first year told, change a year, places after the comma
_FIGURES = (
    ("Persentase Penduduk Miskin (P0)", "PERSEN", 7.9, -0.25, 2),
    ("Jumlah Penduduk Miskin", "RIBU JIWA", 62.0, -1.6, 2),
    ("Garis Kemiskinan", "RUPIAH/KAPITA/BULAN", 610_000, 28_000, 0),
    ("Indeks Kedalaman Kemiskinan (P1)", "INDEKS", 1.2, -0.05, 2),
    ("Indeks Keparahan Kemiskinan (P2)", "INDEKS", 0.3, -0.02, 2),
    ("Persentase Penduduk Miskin Ekstrem", "PERSEN", 1.4, -0.2, 2),
    ("Tingkat Pengangguran Terbuka", "PERSEN", 4.5, -0.2, 2),
    ("Gini Rasio", "INDEKS", 0.30, -0.005, 3),
    ("Indeks Pembangunan Manusia", "INDEKS", 74.0, 0.6, 2),
)
_YEARS = 3


def sheet_of(context: Context) -> sheets.Sheet:
    """Give the figures of this year's March, and the rate of the years before beside it."""
    regency = context.regency
    rows: list[tuple[str, ...]] = []
    for year in range(context.month // 12 - _YEARS + 1, context.month // 12 + 1):
        told = _FIGURES if year == context.month // 12 else _FIGURES[:1]
        for number, (name, unit, start, change, places) in enumerate(told):
            wobble = 0.97 + 0.06 * context.dice.uniform(f"macro {year}", np.array([number]))[0]
            value = (start + change * (year - context.month // 12 + _YEARS - 1)) * wobble
            rows.append((
                regency.code, "KEMENDAGRI", f"{regency.title}", name, str(year), "3",
                f"{value:.{places}f}".replace(".", ","), unit, f"{year}-07-01", "BPS (angka rekaan)",
            ))  # fmt: skip
    titles = (
        "Kode Wilayah", "Sistem Kode", "Nama Wilayah", "Indikator", "Tahun", "Bulan", "Nilai", "Satuan",
        "Per Tanggal", "Sumber",
    )  # fmt: skip
    cells = pl.DataFrame(rows, schema=dict.fromkeys(titles, pl.String), orient="row")
    keys = [f"{row[3]} {row[4]}" for row in rows]
    return sheets.Sheet(
        f"bps/INDIKATOR_MAKRO_{months.compact(context.month)}.csv", cells,
        sheets.lines("bps_indikator", keys, [None] * len(keys)),
    )  # fmt: skip
