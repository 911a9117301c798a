"""Identity numbers of a whole column at once, by the rules of `rbpk.domain.identity`; a test holds them together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from rbpk.domain import identity as rules

_SIXTEEN = r"^[0-9]{16}$"
_DUMMY_NUMBERS = [int(digits) for digits in rules.DUMMIES]
_Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
_Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Identities:
    """A column read: clean digits or null, the refusal or null, whether it was repaired, and the digits as a number."""

    clean: pl.Series
    refusal: pl.Series
    repaired: pl.Series
    number: pl.Series


def read_identities(sent: pl.Series, *, women: bool) -> Identities:
    """Read a column of sent values."""
    # Sixteen characters that make so large a number are sixteen digits.
    sixteen = sent.str.len_bytes() == 16
    number = sent.cast(pl.Int64, strict=False)
    sound = sixteen & pl.Series(_is_sound(number.fill_null(0).to_numpy(), women=women))
    nothing = pl.repeat(None, len(sent), dtype=pl.String, eager=True)
    if sound.all():
        return Identities(sent, nothing, ~sound, number)
    # Only what cannot be somebody's as it stands is looked at closely; most columns have little of it.
    index = (~sound).arg_true()
    part = _closely(sent.gather(index), women=women)
    return Identities(
        sent.clone().scatter(index, part["clean"]),
        nothing.scatter(index, part["refusal"]),
        (~sound).scatter(index, part["repaired"]),
        number.scatter(index, part["number"]),
    )


def _closely(sent: pl.Series, *, women: bool) -> pl.DataFrame:
    """Read values one by one: clean digits or null, the refusal or null, the digits as a number or null."""
    part = _repair(sent, women=women).with_columns_seq(number=pl.col("digits").cast(pl.Int64, strict=False))
    dates, _ = _tables(women=women)
    birth = pl.Series(dates[part["number"].fill_null(0).to_numpy() // 10**4 % 10**6])
    # A repaired letter that does not lead to a plausible number was no slip of the pen.
    slip = pl.when(pl.col("ocr") & pl.col("late").is_not_null()).then(pl.lit("CHARSET")).otherwise("late")
    return (
        part.with_columns_seq(birth=birth)
        .with_columns_seq(late=_late())
        .with_columns_seq(refusal=pl.coalesce("early", slip))
        .select_seq(
            "refusal",
            clean=pl.when(pl.col("refusal").is_null()).then("digits"),
            number=pl.when(pl.col("refusal").is_null()).then("number"),
            repaired=pl.col("refusal").is_null() & ~pl.col("plain"),
        )
    )


def _repair(sent: pl.Series, *, women: bool) -> pl.DataFrame:
    """Strip and repair: the digits, the first reason to refuse them, and whether letters were taken for digits."""
    loose = pl.col("sent").str.replace_all(rules.LOOSE, "")
    part = pl.DataFrame({"sent": sent}).with_columns_seq(loose=loose).with_columns_seq(
        tail=pl.col("loose").str.extract(rules.FLOAT_TAIL, 1),
        sci=pl.col("loose").str.contains(rules.SCIENTIFIC),
    )  # fmt: skip
    stripped = pl.col("sent").str.replace_all(rules.STRIPPED, "").str.replace(rules.LABELS[women], "${1}")
    compact = pl.coalesce("tail", stripped)
    part = part.with_columns_seq(compact=compact).with_columns_seq(digits=_ocr(pl.col("compact")))
    empty = pl.col("sent").is_null() | pl.col("compact").str.to_uppercase().is_in(rules.EMPTY_WORDS)
    early = (
        pl.when(pl.col("sent").is_null()).then(pl.lit("NULL"))
        .when("sci").then(pl.lit("SCI"))
        .when(empty).then(pl.lit("NULL"))
        .when(~pl.col("digits").str.contains("^[0-9]*$")).then(pl.lit("CHARSET"))
        .when(pl.col("digits").str.len_bytes() != 16)
        .then(pl.when(pl.col("digits") != pl.col("compact")).then(pl.lit("CHARSET")).otherwise(pl.lit("LENGTH")))
    )  # fmt: skip
    return part.select_seq(
        "digits",
        early=early,
        ocr=(pl.col("digits") != pl.col("compact")).fill_null(value=False),
        plain=pl.col("sent").str.contains(_SIXTEEN).fill_null(value=False),
    )


def _ocr(column: pl.Expr) -> pl.Expr:
    for letter, digit in rules.OCR:
        column = column.str.replace_all(letter, digit, literal=True)
    return column


def _is_sound(number: _Numbers, *, women: bool) -> _Flags:
    """Say of sixteen digits at once what `_late` says reason by reason."""
    dates, provinces = _tables(women=women)
    whole = (number >= 10**15) & (number < 10**16)
    number = np.where(whole, number, 0)
    sound: _Flags = whole & (number % 10_000 != 0) & dates[number // 10**4 % 10**6] & provinces[number // 10**14]
    return sound & ~np.isin(number, _DUMMY_NUMBERS)


@lru_cache
def _tables(*, women: bool) -> tuple[_Flags, _Flags]:
    """Say of every six digits whether they are a date of birth, and of every two whether a province."""
    # In numpy: a process that is going to be forked may not have started polars.
    dates = np.zeros((100, 100, 100), dtype=bool)
    for month in range(1, 13):
        dates[1 : 29 if month == 2 else 31 if month in (4, 6, 9, 11) else 32, month] = True
    dates[29, 2, ::4] = True
    if women:
        dates[rules.WOMEN + 1 : rules.WOMEN + 32] = dates[1:32]
    return dates.reshape(-1), np.isin(np.arange(100), rules.PROVINCES)


def _late() -> pl.Expr:
    number = pl.col("number")
    return (
        pl.when(number.is_null()).then(None)
        .when(pl.col("digits").is_in(rules.DUMMIES)).then(pl.lit("DUMMY"))
        .when(number < 10**15).then(pl.lit("TEMP"))
        .when(number % 10_000 == 0).then(pl.lit("SERIAL_0000"))
        .when(~pl.col("birth")).then(pl.lit("BAD_DATE"))
        .when(~(number // 10**14).is_in(rules.PROVINCES)).then(pl.lit("PREFIX"))
    )  # fmt: skip
