"""What only the XML of a sheet tells: which cells are numbers, errors, far away or given twice."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected

if TYPE_CHECKING:
    from pathlib import Path

MAX_EMPTY_GRID = 20_000_000
_SMALL_SHEET = 8 << 20
_BLOCK = 4 << 20
_OPENING = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(/?)>')
_ROW = re.compile(rb'<(?:\w+:)?row (?:[^>]*?\s)?r="([0-9]{1,7})"')
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_FILLED = re.compile(rb"<(?:\w+:)?[vt](?:\s[^>]*)?>[^<]")
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


def refuse_far_cells(path: Path, entry: str) -> None:
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


def search(path: Path, entry: str, wanted: dict[bytes, int]) -> Evidence:
    """Search the XML of one sheet."""
    seeker = _Search(wanted)
    with zipfile.ZipFile(path) as archive, archive.open(entry) as opened:
        tail = b""
        while block := opened.read(_BLOCK):
            text = tail + block
            cut = text.rfind(b"<row ") if len(block) == _BLOCK else len(text)
            text, tail = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            seeker.look(text)
    return seeker.evidence


def count_rows(path: Path, entry: str) -> int:
    """Count the rows of a sheet that hold anything, without a parser."""
    count, rest = 0, b""
    with zipfile.ZipFile(path) as archive, archive.open(entry) as opened:
        while block := opened.read(_BLOCK):
            *rows, rest = _ROW_END.split(rest + block)
            count += sum(1 for row in rows if _FILLED.search(row))
            # One row of that size is no row.
            rest = rest[-_BLOCK:]
    return count


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
