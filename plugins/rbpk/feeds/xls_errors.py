"""Cells of old Excel workbooks that hold an error: their parser gives these as empty, and nobody would know.

Formats: Microsoft's compound file [MS-CFB] around a stream of records [MS-XLS]; only what errors need is read.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from rbpk.feeds.grid import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORDS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_SHEET, _BOOL_OR_ERROR, _FORMULA, _END_OF_PART = 0x0085, 0x0205, 0x0006, 0x000A
# A formula's result that is no number ends in these; its first byte then says what it is.
_NO_NUMBER, _IS_ERROR = b"\xff\xff", 2
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_STREAMS = ("Workbook", "Book")

Errors = dict[int, dict[tuple[int, int], str]]


def error_cells(path: Path) -> Errors:
    """Give, by the number of each sheet, the (row, column) of every error, counted from 0, and its word."""
    try:
        stream = _workbook(path.read_bytes())
        places = [struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if kind == _SHEET]
        return {number: _errors(stream, place) for number, place in enumerate(places)}
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise unreadable("an old Excel workbook whose parts contradict each other") from error


def _errors(stream: bytes, place: int) -> dict[tuple[int, int], str]:
    found = {}
    for kind, data in _records(stream, place):
        if kind == _BOOL_OR_ERROR and data[7]:
            code = data[6]
        elif kind == _FORMULA and data[12:14] == _NO_NUMBER and data[6] == _IS_ERROR:
            code = data[8]
        else:
            continue
        row, column = struct.unpack_from("<HH", data)
        found[row, column] = _WORDS.get(code, "#N/A")
    return found


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place up to the end of that part."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _END_OF_PART:
            return
        if kind in (_SHEET, _BOOL_OR_ERROR, _FORMULA):
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _workbook(data: bytes) -> bytes:
    """Take the stream of the workbook out of the compound file."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    (first_directory,) = struct.unpack_from("<I", data, 48)
    smallest, first_small = struct.unpack_from("<II", data, 56)
    if shift not in (9, 12) or small_shift != 6:
        message = "sectors of no known size"
        raise ValueError(message)
    table = _table(data, 1 << shift)
    directory = _chain(data, table, first_directory, 1 << shift, 1 << shift)
    entries = [directory[i : i + _ENTRY] for i in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    sizes = [(_name(entry), *struct.unpack_from("<II", entry, 116)) for entry in entries]
    start, size = next((entry[1:] for entry in sizes if entry[0] in _STREAMS), (_LAST_SECTOR, smallest))
    if size >= smallest:
        return _chain(data, table, start, 1 << shift, 1 << shift)[:size]
    _, root, _ = sizes[0]
    small = _chain(data, table, root, 1 << shift, 1 << shift)
    links = _chain(data, table, first_small, 1 << shift, 1 << shift)
    small_table = struct.unpack(f"<{len(links) // 4}I", links)
    return _chain(small, small_table, start, 1 << small_shift, 0)[:size]


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le")


def _table(data: bytes, sector: int) -> tuple[int, ...]:
    """Read which sector follows which."""
    of_table = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // sector)):
        more = struct.unpack_from(f"<{sector // 4}I", data, sector * (following + 1))
        of_table += more[:-1]
        following = more[-1]
    numbers = [number for number in of_table if number < _LAST_SECTOR]
    return tuple(
        following
        for number in numbers
        for following in struct.unpack_from(f"<{sector // 4}I", data, sector * (number + 1))
    )


def _chain(data: bytes, table: tuple[int, ...], number: int, sector: int, before: int) -> bytes:
    """Join the sectors of one chain; a chain that bites its tail ends where it began again."""
    pieces = []
    for _ in range(len(table)):
        if number >= _LAST_SECTOR:
            break
        place = before + number * sector
        pieces.append(data[place : place + sector])
        number = table[number]
    return b"".join(pieces)
