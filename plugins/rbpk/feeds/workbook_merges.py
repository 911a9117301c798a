"""Cells merged down several rows: the village or kecamatan written once beside all of its people."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from rbpk.feeds.contract import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rbpk.feeds.headers import Layout

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_END_OF_ROWS = b"sheetData>"
_BLOCK = 1 << 20
# A hundred bytes each: more merged cells than any list has rows.
_MOST_MERGES = 64 << 20
# Where somebody lives is said once for many; a name, a number or an amount is one row's own.
_SHARED = (Kind.REGENCY, Kind.KECAMATAN, Kind.VILLAGE, Kind.VILLAGE_CODE)


def shared_positions(layout: Layout) -> list[int]:
    """List the positions of a header whose cells may speak for several rows."""
    return [i for i, name in layout.columns if layout.contract.column(name).kind in _SHARED]


def after_rows(path: Path, entry: str, small: bytes) -> bytes:
    """Give the XML that tells a sheet's merged cells: all of a small one, of a large one what follows its rows."""
    if small:
        return small
    with zipfile.ZipFile(path) as archive, archive.open(entry) as opened:
        block = b""
        while more := opened.read(_BLOCK):
            # The mark may lie across two blocks.
            block = block[-len(_END_OF_ROWS) :] + more
            if (end := block.find(_END_OF_ROWS)) >= 0:
                return block[end:] + opened.read(_MOST_MERGES)
    return b""


def spread(frame: pl.DataFrame, layout: Layout, xml: Callable[[], bytes]) -> pl.DataFrame:
    """Give every row of a merged cell what it says; `xml`, which may cost, is asked only where cells are empty."""
    below = frame.slice(layout.header_row)
    shared = [i for i in shared_positions(layout) if f"c{i}" in frame.columns and below[f"c{i}"].null_count()]
    small = xml() if shared else b""
    if b"mergeCell " not in small:
        return frame
    sources: dict[int, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}
    for left, top, right, bottom in _merges(small, layout.header_row, frame.height):
        for position in shared:
            if left <= position <= right:
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
