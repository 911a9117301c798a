"""Codes, flags, numbers, money, sex and names: what a value outside its promise is called.

Columns of few different values are judged value by value, each value once a file; the others as whole columns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from rbpk.domain.dates import MONTHS
from rbpk.feeds.contract import Column, Contract, Kind
from rbpk.feeds.judge_dates import parse_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Finding = tuple[pl.Series, str, str]
MEN = ("L", "LK", "LAKI", "LAKI-LAKI", "LAKI LAKI", "LAKI - LAKI", "PRIA", "M", "1", "1.0")
WOMEN = ("P", "PR", "PEREMPUAN", "WANITA", "W", "F", "2", "2.0")
_DESIL = re.compile(r"(?i)^\s*(?:DESIL\s*)?0?([0-9]{1,2})(?:[.,]0)?\s*$")
_INTEGER = re.compile(r"^\s*(-?[0-9]{1,9})(?:[.,]0+)?\s*$")
_PERCENT = re.compile(r"^\s*(?:100(?:[.,]0+)?|[0-9]{1,2}(?:[.,][0-9]+)?)\s*%?\s*$")
# `11`, `2026-11`, `202611`, `11/2026`, `112026`, and the days that spreadsheets make of a month.
_MONTH = re.compile(
    r"^\s*(?:(?:0?[1-9]|1[0-2])(?:[.,]0+)?|20[0-9]{2}[-/. ]?(?:0?[1-9]|1[0-2])(?:[.,]0+)?"
    r"|(?:0?[1-9]|1[0-2])[-/. ]20[0-9]{2}|(?:0[1-9]|1[0-2])20[0-9]{2}"
    r"|20[0-9]{2}[-/](?:0?[1-9]|1[0-2])[-/][0-9]{1,2}(?:[ T][0-9:.]+)?"
    r"|[0-9]{1,2}[-/](?:0?[1-9]|1[0-2])[-/]20[0-9]{2}(?: [0-9:.]+)?)\s*$"
)
_MONTH_NAME = re.compile(r"^([A-Z]{3,9})\.?(?:[\s\-/']*(?:20)?[0-9]{2})?$")
_MONEY = (
    r"(?i)^[\s']*(?:(?:RP|IDR)\.?)?\s*-?(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?"
    r"|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+(?:[.,][0-9]{1,2})?)(?:,-+|\.-+)?\s*$"
)
_DECIMAL = r"^\s*-?(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)\s*$"
_PHONE = r"^\s*(?:\+?62|0)[0-9 .\-]{7,15}$"
# Four digits at the end since Kepmendagri 900.1.15.5-1317/2023, two before; X.XX is any office's routine work.
_SUB_ACTIVITY = r"^(?:[0-9]|X)\.(?:[0-9]{2}|XX)\.[0-9]{2}\.[0-9]\.[0-9]{2}\.([0-9]{4}|[0-9]{2})$"
_FOUR_DIGITS_FROM = 2024
_MOST_DIGITS = 9
_NULLS = frozenset(("", "-", "KOSONG", "NULL", "TIDAK ADA", "N/A"))
_SPACES = re.compile("[\\s\xa0]+")
_ENDS = " \u200b\ufeff'"
# So many values of one column are remembered; a column of more is no column of codes.
_MOST_REMEMBERED = 50_000


class Values:
    """Judges the values of one delivery, remembering what it has seen."""

    def __init__(self, contract: Contract) -> None:
        self._known: dict[str, dict[str, bool]] = {column.name: {} for column in contract.of_kind(*_BY_VALUE)}
        self._by_value = contract.of_kind(*_BY_VALUE)
        self._whole = contract.of_kind(*_WHOLE)

    def judge(self, frame: pl.DataFrame) -> Iterator[Finding]:
        """Yield (rows, column, code) for values outside their promise; empty cells are no finding."""
        columns = [column for column in self._by_value if column.name in frame.columns]
        if columns:
            # One pass over all columns at once.
            found = frame.select_seq(_doubtful(column).unique().implode() for column in columns)
            for column in columns:
                code, rule = _BY_VALUE[column.kind]
                if wrong := self._wrong(column, rule, found[column.name][0].to_list()):
                    yield frame[column.name].is_in(wrong), column.name, code
        for column in self._whole:
            if column.name in frame.columns:
                code, check = _WHOLE[column.kind]
                yield from _where(frame[column.name], column.name, code, check)

    def _wrong(
        self, column: Column, rule: Callable[[Column], Callable[[str, str], bool]], values: list[str | None]
    ) -> list[str]:
        known = self._known[column.name]
        if len(known) > _MOST_REMEMBERED:
            known.clear()
        fresh = [value for value in values if value is not None and value not in known]
        if fresh:
            is_wrong = rule(column)
            known.update({value: (text := upper(value)) not in _NULLS and is_wrong(value, text) for value in fresh})
        return [value for value in values if value is not None and known[value]]


def outside_nomenclature(sent: pl.Series, years: pl.Series) -> pl.Series:
    """Say which rows have no sub-activity code of the form of their year."""
    digits = (years >= _FOUR_DIGITS_FROM).cast(pl.UInt32) * 2 + 2
    last = sent.str.strip_chars(" \t\r\n\xa0'").str.extract(_SUB_ACTIVITY, 1)
    return (last.str.len_bytes() != digits).fill_null(value=True)


def sexes(sent: pl.Series) -> pl.Series:
    """Read a column of sexes as L, P or null."""
    values = [value for value in sent.unique().to_list() if value is not None]
    known = {value: "L" if text in MEN else "P" for value in values if (text := upper(value)) in MEN + WOMEN}
    return sent.replace_strict(known, default=None, return_dtype=pl.String)


def name_findings(frame: pl.DataFrame, names: list[str]) -> Iterator[Finding]:
    """Yield findings about columns of people's names."""
    if not names:
        return
    checks = []
    bare = frame.select_seq(pl.col(names).str.strip_chars(" \t\r\n\xa0'\u200b\ufeff"))
    for name in names:
        text = pl.col(name)
        length = text.str.len_bytes()
        checks += [
            (length.fill_null(0) == 0).alias(f"{name}:NAME_EMPTY"),
            # A letter has four bytes at most.
            ((length <= 4) & (text.str.len_chars() == 1)).fill_null(value=False).alias(f"{name}:NAME_ONE_CHAR"),
            text.str.contains("[0-9]").fill_null(value=False).alias(f"{name}:NAME_DIGITS"),
        ]
    for found in bare.select_seq(checks).iter_columns():
        name, _, code = found.name.rpartition(":")
        yield found, name, code


