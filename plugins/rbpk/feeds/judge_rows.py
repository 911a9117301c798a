"""Rows that are no data: blanks, totals, signatures, column numbers, headers printed again on each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import IDENTIFIERS, Kind

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract

_TOTAL = r"(?i)^\W*(?:JUMLAH|JML|TOTAL|GRAND\s+TOTAL|SUB\s*TOTAL|REKAP\w*|RATA-RATA)\b"
_SIGNATURE = (
    r"(?i)^\W*(?:MENGETAHUI|MENYETUJUI|MENGESAHKAN|DISAHKAN|DIKETAHUI|DIBUAT|DICETAK|DIPERIKSA|KEPALA\s+(?:DINAS|DESA|BIDANG|BADAN|SEKSI)|"
    r"KOORDINATOR|PENDAMPING|CAMAT|LURAH|BUPATI|SEKRETARIS|KETUA|PLT|PJ|A\.?N|U\.?B|NIP|NRP|TTD|TANDA\s+TANGAN|CATATAN|KETERANGAN|"
    r"SUMBER|HALAMAN|PAGE|HAL)\b"
)
_PLACE_AND_DATE = r"^[A-Za-z .'\-]+,\s*(?:[0-9]{1,2}|\.+|_+)\s*[A-Za-z\-/. 0-9]*[0-9]{4}$"
_ORNAMENT = r"^[\s().,_\-=*#\\/|:~]*$"
_COLUMN_NUMBER = r"^\W*[0-9]{1,3}\W*$"
_FEW = 4


def not_data(frame: pl.DataFrame, contract: Contract, titles: dict[str, str]) -> pl.Series:
    """Say for each row whether it is no data at all."""
    cells = [name for name in titles if name in frame.columns]
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in cells)
    names = _present(contract, titles, Kind.PERSON_NAME)
    identifiers = _present(contract, titles, *IDENTIFIERS)
    # Only rows that might be no data are looked at closely; in an ordinary batch there are none.
    nameless = pl.all_horizontal(
        pl.col(n).is_null() | pl.col(n).str.contains(_ORNAMENT) | pl.col(n).str.contains(_COLUMN_NUMBER)
        | pl.col(n).str.contains(_TOTAL) | pl.col(n).str.contains(_SIGNATURE)
        | (pl.col(n) == titles[n])
        for n in names
    )  # fmt: skip
    suspect = frame.select(((filled <= _FEW) | nameless).alias("s"))["s"] if names else frame.select((filled <= _FEW).alias("s"))["s"]
    if not suspect.any():
        return pl.repeat(value=False, n=frame.height, eager=True)
    close = frame.with_row_index("i").filter(suspect)
    keys = _present(contract, titles, Kind.KEY)
    verdict = close.select("i", verdict=_verdict(cells, identifiers, keys, names, titles))
    none = verdict.filter("verdict")["i"]
    return pl.DataFrame({"i": pl.arange(0, frame.height, eager=True, dtype=pl.UInt32)})["i"].is_in(none.implode())


def _present(contract: Contract, titles: dict[str, str], *kinds: Kind) -> list[str]:
    return [column.name for column in contract.of_kind(*kinds) if column.name in titles]


def _verdict(
    cells: list[str], identifiers: list[str], keys: list[str], names: list[str], titles: dict[str, str]
) -> pl.Expr:
    text = {name: pl.col(name).str.strip_chars(" \t\r\n\xa0\u200b\ufeff") for name in cells}
    stripped = {name: pl.when(expression != "").then(expression) for name, expression in text.items()}
    filled = pl.sum_horizontal(expression.is_not_null() for expression in stripped.values())
    first = pl.coalesce(list(stripped.values()))
    # A long number in an identifying cell makes a row about somebody, however little else it holds.
    somebody = pl.any_horizontal(
        stripped[name].str.replace_all("[^0-9]", "").str.len_bytes().fill_null(0) >= 6 for name in (*identifiers, *keys)
    ) if identifiers or keys else pl.lit(value=False)  # fmt: skip
    footer = first.str.contains(_SIGNATURE) | first.str.contains(_PLACE_AND_DATE)
    total = first.str.contains(_TOTAL)
    again = pl.sum_horizontal((stripped[name] == title).fill_null(value=False) for name, title in titles.items())
    numbers = pl.sum_horizontal(e.str.contains(_COLUMN_NUMBER).fill_null(value=False) for e in stripped.values())
    ornament = pl.all_horizontal(e.is_null() | e.str.contains(_ORNAMENT) for e in stripped.values())
    return (
        (filled == 0)
        | ornament
        | ((again >= 3) & (again * 2 >= filled))  # noqa: PLR2004  (no person is called by three titles)
        | ((filled >= 5) & (numbers == filled) & ~somebody)  # noqa: PLR2004  (five columns numbered)
        | (total & ~somebody)
        | (footer & (filled <= _FEW))
        | ((filled <= 2) & ~somebody)  # noqa: PLR2004  (a signature's name, a stray remark)
    ).fill_null(value=False)
