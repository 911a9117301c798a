"""What only the XML of a sheet tells: which cells are numbers, errors, far away or given twice."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from rbpk.errors import FeedRejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_EMPTY_GRID = 20_000_000
_SMALL_SHEET = 8 << 20
# Little enough to stay in the processor's cache, and to be given the same memory again and again.
_BLOCK = 1 << 20
_LONGEST_ROW = 4 << 20
_TAGS_AT_ONCE = 200_000
_OPENING = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(/?)>')
# In the first 702 columns and 9,999 rows no grid is too large: sheets without a cell beyond are not gone through.
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[A-Z]{1,2}[0-9]{5})')
_ERROR = re.compile(rb'<(?:\w+:)?c r="[A-Z]{1,3}([0-9]{1,7})"[^>]*?\bt="e"')
# `<f>`, as long as nothing else that is searched for.
_MARK_OF_FORMULA = 3
_FORMULA = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>|<(?:\w+:)?f\b[^>]*/>\s*</(?:\w+:)?c>"
)


@dataclass(slots=True)
class Evidence:
    """What only the XML of a sheet tells: number cells of some columns, error cells, cells given twice."""

    numbers: dict[int, list[int]] = field(default_factory=dict)
    errors: list[int] = field(default_factory=list)
    twice: bool = False


def small_sheet(path: Path, entry: str) -> bytes:
    """Unpack the XML of a sheet; nothing of a large one."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(entry) if archive.getinfo(entry).file_size <= _SMALL_SHEET else b""


def refuse_far_cells(small: bytes) -> None:
    """Refuse a small sheet with a cell so far out that its grid would fill the memory.

    A large one is left to the address-space limit of the process that parses it.
    """
    if not _FAR.search(small):
        return
    cells = [(_position(found[1]) + 1, int(found[2])) for found in _OPENING.finditer(small)]
    grid = max((column for column, _ in cells), default=0) * max((row for _, row in cells), default=0)
    if grid > MAX_EMPTY_GRID:
        raise FeedRejected(
            "a cell lies so far out that the sheet would fill the memory; delete stray cells", "file.hostile"
        )


def search(path: Path, entry: str, small: bytes, wanted: dict[bytes, int]) -> Evidence:
    """Search the XML of one sheet, which is there already if it is small."""
    seeker = _Search(wanted)
    for text in (small,) if small else _blocks(path, entry):
        seeker.look(text)
    seeker.weigh()
    return seeker.evidence


def _blocks(path: Path, entry: str) -> Iterator[bytes]:
    """Unpack a sheet in blocks of whole rows."""
    with zipfile.ZipFile(path) as archive, archive.open(entry) as opened:
        tail = b""
        while block := opened.read(_BLOCK):
            text = tail + block
            cut = text.rfind(b"<row ") if len(block) == _BLOCK else len(text)
            if cut <= 0 and len(text) < _LONGEST_ROW:
                tail = text
                continue
            text, tail = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            yield text
        # The last block was a full one.
        if tail:
            yield tail


class _Search:
    """Goes through a sheet's XML in blocks of whole rows."""

    def __init__(self, wanted: dict[bytes, int]) -> None:
        self.evidence = Evidence(numbers={position: [] for position in wanted.values()})
        self._wanted = {letters.decode(): position for letters, position in wanted.items()}
        self._tags = ""
        self._found: list[pl.Series] = []
        self._last = dict.fromkeys(("", *self._wanted), 0)

    def look(self, text: bytes) -> None:
        """Look at one block."""
        self._tags = self._tags or _tags_told(text, self._wanted)
        # One pass over the text, outside the interpreter: the parser of the cells works beside.
        found = _as_text(text).str.extract_all(self._tags).explode().drop_nulls()
        if found.str.contains('t="e"', literal=True).any():
            self.evidence.errors += [int(row) for row in _ERROR.findall(text)]
        if (found.str.len_bytes() == _MARK_OF_FORMULA).any():
            self.evidence.errors += [_row_before(text, formula.start()) for formula in _FORMULA.finditer(text)]
        self._found.append(found)
        if sum(map(len, self._found)) > _TAGS_AT_ONCE:
            self.weigh()

    def weigh(self) -> None:
        """Read the tags found so far: many at once, as each step costs the same for a few."""
        if not self._found:
            return
        tag = pl.concat(self._found).alias("tag")
        self._found = []
        tags = tag.str.extract_groups(r'\sr="(?<letters>[A-Z]{0,3})(?<row>[0-9]{1,7})"').struct.unnest().hstack([tag])
        for letters, last in self._last.items():
            of_column = tags.filter(letters=letters).with_columns(pl.col("row").cast(pl.Int64))
            rows = of_column["row"]
            if len(rows):
                self.evidence.twice |= rows[0] <= last or bool((rows.diff() <= 0).any())
                self._last[letters] = rows[-1]
            if letters:
                told = pl.col("tag").str
                number = ~told.contains(r'\bt="\w+"') | told.contains(r'\bt="n"')
                numbers = of_column.filter(number & ~told.ends_with("/>"))["row"]
                self.evidence.numbers[self._wanted[letters]] += numbers.to_list()


def _tags_told(text: bytes, wanted: Iterable[str]) -> str:
    """Give the pattern of the tags that tell something; all begin with what a search finds many times faster."""
    prefix = re.match(rb"[^<]*(?:<\?[^>]*>[^<]*)?<(\w+:)?", text)
    name = ((prefix and prefix[1]) or b"").decode()
    cells = [rf'<{name}c r="{letters}[0-9]{{1,7}}"[^>]*>' for letters in wanted]
    return "|".join([rf"<{name}row [^>]*>", *cells, 't="e"', "[<:/]f[ \t\r\n/>]"])


def _as_text(text: bytes) -> pl.Series:
    try:
        return pl.Series([text], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return pl.Series([text.decode("utf-8", "replace")])


def _row_before(text: bytes, position: int) -> int:
    *_, found = _OPENING.finditer(text, max(0, position - 4096), position)
    return int(found[2])


def letters_of(position: int) -> bytes:
    """Name a column as Excel does."""
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
