"""HTML that was saved as .xls: every table one below the other, as a spreadsheet program shows them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from rbpk.feeds.csv_sniffing import decode
from rbpk.feeds.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row, hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A page of a million cells; whoever has more has .csv.
MAX_BYTES = 256 << 20
_BLOCK = 1 << 16
_MARKS = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|meta|table|body|style)\b")
_CHARSET = re.compile(rb"(?i)charset=[\"']?([\w-]+)")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SPACES = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def looks_like_html(head: bytes) -> bool:
    """Say whether a file begins as a page with a table does."""
    start = head[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and bool(_MARKS.search(start)) and b"<table" in head.replace(b"\x00", b"").lower()


def grids(path: Path) -> tuple[Grid, ...]:
    """Give the page as one sheet."""
    return (Grid("", lambda: _rows(path)),)


def _rows(path: Path) -> Iterator[Row]:
    if path.stat().st_size > MAX_BYTES:
        raise hostile("a page of more than 256 MB")
    data = path.read_bytes()
    text = _decoded(data)
    del data
    parser = _Tables()
    for start in range(0, len(text), _BLOCK):
        parser.feed(text[start : start + _BLOCK])
        yield from parser.taken()
    parser.close()
    parser.end_row()
    yield from parser.taken()


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    said = _CHARSET.search(data[:4096])
    if said and said[1].lower() in (b"windows-1252", b"iso-8859-1", b"latin1"):
        return data.decode("cp1252", "replace")
    return decode(data, "utf-8")


class _Tables(HTMLParser):
    """Collects rows; spans leave their further cells empty, as merged cells of a workbook are, and are told apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[Row] = []
        self._number = 0
        self._cells: list[str | None] | None = None
        self._text: list[str] | None = None
        self._numbers: list[int] = []
        self._number_text: str | None = None
        self._below: dict[int, int] = {}
        self._says: dict[int, str] = {}
        self._width = 1
        self._height = 1

    def taken(self) -> list[Row]:
        """Give the rows that are complete, once."""
        done, self._done = self._done, []
        return done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.end_row()
            self._cells = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "table":
            self.end_row()
            self._below, self._says = {}, {}
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if self._cells is None:
            self._cells = []
        self._skip_covered()
        self._text = []
        self._width = _span(attributes.get("colspan"))
        # Excel's own pages give a number cell's value beside what the cell shows.
        self._number_text = attributes.get("x:num", "") if "x:num" in attributes else None
        self._height = _span(attributes.get("rowspan"))
        if self._height > 1:
            self._below.update({len(self._cells) + i: self._height for i in range(self._width)})
        if len(self._cells) + self._width > MAX_COLUMNS:
            raise hostile("a row wider than any grid")

    def _skip_covered(self) -> None:
        cells = self._cells
        while cells is not None and len(cells) < MAX_COLUMNS and self._below.get(len(cells), 0) > 0:
            cells.append(None)

    def _end_cell(self) -> None:
        if self._text is None or self._cells is None:
            return
        lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(self._text).split("\n\n"))
        text = "\n".join(filter(None, lines))
        if self._number_text is not None:
            self._numbers.append(len(self._cells))
            text = self._number_text if _NUMBER.fullmatch(self._number_text or "") else text
        if self._height > 1 and text:
            self._says.update({len(self._cells) + i: text for i in range(self._width)})
        self._cells.append(text or None)
        self._cells.extend([None] * (self._width - 1))
        self._text = None

    def end_row(self) -> None:
        """Finish the row at hand, if there is one."""
        self._end_cell()
        if self._cells is None:
            return
        self._number += 1
        if self._number > MAX_ROWS:
            raise hostile(f"more than {MAX_ROWS:,} rows")
        # In the row where a merged cell begins it stands itself.
        self._done.append(Row(self._number, self._cells, tuple(self._numbers), self._says.copy()))
        self._below = {position: left - 1 for position, left in self._below.items() if left > 1}
        self._says = {position: text for position, text in self._says.items() if position in self._below}
        self._cells, self._numbers = None, []


def _span(said: str | None) -> int:
    return min(max(int(said), 1), 1_000) if said and said.isascii() and said.isdigit() and len(said) < 6 else 1
