"""Rows that are no data: blanks, totals, signatures, column numbers, headers printed again on each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import IDENTIFIERS, Kind

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract
    from rbpk.feeds.headers import Layout

_TOTAL = r"(?i:^\W*(?:JUMLAH|JML|TOTAL|GRAND\s+TOTAL|SUB\s*TOTAL|REKAP\w*|RATA-RATA)\b)"
_SIGNATURE = (
    r"(?i:^\W*(?:MENGETAHUI|MENYETUJUI|MENGESAHKAN|DISAHKAN|DIKETAHUI|DIBUAT|DICETAK|DIPERIKSA|KEPALA\s+(?:DINAS|DESA|BIDANG|BADAN|SEKSI)|"
    r"KOORDINATOR|PENDAMPING|CAMAT|LURAH|BUPATI|SEKRETARIS|KETUA|PLT|PJ|A\.?N|U\.?B|NIP|NRP|TTD|TANDA\s+TANGAN|CATATAN|KETERANGAN|"
    r"SUMBER|HALAMAN|PAGE|HAL)\b)"
)
_PLACE_AND_DATE = r"^[A-Za-z .'\-]+,\s*(?:[0-9]{1,2}|\.+|_+)\s*[A-Za-z\-/. 0-9]*[0-9]{4}$"
_ORNAMENT = r"^[\s().,_\-=*#\\/|:~]*$"
_COLUMN_NUMBER = r"^\W*[0-9]{1,3}\W*$"
_FEW = 4
_LONG = 6


def not_data(frame: pl.DataFrame, contract: Contract, layout: Layout) -> pl.Series:
    """Say for each row whether it is no data at all."""
    titles = layout.titles_by_name
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in titles)
    suspect = frame.select(suspect=(filled <= _FEW) | _nameless(contract, titles))["suspect"]
    if not suspect.any():
        return suspect
    # Only rows that might be no data are looked at closely; in an ordinary batch there are hardly any.
    close = frame.with_row_index("i").filter(suspect).select("i", verdict=_verdict(contract, titles))
    none = close.filter("verdict")["i"].cast(pl.Int64)
    numbers: pl.Series = pl.arange(0, frame.height, eager=True)
    return numbers.is_in(none.implode())


def _nameless(contract: Contract, titles: dict[str, str]) -> pl.Expr:
    names = _present(contract, titles, Kind.PERSON_NAME)
    if not names:
        # A list of money has no names; its total may fill more cells than a footer does.
        return pl.coalesce(pl.col(name) for name in list(titles)[:_FEW]).str.contains(_TOTAL).fill_null(value=False)
    no_names = f"{_ORNAMENT}|{_COLUMN_NUMBER}|{_TOTAL}|{_SIGNATURE}"
    empty = [pl.col(n).is_null() | pl.col(n).str.contains(no_names) | (pl.col(n) == titles[n]) for n in names]
    return pl.all_horizontal(empty).fill_null(value=False)


def _present(contract: Contract, titles: dict[str, str], *kinds: Kind) -> list[str]:
    return [column.name for column in contract.of_kind(*kinds) if column.name in titles]


def _verdict(contract: Contract, titles: dict[str, str]) -> pl.Expr:
    known = _present(contract, titles, Kind.KEY, *IDENTIFIERS)
    text = {name: pl.col(name).str.strip_chars(" \t\r\n\xa0\u200b\ufeff") for name in titles}
    stripped = {name: pl.when(expression != "").then(expression) for name, expression in text.items()}
    filled = pl.sum_horizontal(expression.is_not_null() for expression in stripped.values())
    first = pl.coalesce(list(stripped.values()))
    # A long number in an identifying cell makes a row about somebody, however little else it holds.
    digits = [stripped[name].str.replace_all("[^0-9]", "").str.len_bytes().fill_null(0) >= _LONG for name in known]
    somebody = pl.any_horizontal(digits) if digits else pl.lit(value=False)
    footer = first.str.contains(_SIGNATURE) | first.str.contains(_PLACE_AND_DATE)
    total = first.str.contains(_TOTAL)
    again = pl.sum_horizontal((stripped[name] == title).fill_null(value=False) for name, title in titles.items())
    numbers = pl.sum_horizontal(e.str.contains(_COLUMN_NUMBER).fill_null(value=False) for e in stripped.values())
    ornament = pl.all_horizontal(e.is_null() | e.str.contains(_ORNAMENT) for e in stripped.values())
    return (
        (filled == 0)
        | ornament
        | ((again >= 3) & (again * 2 >= filled))
        | ((filled >= 5) & (numbers == filled) & ~somebody)
        | (total & ~somebody)
        | (footer & (filled <= _FEW))
        | ((filled <= 2) & ~somebody)
    ).fill_null(value=False)
