"""The first rows of every sheet and the safety of the zip around them, read with the standard library only.

A parser that aborts the process cannot be caught, so the zip directory is judged before anything parses it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from rbpk.errors import FeedRejected
from rbpk.feeds.grid import Peek, hostile, unreadable
from rbpk.feeds.headers import SEARCHED_ROWS
from rbpk.feeds.limits import Limited, check_archive, refuse_entities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The first rows of a real list are some kilobytes; a sheet made of one giant row is not.
MAX_PEEKED = 96 << 20
# What the standard library says of archives and XML that contradict themselves.
BROKEN = (
    zipfile.BadZipFile, ET.ParseError, zlib.error, KeyError, OSError, ValueError, EOFError, NotImplementedError,
)  # fmt: skip
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BLOCK = 4 << 20
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_FILLED = re.compile(rb"<(?:\w+:)?[vt](?:\s[^>]*)?>[^<]")
_LETTERS = re.compile(r"([A-Z]{1,3})")


def peek_workbook(path: Path) -> Iterator[Peek]:
    """Look at every sheet."""
    if "xl/workbook.xml" not in {name.lower() for name in check_archive(path)}:
        raise FeedRejected("a zip archive that is no Excel workbook; send .xlsx or .csv", "file.format")
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = sheet_entries(archive)
            peeked = [(sheet, _first_rows(archive, sheet.entry)) for sheet in sheets]
            texts = _shared_strings(archive, {i for _, rows in peeked for i in _shared(rows)})
    except BROKEN as error:
        raise unreadable("its parts contradict each other") from error
    for sheet, rows in peeked:
        known = [[texts.get(c, None) if isinstance(c, int) else c for c in row] for row in rows]
        yield Peek(sheet.name, sheet.hidden, known, partial(_count, path, sheet.entry))


def _count(path: Path, entry: str) -> int:
    """Count the rows of a sheet that hold anything, without a parser."""
    count, rest = 0, b""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as opened:
            while block := opened.read(_BLOCK):
                *rows, rest = _ROW_END.split(rest + block)
                count += sum(1 for row in rows if _FILLED.search(row))
                # One row of that size is no row.
                rest = rest[-_BLOCK:]
    except BROKEN as error:
        raise unreadable("a sheet of it is damaged") from error
    return count


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet and where the archive keeps it."""

    name: str
    entry: str
    hidden: bool


def sheet_entries(archive: zipfile.ZipFile) -> list[Sheet]:
    """List the worksheets in the workbook's order."""
    by_lower = {name.lower(): name for name in archive.namelist()}
    with archive.open(by_lower["xl/workbook.xml"]) as opened:
        book = _parse(opened)
    with archive.open(by_lower["xl/_rels/workbook.xml.rels"]) as opened:
        targets = {r.get("Id"): r.get("Target", "") for r in _parse(opened)}
    found = []
    for element in book.iter():
        if _tag(element) == "sheet":
            target = targets.get(element.get(_RELATIONSHIP) or element.get(_STRICT)) or ""
            entry = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if entry.lower() in by_lower and "worksheets" in entry.lower():
                hidden = element.get("state", "visible") != "visible"
                found.append(Sheet(element.get("name", ""), by_lower[entry.lower()], hidden))
    return found


def _parse(opened: IO[bytes]) -> ET.Element:
    data = opened.read(16 << 20)
    refuse_entities(data)
    return ET.fromstring(data)  # noqa: S314  (no document type, no entities)


def _first_rows(archive: zipfile.ZipFile, entry: str) -> list[list[str | int | None]]:
    rows: list[list[str | int | None]] = []
    with archive.open(entry) as opened:
        refuse_entities(opened.read(4096))
    with archive.open(entry) as opened:
        limited = Limited(opened, MAX_PEEKED)
        for _, element in ET.iterparse(limited, events=("end",)):  # noqa: S314  (no document type, no entities)
            if _tag(element) != "row":
                continue
            number = int(element.get("r") or len(rows) + 1)
            if number > SEARCHED_ROWS:
                break
            rows.extend([] for _ in range(number - 1 - len(rows)))
            rows.append(_cells(element))
            element.clear()
    return rows


def _cells(row: ET.Element) -> list[str | int | None]:
    cells: list[str | int | None] = []
    for cell in row:
        position = _column(cell.get("r"), len(cells))
        if position > 16_384:
            raise hostile("a cell lies outside Excel's grid")
        cells.extend([None] * (position - len(cells)))
        cells.append(_value(cell))
    return cells


def _column(reference: str | None, following: int) -> int:
    found = _LETTERS.match(reference or "")
    if not found:
        return following
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, following)


def _value(cell: ET.Element) -> str | int | None:
    texts = [e.text or "" for e in cell.iter() if _tag(e) == "t"]
    value = next((e.text for e in cell if _tag(e) == "v"), None)
    if cell.get("t") == "s" and value is not None:
        return int(value)
    return "".join(texts) if texts else value


def _shared(rows: list[list[str | int | None]]) -> Iterator[int]:
    return (cell for row in rows for cell in row if isinstance(cell, int))


def _shared_strings(archive: zipfile.ZipFile, wanted: set[int]) -> dict[int, str]:
    texts: dict[int, str] = {}
    entry = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
    if not wanted or entry is None:
        return texts
    last, number = max(wanted), 0
    with archive.open(entry) as opened:
        refuse_entities(opened.read(4096))
    with archive.open(entry) as opened:
        for _, element in ET.iterparse(opened, events=("end",)):  # noqa: S314  (no document type, no entities)
            if _tag(element) == "si":
                if number in wanted:
                    texts[number] = "".join(e.text or "" for e in element.iter() if _tag(e) == "t")
                element.clear()
                number += 1
                if number > last:
                    break
    return texts


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
