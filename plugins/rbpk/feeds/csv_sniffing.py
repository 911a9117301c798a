"""How a text file is written: encoding, line ends, delimiter; each guess is settled by the header it yields."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected
from rbpk.feeds.headers import SEARCHED_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (";", ",", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How one file is written; cp1252 is decided line by line, so it is not a property of the file alone."""

    encoding: str
    bom: int
    delimiter: str
    carriage_returns: bool


def sniff_csv(head: bytes) -> Iterator[tuple[CsvDialect, list[list[str]]]]:
    """Yield the first records under each delimiter that could be meant."""
    encoding, bom = _encoding(head)
    text = decode(head[bom:], encoding)
    if _is_binary(text[:4096]):
        raise FeedRejected("neither a workbook nor a text file; send .xlsx or .csv", "file.format")
    carriage_returns = _ends_in_carriage_returns(text)
    text = text.replace("\r\n", "\n")
    if carriage_returns:
        text = text.replace("\r", "\n")
    lines = text.split("\n")[:SEARCHED_ROWS]
    for delimiter in DELIMITERS:
        if any(delimiter in line for line in lines):
            yield CsvDialect(encoding, bom, delimiter, carriage_returns), [split(line, delimiter) for line in lines]


def split(line: str, delimiter: str) -> list[str]:
    """Split one physical line, whatever its quotes are up to."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def decode(data: bytes, encoding: str) -> str:
    """Decode bytes of a text file; bytes that are no UTF-8 are Windows' Western code page."""
    if encoding.startswith("utf-16"):
        return data[: len(data) & ~1].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return b"\n".join(map(to_utf8, data.split(b"\n"))).decode("utf-8", "replace")


def to_utf8(line: bytes) -> bytes:
    """Make one line UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace").encode("utf-8")
    return line


def _encoding(head: bytes) -> tuple[str, int]:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, len(mark)
    # UTF-16 without a mark: every other byte of Latin text is zero.
    if head[1:200:2].count(0) > 60:
        return "utf-16-le", 0
    if head[0:200:2].count(0) > 60:
        return "utf-16-be", 0
    return "utf-8", 0


def _is_binary(text: str) -> bool:
    # A text file may hold a stray control character; a picture or a PDF is full of them.
    strange = sum(1 for char in text if char < " " and char not in "\t\r\n\x0b\x0c")
    return strange * 50 > len(text)


def _ends_in_carriage_returns(text: str) -> bool:
    """Say whether returns end lines by themselves; one inside a cell splits a line into parts, none of them whole."""
    if "\n" not in text:
        return "\r" in text
    if "\r" not in text.replace("\r\n", "\n"):
        return False
    lines = [line.rstrip("\r").split("\r") for line in text.split("\n")]
    for delimiter in DELIMITERS:
        whole = max(line[0].count(delimiter) for line in lines)
        if whole and any(sum(part.count(delimiter) == whole for part in line) > 1 for line in lines):
            return True
    return False
