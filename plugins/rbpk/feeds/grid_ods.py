"""OpenDocument spreadsheets, streamed by the standard library: repeated rows and cells are not believed blindly."""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from rbpk.errors import FeedRejected
from rbpk.feeds.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row, hostile, unreadable
from rbpk.feeds.limits import Limited, check_archive, refuse_entities
from rbpk.feeds.workbook_peek import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# The first sheets of a real file fit many times; a document made of one giant row does not.
MAX_CONTENT = 2 << 30
_NUMBERS = ("float", "currency", "percentage")
_ERRORS = ("Err:", "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


def grids(path: Path) -> tuple[Grid, ...]:
    """List the sheets of a spreadsheet."""
    check_archive(path)
    try:
        sheets = _sheets(path)
    except BROKEN as error:
        raise unreadable("its parts contradict each other") from error
    return tuple(
        Grid(name, lambda number=number: _rows(path, number), hidden=hidden)  # type: ignore[misc]
        for number, (name, hidden) in enumerate(sheets)
    )


def _sheets(path: Path) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    unseen: set[str] = set()
    for event, element in _events(path):
        tag = _tag(element)
        if event == "end" and tag == "style":
            if any(_tag(e) == "table-properties" and _get(e, "display") == "false" for e in element):
                unseen.add(_get(element, "name") or "")
        elif event == "start" and tag == "table":
            found.append((_get(element, "name") or "", _get(element, "style-name") in unseen))
        elif event == "end" and tag in ("table-row", "table"):
            element.clear()
    return found


def _rows(path: Path, wanted: int) -> Iterator[Row]:
    try:
        yield from _rows_of(path, wanted)
    except BROKEN as error:
        raise unreadable("the document ends too early or contradicts itself") from error


def _rows_of(path: Path, wanted: int) -> Iterator[Row]:
    sheet = -1
    number = 0
    merged: dict[int, tuple[int, str]] = {}
    for event, element in _events(path):
        tag = _tag(element)
        if event == "start" and tag == "table":
            sheet += 1
            if sheet > wanted:
                return
        elif event == "end" and tag == "table-row":
            if sheet == wanted:
                cells, numbers = _cells(element)
                times = _repeated(element, "number-rows-repeated")
                merged |= _merged(element, number)
                merged = {position: (last, text) for position, (last, text) in merged.items() if last > number}
                above = {position: text for position, (_, text) in merged.items()}
                if any(cells):
                    if number + times > MAX_ROWS:
                        raise hostile(f"more than {MAX_ROWS:,} rows")
                    yield from (Row(number + i, cells, numbers, above) for i in range(1, times + 1))
                number += times
            element.clear()
        elif event == "end" and tag == "table":
            element.clear()


def _cells(row: ET.Element) -> tuple[list[str | None], tuple[int, ...]]:
    cells: list[str | None] = []
    numbers: list[int] = []
    for cell in row:
        if _tag(cell) not in ("table-cell", "covered-table-cell"):
            continue
        times = _repeated(cell, "number-columns-repeated")
        value, is_number = _value(cell)
        if value is not None and len(cells) + times > MAX_COLUMNS:
            raise hostile("a cell lies outside any grid")
        # The empty rest of a row is written as one cell repeated to the edge of the grid.
        times = min(times, MAX_COLUMNS + 1 - len(cells))
        if is_number:
            numbers.extend(range(len(cells), len(cells) + times))
        cells.extend([value] * times)
    while cells and cells[-1] is None:
        cells.pop()
    return cells, tuple(numbers)


def _merged(row: ET.Element, before: int) -> dict[int, tuple[int, str]]:
    """Tell which cells of a row are merged down: position, the last row they cover, what they say."""
    found: dict[int, tuple[int, str]] = {}
    position = 0
    for cell in row:
        if _tag(cell) not in ("table-cell", "covered-table-cell"):
            continue
        rows, columns = (int(_get(cell, f"number-{what}-spanned") or 1) for what in ("rows", "columns"))
        text = _value(cell)[0] if rows > 1 else None
        if text:
            found |= {position + i: (before + rows, text) for i in range(min(columns, MAX_COLUMNS))}
        position += _repeated(cell, "number-columns-repeated")
    return found


def _value(cell: ET.Element) -> tuple[str | None, bool]:
    kind = _get(cell, "value-type")
    text = "\n".join("".join(p.itertext()) for p in cell if _tag(p) == "p")
    if kind in _NUMBERS and not text.startswith(_ERRORS):
        return _plain(_get(cell, "value")) or text or None, True
    if kind == "date":
        return (_get(cell, "date-value") or text).replace("T", " ") or None, False
    if text.startswith("Err:"):
        return "#VALUE!", False
    return text or _get(cell, "string-value") or None, False


def _plain(number: str | None) -> str | None:
    return number.removesuffix(".0") if number else None


def _repeated(element: ET.Element, name: str) -> int:
    times = int(_get(element, name) or 1)
    if not 1 <= times <= 10**8:
        raise hostile("a repetition without sense")
    return times


def _events(path: Path) -> Iterator[tuple[str, ET.Element]]:
    with zipfile.ZipFile(path) as archive:
        if "content.xml" not in archive.namelist():
            raise unreadable("it has no content")
        if _encrypted(archive):
            raise FeedRejected("the spreadsheet is encrypted; send it without a password", "file.format")
        with archive.open("content.xml") as opened:
            refuse_entities(opened.read(4096))
        with archive.open("content.xml") as opened:
            limited: IO[bytes] = Limited(opened, MAX_CONTENT)
            yield from ET.iterparse(limited, events=("start", "end"))  # noqa: S314  (no document type, no entities)


def _encrypted(archive: zipfile.ZipFile) -> bool:
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    with archive.open("META-INF/manifest.xml") as opened:
        return b"encryption-data" in opened.read(1 << 20)


def _get(element: ET.Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
