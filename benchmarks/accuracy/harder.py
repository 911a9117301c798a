"""A harder mix: the same people, and clerks who did worse by them.

Chance comes from a hash of the record, so the mix is the same on every machine.
"""

from __future__ import annotations

import polars as pl

from benchmarks.accuracy.labelled import Labelled

# Chances per row of one more harm, on top of those the invented lists already have.
NIK_GONE, NIK_DIGIT, NIK_BORROWED = 0.05, 0.04, 0.02
DATE_YEAR, DATE_DEFAULT, DATE_SWAPPED = 0.03, 0.02, 0.02
NAME_CUT, CARD_GONE, VILLAGE_GONE = 0.06, 0.03, 0.03
_PRECISE = 1_000_000


def harder(easy: Labelled) -> Labelled:
    """Return the set with more damage."""
    return Labelled(f"{easy.name}, harder mix", [_harmed(rows) for rows in easy.months], easy.homes)


def _harmed(rows: pl.DataFrame) -> pl.DataFrame:
    relative = pl.col("nik").shift(1).over("source_family_id")
    lost, slipped, borrowed = _strikes("gone", NIK_GONE), _strikes("digit", NIK_DIGIT), _strikes("lent", NIK_BORROWED)
    borrowed = borrowed & relative.is_not_null()
    nik = (
        pl.when(lost)
        .then(None)
        .when(borrowed)
        .then(relative)
        .when(slipped & pl.col("nik").is_not_null())
        .then(_slip(pl.col("nik")))
        .otherwise("nik")
    )
    return rows.with_columns(
        nik=nik,
        is_damaged=pl.col("is_damaged") | lost | borrowed | slipped,
        birth_date=_dates(),
        name=pl.when(_strikes("cut", NAME_CUT)).then(_first_words()).otherwise("name"),
        family_card=pl.when(_strikes("card", CARD_GONE)).then(None).otherwise("family_card"),
        village_code=pl.when(_strikes("village", VILLAGE_GONE)).then(None).otherwise("village_code"),
    )


def _strikes(harm: str, chance: float) -> pl.Expr:
    return pl.concat_str(pl.lit(harm), "record_id").hash(7) % _PRECISE < int(chance * _PRECISE)


def _slip(nik: pl.Expr) -> pl.Expr:
    """One digit of the serial is read as the next."""
    last = ((nik.str.slice(15, 1).cast(pl.Int8, strict=False) + 1) % 10).cast(pl.String)
    return nik.str.slice(0, 15) + last


def _dates() -> pl.Expr:
    born = pl.col("birth_date")
    day, month, year = born.dt.day(), born.dt.month(), born.dt.year()
    return (
        pl.when(_strikes("year", DATE_YEAR))
        .then(born.dt.offset_by("-1y"))
        .when(_strikes("default", DATE_DEFAULT))
        .then(pl.date(year, 1, 1))
        .when(_strikes("swapped", DATE_SWAPPED) & (day <= 12))
        .then(pl.date(year, day, pl.min_horizontal(month, pl.lit(12))))
        .otherwise(born)
    )


def _first_words() -> pl.Expr:
    words = pl.col("name").str.split(" ")
    return pl.when(words.list.len() > 1).then(words.list.head(words.list.len() - 1).list.join(" ")).otherwise("name")
