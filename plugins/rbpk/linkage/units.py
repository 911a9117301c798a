"""What is compared: each different set of attributes once, however many rows carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.linkage.names import as_spoken, canonical, distinctive

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine

ATTRIBUTES = (
    "feed", "nik", "family_card", "name", "birth_date", "sex", "village_code", "mother_name", "source_family_id",
    "source_person_id",
)  # fmt: skip


# Two hashes of 64 bits: rows of equal keys have equal attributes, and a key is a tenth of the text.
UNIT_KEY = ("unit_key", "unit_key_2")


def with_unit_key(records: pl.DataFrame) -> pl.DataFrame:
    """Add UNIT_KEY, equal for rows whose attributes are all equal.

    A row too poor to say who it is about (no NIK, no family, no birth date) is a unit of its own:
    two rows "SITI, village X" are not one person because both know nothing.
    """
    attributes = [pl.col(name) if name == "birth_date" else pl.col(name).fill_null("") for name in ATTRIBUTES]
    told = pl.struct(*attributes, pl.when(~is_telling()).then("record_id").alias("own"))
    return records.with_columns(told.hash(seed).alias(name) for seed, name in enumerate(UNIT_KEY, start=1))


def is_telling() -> pl.Expr:
    """Say whether a row's attributes are enough to know it again."""
    return pl.col("nik").is_not_null() | (pl.col("source_family_id").is_not_null() & pl.col("birth_date").is_not_null())


def load_units(engine: Engine, units: pl.DataFrame) -> pl.DataFrame:
    """Build table `units`: each unit and what the blocking rules and comparisons look at; return unit, nik, is_nik_own.

    A name is worked out once, however many rows carry it; the rows themselves stay outside Python.
    """
    names = units.select(pl.col("name").unique()).with_columns(canonical=canonical(pl.col("name").fill_null("")))
    mothers = units.select(pl.col("mother_name").unique()).with_columns(canonical=canonical(pl.col("mother_name")))
    engine.load("names", _name_features(names))
    engine.load("mothers", mothers.select("mother_name", mother_key=_core_words(mothers).list.join("")))
    # Families are only ever the same or not: numbers do, and cost a tenth.
    families = pl.Enum(units["source_family_id"].drop_nulls().unique(maintain_order=True))
    told = units.with_columns(
        pl.col("source_family_id").cast(families).to_physical(), nik_date=_nik_date(), is_nik_own=fits_its_number()
    )
    engine.build_from("units", "units", told.select("unit", *ATTRIBUTES, "nik_feeds", "nik_date", "is_nik_own"))
    engine.drop("names", "mothers")
    return told.select("unit", "nik", "is_nik_own")


def _name_features(names: pl.DataFrame) -> pl.DataFrame:
    words = as_spoken(names["canonical"], pl.col("canonical").str.split(" "))
    heard = names.with_columns(words=words, core_words=_core_words(names))
    return heard.with_columns(
        name_key=pl.col("words").list.join(""),
        core_key=pl.col("core_words").list.join(""),
        sorted_key=pl.col("core_words").list.sort().list.join(""),
        core_start=pl.col("core_words").list.first().str.slice(0, 3),
    )


def _core_words(names: pl.DataFrame) -> pl.Expr:
    return as_spoken(names["canonical"], distinctive(pl.col("canonical")).str.split(" "))


def _nik_date() -> pl.Expr:
    """DDMMYY of birth as the NIK says it, a woman's day without its 40."""
    day = pl.col("nik").str.slice(6, 2).cast(pl.Int8, strict=False)
    plain_day = pl.when(day > 40).then(day - 40).otherwise(day)
    return plain_day.cast(pl.String).str.zfill(2) + pl.col("nik").str.slice(8, 4)


def fits_its_number() -> pl.Expr:
    """A NIK that fits its row's birth date and sex is the row's own; one that does not may be borrowed or mistyped."""
    woman = pl.col("nik").str.slice(6, 1).cast(pl.Int8, strict=False) >= 4
    sex_fits = pl.col("sex").is_null() | (woman == (pl.col("sex") == "P"))
    return (_nik_date() == pl.col("birth_date").dt.strftime("%d%m%y")) & sex_fits