def upper(value: str) -> str:
    """Write a value as lists of codes do."""
    return _SPACES.sub(" ", value).strip(_ENDS).upper()


def _where(sent: pl.Series, name: str, code: str, wrong: Callable[[pl.Series], pl.Series]) -> Iterator[Finding]:
    distinct = sent.unique().drop_nulls()
    found = [value for value in distinct.filter(wrong(distinct)).to_list() if upper(value) not in _NULLS]
    if found:
        yield sent.is_in(found), name, code


def _doubtful(column: Column) -> pl.Expr:
    """Leave out the bare numbers that are as promised: some columns have another one in every row."""
    sent = pl.col(column.name)
    if column.kind is not Kind.INTEGER:
        return sent
    number = sent.cast(pl.Int64, strict=False)
    # Nine digits without a sign are a number to Python and to polars alike.
    bare = (sent.str.len_bytes() <= _MOST_DIGITS) & ~sent.str.starts_with("+")
    return sent.filter((bare & number.is_between(*_limits(column))).fill_null(value=False).not_())


def _limits(column: Column) -> tuple[int, int]:
    low = column.minimum if column.minimum is not None else -(10**10)
    return low, column.maximum if column.maximum is not None else 10**10


def _listed(column: Column) -> Callable[[str, str], bool]:
    allowed = {" ".join(value.split()).upper() for value in column.codes}
    return lambda _, text: text not in allowed


def _outside(form: re.Pattern[str]) -> Callable[[Column], Callable[[str, str], bool]]:
    def rule(column: Column) -> Callable[[str, str], bool]:
        low, high = _limits(column)
        return lambda value, _: (found := form.match(value)) is None or not low <= int(found[1]) <= high

    return rule


def _no_month(value: str, text: str) -> bool:
    named = _MONTH_NAME.match(text)
    return not (_MONTH.match(value) or (named and named[1].lower() in MONTHS))


_BY_VALUE: dict[Kind, tuple[str, Callable[[Column], Callable[[str, str], bool]]]] = {
    Kind.CODE: ("CODE_UNKNOWN", _listed),
    Kind.FLAG: ("FLAG_UNKNOWN", _listed),
    Kind.INTEGER: ("INTEGER_INVALID", _outside(_INTEGER)),
    Kind.DESIL: ("DESIL_RANGE", _outside(_DESIL)),
    Kind.SEX: ("SEX_UNKNOWN", lambda _: lambda _, text: text not in MEN + WOMEN),
    Kind.MONTH: ("MONTH_INVALID", lambda _: _no_month),
    Kind.PERCENTAGE: ("PERCENT_INVALID", lambda _: lambda value, _: not _PERCENT.match(value)),
}
_WHOLE: dict[Kind, tuple[str, Callable[[pl.Series], pl.Series]]] = {
    Kind.MONEY: ("MONEY_INVALID", lambda s: ~s.str.contains(_MONEY)),
    Kind.DATE: ("DATE_INVALID", lambda s: parse_dates(s).is_null()),
    Kind.DECIMAL: ("NUMBER_INVALID", lambda s: ~s.str.contains(_DECIMAL)),
    Kind.PHONE: ("PHONE_INVALID", lambda s: ~s.str.contains(_PHONE)),
}
