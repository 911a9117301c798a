"""The first rows of every sheet and the safety of the zip around them, read with the standard library only.

A parser that aborts the process cannot be caught, so the zip directory is judged before anything parses it.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from rbpk.errors import FeedRejected
from rbpk.feeds.headers import SEARCHED_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_ENTRIES = 2_000
MAX_EXPANDED = 3 << 30
# Ordinary sheets compress at most about 20:1; only entries big enough to hurt are held to it.
MAX_RATIO = 120
RATIO_MATTERS_FROM = 64 << 20
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_LETTERS = re.compile(r"([A-Z]{1,3})")


def looks_like_workbook(head: bytes) -> bool:
    """Say whether a file is a zip archive."""
    return head.startswith(b"PK\x03\x04")


def check_archive(path: Path) -> None:
    """Refuse an archive that could hurt its reader, by its directory alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _unreadable("the archive's directory is broken") from error
    names = [entry.filename for entry in entries]
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
        raise _hostile("too many entries, or two of one name")
    if total > MAX_EXPANDED:
        raise _hostile("it would expand to more than 3 GB")
    for entry in entries:
        if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _hostile("an entry expands more than 120-fold")
        if entry.flag_bits & 1:
            raise FeedRejected("the workbook is encrypted; send it without a password", "file.format")
    if "xl/workbook.xml" not in {name.lower() for name in names}:
        raise FeedRejected("a zip archive that is no Excel workbook; send .xlsx or .csv", "file.format")


def peek_workbook(path: Path) -> Iterator[tuple[str, list[list[str | None]]]]:
    """Yield (sheet name, first rows) of every sheet."""
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = sheet_entries(archive)
            peeked = [(name, _first_rows(archive, entry)) for name, entry in sheets]
            texts = _shared_strings(archive, max((i for _, rows in peeked for i in _shared(rows)), default=-1))
    except (zipfile.BadZipFile, ET.ParseError, KeyError, OSError, ValueError, EOFError) as error:
        raise _unreadable("its parts contradict each other") from error
    for name, rows in peeked:
        yield name, [[texts.get(c, None) if isinstance(c, int) else c for c in row] for row in rows]


def sheet_entries(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """List (sheet name, archive entry) in the workbook's order."""
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
                found.append((element.get("name", ""), by_lower[entry.lower()]))
    return found


def _parse(opened: IO[bytes]) -> ET.Element:
    data = opened.read(16 << 20)
    _refuse_entities(data)
    return ET.fromstring(data)  # noqa: S314  (no document type, no entities)


def _refuse_entities(data: bytes) -> None:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise _hostile("it declares XML entities")


def _first_rows(archive: zipfile.ZipFile, entry: str) -> list[list[str | int | None]]:
    rows: list[list[str | int | None]] = []
    with archive.open(entry) as opened:
        _refuse_entities(opened.read(4096))
    with archive.open(entry) as opened:
        for _, element in ET.iterparse(opened, events=("end",)):  # noqa: S314  (no document type, no entities)
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
            raise _hostile("a cell lies outside Excel's grid")
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


def _shared_strings(archive: zipfile.ZipFile, last: int) -> dict[int, str]:
    texts: dict[int, str] = {}
    entry = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
    if last < 0 or entry is None:
        return texts
    with archive.open(entry) as opened:
        _refuse_entities(opened.read(4096))
    with archive.open(entry) as opened:
        for _, element in ET.iterparse(opened, events=("end",)):  # noqa: S314  (no document type, no entities)
            if _tag(element) == "si":
                texts[len(texts)] = "".join(e.text or "" for e in element.iter() if _tag(e) == "t")
                element.clear()
                if len(texts) > last:
                    break
    return texts


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _hostile(why: str) -> FeedRejected:
    return FeedRejected(f"the workbook is not safe to open: {why}; ask the sender to save it anew", "file.hostile")


def _unreadable(why: str) -> FeedRejected:
    return FeedRejected(f"the workbook cannot be read: {why}; ask the sender to save it anew", "file.unreadable")
