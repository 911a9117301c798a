"""Rows of field workers that name nobody: about whoever holds their number."""

from __future__ import annotations

from typing import Final

import polars as pl

from rbpk.linkage.units import fits_its_number

# Visits speak of people that other lists hold; a nameless row of a list itself stays alone.
_VISITS: Final = "verval"
_LENT: Final = ("name", "birth_date", "sex")


def lend_names(records: pl.DataFrame) -> pl.DataFrame:
    """Give nameless rows of visits the name, birth date and sex of the row that holds their NIK.

    Of several holders the one counts whose birth date and sex the number tells, then who lives in the village that was
    visited, then who is on most lists; a number that nobody holds stays nobody's. The rules then join the row to that
    holder as they join any other (reference 1.14, 2.4).
    """
    nameless = records.filter(
        (pl.col("feed") == _VISITS) & pl.col("name").is_null() & pl.col("nik").is_not_null()
    ).select("record_id", "nik", visited="village_code")
    if nameless.is_empty():
        return records
    holders = (
        records.filter(pl.col("name").is_not_null())
        .join(nameless, on="nik", how="semi")
        .with_columns(is_own=fits_its_number().fill_null(value=False))
        .group_by("nik", *_LENT, "village_code", "is_own")
        .len()
    )
    chosen = (
        nameless.join(holders, on="nik")
        .with_columns(is_here=(pl.col("village_code") == pl.col("visited")).fill_null(value=False))
        .sort("is_own", "is_here", "len", *_LENT, descending=[True, True, True, False, False, False])
        .unique("record_id", keep="first", maintain_order=True)
        .select("record_id", *(pl.col(name).alias(f"lent_{name}") for name in _LENT))
    )
    lent = records.join(chosen, on="record_id", how="left", maintain_order="left")
    return lent.with_columns(pl.coalesce(name, f"lent_{name}").alias(name) for name in _LENT).select(records.columns)
