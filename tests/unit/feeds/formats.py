"""Small writers of the formats that no library here writes: old Excel, OpenDocument, HTML as offices save it."""

from __future__ import annotations

import io
import struct
import zipfile
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Sequence[object]]


class Down(NamedTuple):
    """A cell merged down over some rows; the cells it covers are written as empty ones."""

    text: str
    rows: int


_SECTOR = 512
ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """Write an Excel 97 workbook; a cell of type `Down` is merged down."""
    pages = [_sheet(rows) for rows in sheets.values()]
    names = [_name(name) for name in sheets]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    place = len(start) + sum(4 + 6 + len(name) for name in names) + 4
    bounds = b""
    for title, name, page in zip(sheets, names, pages, strict=True):
        bounds += _record(0x0085, struct.pack("<IBB", place, int(title in hidden), 0) + name)
        place += len(page)
    return _compound(start + bounds + _record(0x000A, b"") + b"".join(pages))


def ods(sheets: Mapping[str, Rows], hidden: Sequence[str] = (), *, tail: str = "") -> bytes:
    """Write an OpenDocument spreadsheet; `tail` is put behind the last row of every sheet."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/>'
        "</style:style>"
        for name, shown in (("seen", "true"), ("unseen", "false"))
    )
    pages = "".join(
        f'<table:table table:name={quoteattr(name)} table:style-name="{"unseen" if name in hidden else "seen"}">'
        + "".join("<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows)
        + tail
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{pages}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return written.getvalue()


def html(rows: Rows, *, charset: str = "utf-8", above: str = "") -> bytes:
    """Write a page with one table."""
    body = "".join("<tr>" + "".join(map(_td, row)) + "</tr>\r\n" for row in rows)
    page = f'<html><head><meta charset="{charset}"></head><body>{above}<table border=1>{body}</table></body></html>'
    return page.encode(charset)


def _td(cell: object) -> str:
    if isinstance(cell, Down):
        return f"<td rowspan={cell.rows}>{escape(cell.text)}</td>"
    # A page has no cell where one above reaches down.
    return "" if cell is None else f"<td>{escape(str(cell))}</td>"


def _ods_cell(cell: object) -> str:
    if isinstance(cell, Down):
        span = f'table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="1"'
        return f"<table:table-cell {span}><text:p>{xml_escape(cell.text)}</text:p></table:table-cell>"
    if cell in (None, ""):
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
    text = "".join(f"<text:p>{xml_escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def _sheet(rows: Rows) -> bytes:
    page = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    merged = b""
    for i, row in enumerate(rows):
        for j, each in enumerate(row):
            cell = each
            if isinstance(each, Down):
                merged += struct.pack("<HHHH", i, i + each.rows - 1, j, j)
                cell = each.text
            if cell in (None, ""):
                continue
            if cell in ERRORS:
                # The same error as a constant and as the result of a formula.
                code = ERRORS[str(cell)]
                constant = struct.pack("<HHHBB", i, j, 0, code, 1)
                formula = struct.pack("<HHHBBBBBBHHIH", i, j, 0, 2, 0, code, 0, 0, 0, 0xFFFF, 0, 0, 0)
                page += _record(0x0205, constant) if i % 2 else _record(0x0006, formula)
            elif isinstance(cell, int | float):
                page += _record(0x0203, struct.pack("<HHHd", i, j, 0, float(cell)))
            else:
                text = str(cell)
                data = struct.pack("<HHHHB", i, j, 0, len(text), 1) + text.encode("utf-16-le")
                page += _record(0x0204, data)
    page += _record(0x00E5, struct.pack("<H", len(merged) // 8) + merged) if merged else b""
    return page + _record(0x000A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _name(name: str) -> bytes:
    return struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")


def _compound(stream: bytes) -> bytes:
    """Wrap a stream as Microsoft's compound file: header, allocation table, directory, stream."""
    stream += b"\0" * max(0, 4096 - len(stream))
    stream += b"\0" * (-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    tables = 1
    while tables * 128 < tables + 1 + count:
        tables += 1
    first = tables + 1
    chain = [_FAT] * tables + [_END] + [first + i + 1 for i in range(count - 1)] + [_END]
    chain += [_FREE] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, first, len(stream))
    directory = entries + _entry("", 0, _FREE, 0, 0) * 2
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    links = struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<IQ", start, size)
