"""Rows of a grid as batches of text columns, in the form every other reader gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds import grid_html, grid_ods, grid_xls
from rbpk.feeds.batch import Batch
from rbpk.feeds.workbook_merges import shared_positions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rbpk.feeds.grid import Row
    from rbpk.feeds.recognition import Part

ROWS_AT_ONCE = 20_000
_READERS = {"ods": grid_ods.grids, "html": grid_html.grids, "xls": grid_xls.grids}


def read_grids(path: Path, file_format: str, parts: Sequence[Part]) -> Iterator[Batch]:
    """Yield the rows below the header of every part."""
    by_name = {grid.name: grid for grid in _READERS[file_format](path)}
    for part in parts:
        gathered: list[Row] = []
        for row in by_name[part.sheet].rows():
            if row.number <= part.layout.header_row:
                continue
            gathered.append(row)
            if len(gathered) == ROWS_AT_ONCE:
                yield _batch(gathered, part)
                gathered = []
        if gathered:
            yield _batch(gathered, part)


def _beyond(rows: list[Row], width: int) -> list[int]:
    """List the positions right of the header that have cells."""
    long = [row.cells for row in rows if len(row.cells) > width]
    return sorted({i for cells in long for i in range(width, len(cells)) if cells[i]})


def _batch(rows: list[Row], part: Part) -> Batch:
    layout = part.layout
    columns = {
        f"c{i}": pl.Series([row.cells[i] if i < len(row.cells) else None for row in rows], dtype=pl.String)
        for i in (*range(layout.width), *_beyond(rows, layout.width))
    }
    # Where somebody lives is said once for many.
    for i in shared_positions(layout) if any(row.above for row in rows) else ():
        said = pl.Series([row.above.get(i) for row in rows], dtype=pl.String)
        columns[f"c{i}"] = pl.select(pl.coalesce(columns[f"c{i}"], said)).to_series()
    frame = pl.DataFrame(columns).with_columns(
        pl.Series("source_row", [row.number for row in rows], dtype=pl.UInt32),
        pl.lit(None, pl.String).alias("structure"),
    )
    numeric = {
        name: [position in row.numbers for row in rows]
        for position, name in layout.columns
        if layout.contract.column(name).is_identifier
    }
    return Batch(frame, part.sheet, pl.DataFrame(numeric) if numeric else None)
