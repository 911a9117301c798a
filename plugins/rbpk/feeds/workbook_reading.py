"""Worksheets as text columns with the row numbers Excel shows, and the evidence of the cells' types."""

from __future__ import annotations

import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from rbpk.errors import FeedRejected
from rbpk.feeds.batch import Batch
from rbpk.feeds.limits import check_archive
from rbpk.feeds.workbook_evidence import Evidence, letters_of, refuse_far_cells, search, small_sheet
from rbpk.feeds.workbook_merges import after_rows, spread
from rbpk.feeds.workbook_peek import BROKEN, sheet_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rbpk.feeds.headers import Layout
    from rbpk.feeds.recognition import Part

# Few enough for the first rows to be on their way while the next are judged; at most twice as many.
ROWS_AT_ONCE = 10_000


def read_workbook(path: Path, parts: Sequence[Part]) -> Iterator[Batch]:
    """Yield the rows below the header of every part."""
    try:
        yield from _read(path, parts)
    except BROKEN as error:
        # The parser of the cells forgives what the archive's own checksums do not.
        raise _unreadable() from error


def _read(path: Path, parts: Sequence[Part]) -> Iterator[Batch]:
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        entries = {sheet.name: sheet.entry for sheet in sheet_entries(archive)}
    book = _opened(path)
    with ThreadPoolExecutor(max_workers=1) as beside:
        for part in parts:
            wanted = {
                letters_of(i): i for i, name in part.layout.columns if part.layout.contract.column(name).is_identifier
            }
            entry = entries[part.sheet]
            small = small_sheet(path, entry)
            refuse_far_cells(small)
            # Unpacking and searching the XML again costs little beside the parser, and runs while it works.
            evidence = beside.submit(search, path, entry, small, wanted)
            frame = _load(book, part.sheet)
            yield from _batches(frame, part, evidence.result(), partial(after_rows, path, entry, small))


def _opened(path: Path) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise _unreadable() from error


def _load(book: fastexcel.ExcelReader, sheet: str) -> pl.DataFrame:
    try:
        return book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise _unreadable() from error


def _unreadable() -> FeedRejected:
    return FeedRejected("the workbook cannot be read; ask the sender to save it anew", "file.unreadable")


def _batches(frame: pl.DataFrame, part: Part, evidence: Evidence, xml: Callable[[], bytes]) -> Iterator[Batch]:
    if evidence.twice:
        raise FeedRejected("the sheet gives a row or a cell twice; ask the sender to save it anew", "file.hostile")
    layout = part.layout
    frame = spread(_at_grid_positions(frame, layout), layout, xml)
    errors = pl.Series(evidence.errors, dtype=pl.UInt32)
    numbered = frame.with_row_index("source_row", offset=1).with_columns_seq(pl.col("source_row").cast(pl.UInt32))
    below = numbered.height - layout.header_row
    # Equal shares: a last batch of a few rows would cost as much as another.
    share = -(-below // max(below // ROWS_AT_ONCE, 1))
    for start in range(layout.header_row, numbered.height, max(share, 1)):
        rows = numbered.slice(start, share)
        broken = pl.col("source_row").is_in(errors.implode()) if len(errors) else pl.lit(value=False)
        rows = rows.with_columns_seq(pl.when(broken).then(pl.lit("FORMULA_ERROR")).alias("structure"))
        yield Batch(rows, part.sheet, _numeric(rows, layout, evidence))


def _at_grid_positions(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Undo the parser's dropping of leading empty columns, by the header's own cells."""
    names = frame.columns
    rows = frame.slice(layout.header_row - layout.header_rows, layout.header_rows).rows()
    filled = [i for row in rows for i, title in enumerate(row) if (title or "").strip()]
    expected = [i for i, _ in (*layout.columns, *layout.unknown)]
    shift = min(expected) - min(filled) if filled else 0
    renamed = frame.rename({name: f"c{i + shift}" for i, name in enumerate(names)})
    missing = [pl.lit(None, pl.String).alias(f"c{i}") for i in range(layout.width) if f"c{i}" not in renamed.columns]
    return renamed.with_columns_seq(missing)


def _numeric(rows: pl.DataFrame, layout: Layout, evidence: Evidence) -> pl.DataFrame | None:
    names = dict(layout.columns)
    flags = {
        names[position]: rows["source_row"].is_in(pl.Series(numbers, dtype=pl.UInt32).implode())
        for position, numbers in evidence.numbers.items()
        if numbers
    }
    return pl.DataFrame(flags) if flags else None
