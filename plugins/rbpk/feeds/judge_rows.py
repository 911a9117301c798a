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
    suspect = frame.select_seq(suspect=(filled <= _FEW) | _nameless(contract, titles))["suspect"]
    if not suspect.any():
        return suspect
    # Only rows that might be no data are looked at closely; in an ordinary batch there are hardly any.
    index = suspect.arg_true()
    return suspect.scatter(index, _verdicts(frame.select_seq(pl.col(*titles).gather(index)), contract, titles))


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


def _verdicts(rows: pl.DataFrame, contract: Contract, titles: dict[str, str]) -> pl.Series:
    known = _present(contract, titles, Kind.KEY, *IDENTIFIERS)
    text, name = pl.col("text"), pl.col("name")
    # Cell by cell: one look at all of them costs less than one at each of thirty columns.
    cells = (
        rows.with_row_index("row")
        .unpivot(index="row", variable_name="name", value_name="text")
        .with_columns_seq(text=text.str.strip_chars(" \t\r\n\xa0\u200b\ufeff"))
        .filter(text != "")
    )
    # A long number in an identifying cell makes a row about somebody, however little else it holds.
    digits = text.str.replace_all("[^0-9]", "").str.len_bytes()
    told = cells.group_by("row").agg(
        filled=pl.len(),
        first=text.first(),
        ornaments=text.str.contains(_ORNAMENT).sum(),
        numbers=text.str.contains(_COLUMN_NUMBER).sum(),
        again=(text == name.replace_strict(titles, return_dtype=pl.String)).sum(),
        somebody=(name.is_in(known) & (digits >= _LONG)).any(),
    )
    filled, first, again, somebody = (pl.col(fact) for fact in ("filled", "first", "again", "somebody"))
    footer = first.str.contains(_SIGNATURE) | first.str.contains(_PLACE_AND_DATE)
    data = told.filter(
        ~(
            (pl.col("ornaments") == filled)
            | ((again >= 3) & (again * 2 >= filled))
            | ((filled >= 5) & (pl.col("numbers") == filled) & ~somebody)
            | (first.str.contains(_TOTAL) & ~somebody)
            # `PENDAMPING PKH` begins a signature, but with a number and another cell beside it a decision of his.
            | (footer & (filled <= _FEW) & ~(somebody & (filled > 2)))
            | ((filled <= 2) & ~somebody)
        )
    )
    # A row without any filled cell is not among them.
    none = pl.repeat(value=True, n=rows.height, eager=True)
    return none.scatter(data["row"], pl.repeat(value=False, n=data.height, eager=True))
