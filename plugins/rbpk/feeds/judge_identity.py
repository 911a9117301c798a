"""Identity numbers of a whole column at once, by the rules of `rbpk.domain.identity`; a test holds them together."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rbpk.domain import identity as rules

_SIXTEEN = r"^[0-9]{16}$"


@dataclass(frozen=True, slots=True)
class Identities:
    """A column read: clean digits or null, the refusal or null, whether it was repaired, and the digits as a number."""

    clean: pl.Series
    refusal: pl.Series
    repaired: pl.Series
    number: pl.Series


def read_identities(sent: pl.Series, *, women: bool) -> Identities:
    """Read a column of sent values."""
    plain = sent.str.contains(_SIXTEEN).fill_null(value=False)
    if plain.all():
        digits, early, ocr = sent, pl.repeat(None, len(sent), dtype=pl.String, eager=True), ~plain
    else:
        digits, early, ocr = _repair(sent, plain)
    frame = pl.DataFrame({"digits": digits, "early": early, "ocr": ocr})
    frame = frame.with_columns(number=pl.col("digits").cast(pl.Int64, strict=False)).with_columns(
        late=_late(women=women)
    )
    # A repaired letter that does not lead to a plausible number was no slip of the pen.
    frame = frame.with_columns(
        refusal=pl.coalesce(
            "early", pl.when(pl.col("ocr") & pl.col("late").is_not_null()).then(pl.lit("CHARSET")).otherwise("late")
        )
    ).with_columns(clean=pl.when(pl.col("refusal").is_null()).then("digits"))
    repaired = frame["clean"].is_not_null() & ~plain
    number = frame.select(pl.when(pl.col("refusal").is_null()).then("number").alias("n"))["n"]
    return Identities(frame["clean"], frame["refusal"], repaired, number)


def _repair(sent: pl.Series, plain: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Strip and repair what is not sixteen bare digits; most columns have few of those."""
    index = (~plain).arg_true()
    part = pl.DataFrame({"sent": sent.gather(index)})
    loose = pl.col("sent").str.replace_all(rules.LOOSE, "")
    part = part.with_columns(loose=loose).with_columns(
        tail=pl.col("loose").str.extract(rules.FLOAT_TAIL, 1),
        sci=pl.col("loose").str.contains(rules.SCIENTIFIC),
    )
    compact = pl.coalesce("tail", pl.col("sent").str.replace_all(rules.STRIPPED, ""))
    part = part.with_columns(compact=compact).with_columns(digits=_ocr(pl.col("compact")))
    empty = pl.col("sent").is_null() | pl.col("compact").str.to_uppercase().is_in(rules.EMPTY_WORDS)
    early = (
        pl.when(pl.col("sent").is_null()).then(pl.lit("NULL"))
        .when("sci").then(pl.lit("SCI"))
        .when(empty).then(pl.lit("NULL"))
        .when(~pl.col("digits").str.contains("^[0-9]*$")).then(pl.lit("CHARSET"))
        .when(pl.col("digits").str.len_bytes() != 16)
        .then(pl.when(pl.col("digits") != pl.col("compact")).then(pl.lit("CHARSET")).otherwise(pl.lit("LENGTH")))
    )  # fmt: skip
    part = part.select("digits", early=early, ocr=(pl.col("digits") != pl.col("compact")).fill_null(value=False))
    back = pl.DataFrame({"i": index.cast(pl.UInt32)}).hstack(part)
    whole = pl.DataFrame({"sent": sent}).with_row_index("i").join(back, on="i", how="left", maintain_order="left")
    digits = whole.select(pl.when(plain).then("sent").otherwise("digits").alias("d"))["d"]
    return digits, whole["early"], whole["ocr"].fill_null(value=False)


def _ocr(column: pl.Expr) -> pl.Expr:
    for letter, digit in rules.OCR:
        column = column.str.replace_all(letter, digit, literal=True)
    return column


def _late(*, women: bool) -> pl.Expr:
    number = pl.col("number")
    day = number // 10**8 % 100
    if women:
        day = pl.when(day > rules.WOMEN).then(day - rules.WOMEN).otherwise(day)
    return (
        pl.when(number.is_null()).then(None)
        .when(pl.col("digits").is_in(rules.DUMMIES)).then(pl.lit("DUMMY"))
        .when(number < 10**15).then(pl.lit("TEMP"))
        .when(number % 10_000 == 0).then(pl.lit("SERIAL_0000"))
        .when(~_is_day(day, number // 10**6 % 100, number // 10**4 % 100)).then(pl.lit("BAD_DATE"))
        .when(~(number // 10**14).is_in(rules.PROVINCES)).then(pl.lit("PREFIX"))
    )  # fmt: skip


def _is_day(day: pl.Expr, month: pl.Expr, year: pl.Expr) -> pl.Expr:
    last = (
        pl.when(month == 2)
        .then(pl.when(year % 4 == 0).then(29).otherwise(28))
        .when(month.is_in([4, 6, 9, 11])).then(30).otherwise(31)
    )  # fmt: skip
    return month.is_between(1, 12) & (day >= 1) & (day <= last)
