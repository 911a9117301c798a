"""The checks a contract writes down itself: what a cell must say, alone or beside others of its row."""

from __future__ import annotations

from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING

import polars as pl

from rbpk.domain.rupiah import parse_rupiah

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rbpk.feeds.contract import Contract, Rule
    from rbpk.feeds.judge_values import Finding

# Notes that only say the verdict again tell nobody why.
_SAYS_NOTHING = (
    r"^(?:|[\W_]+|TIDAK|TDK|NO|TL|"
    r"(?:(?:KARENA|KRN|SEBAB|MEMANG|DINYATAKAN|SUDAH|YBS|YANG BERSANGKUTAN|KELUARGA|WARGA) )*"
    r"(?:TIDAK|TDK) (?:LAYAK|ELIGIBLE|MEMENUHI(?: KRITERIA| SYARAT)?)(?: P3KE| PKH| DTKS)?|"
    r"ADA|KOSONG|NIHIL|NULL|LAINNYA|LAIN-LAIN|TIDAK ADA|SESUAI|SAMA|OK|YA)$"
)


def rule_findings(frame: pl.DataFrame, contract: Contract) -> Iterator[Finding]:
    """Yield (rows, column, code) for every check of the contract that a row fails."""
    for rule in contract.rules:
        # A sum is over the columns there are; every other check needs all it reads.
        if set(rule.columns) - set(rule.of) - set(frame.columns):
            continue
        failed = reduce(or_, _failures(frame, rule))
        if rule.where_column:
            failed &= _of_distinct(frame[rule.where_column], partial(_is_one_of, rule.where_values))
        yield failed, rule.column, rule.code


def _failures(frame: pl.DataFrame, rule: Rule) -> Iterator[pl.Series]:
    sent = frame[rule.column]
    if rule.empty:
        yield _of_distinct(sent, lambda text: text.fill_null("").str.contains(r"^[\W_]*$"))
    if rule.says_nothing:
        yield _of_distinct(sent, lambda text: text.fill_null("").str.contains(_SAYS_NOTHING))
    if rule.values:
        yield _of_distinct(sent, partial(_is_one_of, rule.values))
    if rule.holds:
        yield _of_distinct(sent, partial(_tells, rule.holds))
    if rule.below is not None:
        yield _amounts(sent) < rule.below
    if rule.above is not None:
        yield _amounts(sent) > rule.above
    if rule.above_column:
        yield _amounts(sent) > _amounts(frame[rule.above_column])
    if rule.one_of:
        yield _sum(frame, rule.one_of) != 1
    if rule.sum_over is not None:
        yield _sum(frame, rule.of) > rule.sum_over


def _sum(frame: pl.DataFrame, names: tuple[str, ...]) -> pl.Series:
    there = [name for name in names if name in frame.columns]
    numbers = frame.select_seq(pl.col(there).cast(pl.Int32, strict=False))
    odd = [name for name in there if numbers[name].null_count() > frame[name].null_count()]
    if odd:
        # `1.0` and the like; most lists have none.
        plain = pl.col(odd).str.extract(r"^\s*([0-9]{1,4})(?:[.,]0+)?\s*$", 1)
        numbers = numbers.with_columns_seq(frame.select_seq(plain.cast(pl.Int32)))
    filled = (pl.col(name).fill_null(0) for name in there)
    return numbers.select_seq(total=pl.sum_horizontal(pl.lit(0), *filled))["total"]


def _amounts(sent: pl.Series) -> pl.Series:
    distinct = sent.unique().drop_nulls()
    table = pl.DataFrame({"sent": distinct, "amount": pl.Series([parse_rupiah(v) for v in distinct], dtype=pl.Int64)})
    return pl.DataFrame({"sent": sent}).join(table, on="sent", how="left", maintain_order="left")["amount"]


def _of_distinct(sent: pl.Series, check: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Check each different text of a column once; most columns with rules have few."""
    distinct = sent.unique()
    failed = distinct.filter(check(_text(distinct)))
    return sent.is_in(failed.implode(), nulls_equal=True)


def _is_one_of(values: tuple[str, ...], text: pl.Series) -> pl.Series:
    return text.is_in(list(values))


def _tells(parts: tuple[str, ...], text: pl.Series) -> pl.Series:
    # `BELUM MENINGGAL` and `TIDAK MENINGGAL` say the contrary.
    told = reduce(or_, (text.str.contains(part, literal=True) for part in parts))
    return told & ~text.str.contains(r"\b(?:TIDAK|BELUM|BUKAN)\b")


def _text(sent: pl.Series) -> pl.Series:
    text = pl.first().str.replace_all("[\\s\xa0]+", " ").str.strip_chars(" .,;\u200b\ufeff'").str.to_uppercase()
    return sent.to_frame().select_seq(text).to_series()
