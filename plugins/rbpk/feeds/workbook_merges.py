"""Cells merged down several rows: the village or kecamatan written once beside all of its people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from rbpk.feeds.contract import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.feeds.headers import Layout

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
# Where somebody lives is said once for many; a name, a number or an amount is one row's own.
_SHARED = (Kind.REGENCY, Kind.KECAMATAN, Kind.VILLAGE, Kind.VILLAGE_CODE)


def spread(frame: pl.DataFrame, layout: Layout, small: bytes) -> pl.DataFrame:
    """Give every row of a merged cell what it says; only sheets small enough to be there as XML are looked at."""
    shared = [i for i, name in layout.columns if layout.contract.column(name).kind in _SHARED]
    if b"mergeCell " not in small or not shared:
        return frame
    sources: dict[int, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}
    for left, top, right, bottom in _merges(small, layout.header_row, frame.height):
        for position in shared:
            if left <= position <= right and f"c{position}" in frame.columns:
                sources.setdefault(position, np.arange(frame.height))[top + 1 : bottom + 1] = top
    return frame.with_columns_seq(_filled(f"c{position}", source) for position, source in sources.items())


def _merges(small: bytes, above: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (left, top, right, bottom) of merged cells below a header, as grid positions from 0 on."""
    covered = 0
    for found in _MERGED.finditer(small):
        top, bottom = int(found[2]) - 1, min(int(found[4]), height) - 1
        if top < above or bottom <= top:
            continue
        # No cell belongs to two merged ones, so that together they are no more than the sheet.
        covered += bottom - top
        if covered > height * len(_SHARED):
            return
        yield _position(found[1]), top, _position(found[3]), bottom


def _filled(name: str, source: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.Expr:
    """Take an empty cell's text from the row that `source` says, which is its own where nothing is merged."""
    cell = pl.col(name)
    return pl.when(cell.fill_null("").str.strip_chars() == "").then(cell.gather(source)).otherwise(cell).alias(name)


def _position(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
