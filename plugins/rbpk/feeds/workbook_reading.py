"""Worksheets as text columns with the row numbers Excel shows, and the evidence of the cells' types."""

from __future__ import annotations

import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from rbpk.errors import FeedRejected
from rbpk.feeds.batch import Batch
from rbpk.feeds.limits import check_archive
from rbpk.feeds.workbook_peek import sheet_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rbpk.feeds.headers import Layout
    from rbpk.feeds.recognition import Part

ROWS_AT_ONCE = 50_000
MAX_EMPTY_GRID = 20_000_000
_SMALL_SHEET = 8 << 20
_BLOCK = 4 << 20
_OPENING = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(/?)>')
_ROW = re.compile(rb'<(?:\w+:)?row (?:[^>]*?\s)?r="([0-9]{1,7})"')
_ERROR = re.compile(rb'<(?:\w+:)?c r="[A-Z]{1,3}([0-9]{1,7})"[^>]*?\bt="e"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>|<(?:\w+:)?f\b[^>]*/>\s*</(?:\w+:)?c>"
)


@dataclass(slots=True)
class Evidence:
    """What only the XML of a sheet tells: number cells of some columns, error cells, cells given twice."""

    numbers: dict[int, list[int]] = field(default_factory=dict)
    errors: list[int] = field(default_factory=list)
    twice: bool = False


def read_workbook(path: Path, parts: Sequence[Part]) -> Iterator[Batch]:
    """Yield the rows below the header of every part."""
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        entries = {sheet.name: sheet.entry for sheet in sheet_entries(archive)}
    book = _opened(path)
    with ThreadPoolExecutor(max_workers=1) as beside:
        for part in parts:
            wanted = {
                _letters(i): i for i, name in part.layout.columns if part.layout.contract.column(name).is_identifier
            }
            _refuse_far_cells(path, entries[part.sheet])
            # Unpacking and searching the XML again costs little beside the parser, and runs while it works.
            evidence = beside.submit(_search, path, entries[part.sheet], wanted)
            frame = _load(book, part.sheet)
            yield from _batches(frame, part, evidence.result())


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


def _batches(frame: pl.DataFrame, part: Part, evidence: Evidence) -> Iterator[Batch]:
    if evidence.twice:
        raise FeedRejected("the sheet gives a row or a cell twice; ask the sender to save it anew", "file.hostile")
    layout = part.layout
    frame = _at_grid_positions(frame, layout)
    errors = pl.Series(evidence.errors, dtype=pl.UInt32)
    numbered = frame.with_row_index("source_row", offset=1).with_columns(pl.col("source_row").cast(pl.UInt32))
    for start in range(layout.header_row, numbered.height, ROWS_AT_ONCE):
        rows = numbered.slice(start, ROWS_AT_ONCE)
        broken = pl.col("source_row").is_in(errors.implode()) if len(errors) else pl.lit(value=False)
        rows = rows.with_columns(pl.when(broken).then(pl.lit("FORMULA_ERROR")).alias("structure"))
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
    return renamed.with_columns(missing)


def _numeric(rows: pl.DataFrame, layout: Layout, evidence: Evidence) -> pl.DataFrame | None:
    names = dict(layout.columns)
    flags = {
        names[position]: rows["source_row"].is_in(pl.Series(numbers, dtype=pl.UInt32).implode())
        for position, numbers in evidence.numbers.items()
        if numbers
    }
    return pl.DataFrame(flags) if flags else None


def _refuse_far_cells(path: Path, entry: str) -> None:
    """Refuse a small sheet with a cell so far out that its grid would fill the memory.

    A large one is left to the address-space limit of the process that parses it.
    """
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(entry).file_size > _SMALL_SHEET:
            return
        text = archive.read(entry)
    cells = [(_position(found[1]) + 1, int(found[2])) for found in _OPENING.finditer(text)]
    grid = max((column for column, _ in cells), default=0) * max((row for _, row in cells), default=0)
    if grid > MAX_EMPTY_GRID:
        raise FeedRejected(
            "a cell lies so far out that the sheet would fill the memory; delete stray cells", "file.hostile"
        )


def _search(path: Path, entry: str, wanted: dict[bytes, int]) -> Evidence:
    search = _Search(wanted)
    with zipfile.ZipFile(path) as archive, archive.open(entry) as opened:
        tail = b""
        while block := opened.read(_BLOCK):
            text = tail + block
            cut = text.rfind(b"<row ") if len(block) == _BLOCK else len(text)
            text, tail = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            search.look(text)
    return search.evidence


class _Search:
    """Goes through a sheet's XML in blocks of whole rows."""

    def __init__(self, wanted: dict[bytes, int]) -> None:
        self.evidence = Evidence(numbers={position: [] for position in wanted.values()})
        self._wanted = wanted
        self._patterns: list[tuple[int, re.Pattern[bytes]]] | None = None
        self._rows = _ROW
        self._last_row = 0
        self._last_cell = dict.fromkeys(wanted.values(), 0)

    def look(self, text: bytes) -> None:
        """Look at one block."""
        found = self.evidence
        if self._patterns is None:
            self._prepare(text)
        for position, pattern in self._patterns or ():
            for row, attributes in pattern.findall(text):
                number = int(row)
                found.twice |= number <= self._last_cell[position]
                self._last_cell[position] = number
                kind = _TYPE.search(attributes)
                if (kind is None or kind[1] == b"n") and not attributes.endswith(b"/"):
                    found.numbers[position].append(number)
        if b't="e"' in text:
            found.errors += [int(row) for row in _ERROR.findall(text)]
        if b"<f" in text or b":f" in text:
            found.errors += [_row_before(text, formula.start()) for formula in _FORMULA.finditer(text)]
        for number in map(int, self._rows.findall(text)):
            found.twice |= number <= self._last_row
            self._last_row = number

    def _prepare(self, text: bytes) -> None:
        """Fix the namespace's prefix, so that each search begins with a literal, which is many times faster."""
        prefix = re.match(rb"[^<]*(?:<\?[^>]*>[^<]*)?<(\w+:)?", text)
        name = (prefix and prefix[1]) or b""
        self._patterns = [
            (position, re.compile(rb"<" + name + rb'c r="' + letters + rb'([0-9]{1,7})"([^>]*?)>'))
            for letters, position in self._wanted.items()
        ]
        self._rows = re.compile(rb"<" + name + rb'row (?:[^>]*?\s)?r="([0-9]{1,7})"')


def _row_before(text: bytes, position: int) -> int:
    *_, found = _OPENING.finditer(text, max(0, position - 4096), position)
    return int(found[2])


def _letters(position: int) -> bytes:
    text = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text.encode()


def _position(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
