"""Codes, flags, numbers, money, sex and names: what a value outside its promise is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.domain.dates import MONTHS
from rbpk.feeds.contract import Column, Kind
from rbpk.feeds.judge_dates import parse_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Finding = tuple[pl.Series, str, str]
MEN = ("L", "LK", "LAKI", "LAKI-LAKI", "LAKI LAKI", "PRIA", "M", "1", "1.0")
WOMEN = ("P", "PR", "PEREMPUAN", "WANITA", "W", "F", "2", "2.0")
_DESIL = r"(?i)^\s*(?:DESIL\s*)?0?([0-9]{1,2})(?:[.,]0)?\s*$"
_INTEGER = r"^\s*(-?[0-9]{1,9})(?:[.,]0+)?\s*$"
_MONEY = (
    r"(?i)^\s*(?:RP|IDR)?\.?\s*-?(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?"
    r"|[0-9]+(?:[.,][0-9]{1,2})?)(?:,-+|\.-+)?\s*$"
)
_DECIMAL = r"^\s*-?(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)\s*$"
_PERCENT = r"^\s*(?:100(?:[.,]0+)?|[0-9]{1,2}(?:[.,][0-9]+)?)\s*%?\s*$"
_PHONE = r"^\s*(?:\+?62|0)[0-9 .\-]{7,15}$"
_MONTH = r"^\s*(?:(?:20[0-9]{2}[-/. ]?)?(?:0?[1-9]|1[0-2])(?:[.,]0)?|(?:0[1-9]|1[0-2])[-/. ]?20[0-9]{2})\s*$"
_MONTH_NAME = r"^([A-Z]{3,9})\.?(?:[\s\-/]*20[0-9]{2})?$"
# Four digits at the end since Kepmendagri 900.1.15.5-1317/2023, two before; X.XX is any office's routine work.
_SUB_ACTIVITY = r"^(?:[0-9]|X)\.(?:[0-9]{2}|XX)\.[0-9]{2}\.[0-9]\.[0-9]{2}\.([0-9]{4}|[0-9]{2})$"
_FOUR_DIGITS_FROM = 2024
_NULLS = ("", "-", "KOSONG", "NULL", "TIDAK ADA", "N/A")


def value_findings(sent: pl.Series, column: Column) -> Iterator[Finding]:
    """Yield (rows, column, code) for values of one column outside their promise; empty cells are no finding."""
    match column.kind:
        case Kind.CODE:
            yield from _listed(sent, column, "CODE_UNKNOWN")
        case Kind.FLAG:
            yield from _listed(sent, column, "FLAG_UNKNOWN")
        case Kind.INTEGER:
            yield from _where(sent, column, "INTEGER_INVALID", lambda s: _outside(s, column, _INTEGER))
        case kind if kind in _UNREADABLE:
            code, wrong = _UNREADABLE[kind]
            yield from _where(sent, column, code, wrong)


def outside_desil(sent: pl.Series, column: Column) -> pl.Series:
    """Say which rows give a decile outside the list's range."""
    distinct = sent.unique().drop_nulls()
    wrong = distinct.filter(_outside(distinct, column, _DESIL) & ~_upper(distinct).is_in(_NULLS))
    return _in(sent, wrong)


def outside_nomenclature(sent: pl.Series, years: pl.Series) -> pl.Series:
    """Say which rows have no sub-activity code of the form of their year."""
    digits = (years >= _FOUR_DIGITS_FROM).cast(pl.UInt32) * 2 + 2
    last = sent.str.strip_chars(" \t\r\n\xa0'").str.extract(_SUB_ACTIVITY, 1)
    return (last.str.len_bytes() != digits).fill_null(value=True)


def sexes(sent: pl.Series) -> pl.Series:
    """Read a column of sexes as L, P or null."""
    table = pl.DataFrame({"sent": sent.unique()})
    known = _upper(table["sent"])
    table = table.with_columns(
        sex=pl.when(known.is_in(MEN)).then(pl.lit("L")).when(known.is_in(WOMEN)).then(pl.lit("P"))
    )
    return pl.DataFrame({"sent": sent}).join(table, on="sent", how="left", maintain_order="left")["sex"]


def name_findings(sent: pl.Series, name: str) -> Iterator[Finding]:
    """Yield findings about a column of people's names."""
    text = sent.str.strip_chars(" \t\r\n\xa0'\u200b\ufeff")
    length = text.str.len_chars()
    yield (length.fill_null(0) == 0), name, "NAME_EMPTY"
    yield (length == 1).fill_null(value=False), name, "NAME_ONE_CHAR"
    yield text.str.contains("[0-9]").fill_null(value=False), name, "NAME_DIGITS"


def _is_month(sent: pl.Series) -> pl.Series:
    named = _upper(sent).str.extract(_MONTH_NAME, 1).str.to_lowercase().is_in(list(MONTHS))
    return sent.str.contains(_MONTH) | named.fill_null(value=False)


def _listed(sent: pl.Series, column: Column, code: str) -> Iterator[Finding]:
    allowed = [_normal(value) for value in column.codes]
    yield from _where(sent, column, code, lambda s: ~_upper(s).is_in(allowed))


def _where(sent: pl.Series, column: Column, code: str, wrong: object) -> Iterator[Finding]:
    distinct = sent.unique().drop_nulls()
    found = distinct.filter(wrong(distinct) & ~_upper(distinct).is_in(_NULLS))  # type: ignore[operator]
    if len(found):
        yield _in(sent, found), column.name, code


def _in(sent: pl.Series, values: pl.Series) -> pl.Series:
    if not len(values):
        return pl.repeat(value=False, n=len(sent), eager=True)
    return sent.is_in(values.implode()).fill_null(value=False)


def _outside(sent: pl.Series, column: Column, form: str) -> pl.Series:
    number = sent.str.extract(form, 1).cast(pl.Int64, strict=False)
    wrong = number.is_null()
    if column.minimum is not None:
        wrong |= (number < column.minimum).fill_null(value=True)
    if column.maximum is not None:
        wrong |= (number > column.maximum).fill_null(value=True)
    return wrong


def _upper(sent: pl.Series) -> pl.Series:
    return sent.str.replace_all("[\\s\xa0]+", " ").str.strip_chars(" \u200b\ufeff'").str.to_uppercase()


def _normal(value: str) -> str:
    return " ".join(value.split()).upper()


_UNREADABLE: dict[Kind, tuple[str, Callable[[pl.Series], pl.Series]]] = {
    Kind.MONEY: ("MONEY_INVALID", lambda s: ~s.str.contains(_MONEY)),
    Kind.SEX: ("SEX_UNKNOWN", lambda s: ~_upper(s).is_in(MEN + WOMEN)),
    Kind.DATE: ("DATE_INVALID", lambda s: parse_dates(s).is_null()),
    Kind.MONTH: ("MONTH_INVALID", lambda s: ~_is_month(s)),
    Kind.DECIMAL: ("NUMBER_INVALID", lambda s: ~s.str.contains(_DECIMAL)),
    Kind.PERCENTAGE: ("PERCENT_INVALID", lambda s: ~s.str.contains(_PERCENT)),
    Kind.PHONE: ("PHONE_INVALID", lambda s: ~s.str.contains(_PHONE)),
}
