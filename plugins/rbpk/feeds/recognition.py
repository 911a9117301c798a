"""What a delivered file is, told from its first rows: format, encoding, delimiter, feed, entity, header."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected
from rbpk.feeds import grid_html, grid_ods, grid_xls
from rbpk.feeds.csv_sniffing import CsvDialect, sniff_csv
from rbpk.feeds.grid import peek
from rbpk.feeds.header_misses import refuse
from rbpk.feeds.headers import SEARCHED_ROWS, Layout, find_layouts
from rbpk.feeds.registry import readable
from rbpk.feeds.unread import Unread, is_list
from rbpk.feeds.workbook_peek import peek_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rbpk.feeds.contract import Contract
    from rbpk.feeds.grid import Grid, Peek
    from rbpk.feeds.header_misses import NearMiss

_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet, or the whole of a CSV file, with its layout."""

    sheet: str
    layout: Layout
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Recognition:
    """One entity found in a file; a workbook may hold it on several sheets."""

    contract: Contract
    parts: tuple[Part, ...]
    file_format: str
    dialect: CsvDialect | None = None
    # Sheets of the file that are nothing known; the first of its entities speaks for them.
    unread: tuple[Unread, ...] = ()

    @property
    def shape(self) -> str:
        """Name the header's version."""
        return self.parts[0].layout.shape


def recognise(path: Path) -> tuple[Recognition, ...]:
    """Recognise a file by content; raise FeedRejected with expected and found when it is nothing known."""
    with path.open("rb") as opened:
        head = opened.read(1 << 18)
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise FeedRejected("the file is empty; ask the sender to send it again", "file.empty")
    if head.startswith(_OLE):
        return _sheets(grid_xls.peek(path), "xls")
    if head.startswith(b"PK\x03\x04"):
        return _sheets(_first(grid_ods.grids(path)), "ods") if is_ods(head) else _sheets(peek_workbook(path), "xlsx")
    if _EXCEL_XML in head.replace(b"\x00", b""):
        raise FeedRejected("an XML spreadsheet of Excel 2003; save it as .xlsx and send that", "file.format")
    if grid_html.looks_like_html(head):
        return _sheets(_first(grid_html.grids(path)), "html")
    return _text(head)


def prepare() -> None:
    """Load once what every recognition needs."""
    find_layouts([], readable())


def is_ods(head: bytes) -> bool:
    """Say whether a zip archive is an OpenDocument spreadsheet; the format puts its name first."""
    return grid_ods.MIMETYPE in head[:200]


def _first(grids: Iterable[Grid]) -> Iterator[Peek]:
    return (peek(grid, SEARCHED_ROWS) for grid in grids)


def _sheets(peeked: Iterable[Peek], file_format: str) -> tuple[Recognition, ...]:
    found: dict[tuple[str, str], list[Part]] = {}
    others: list[tuple[Peek, NearMiss | None]] = []
    for one in peeked:
        layout = find_layouts(one.rows, readable())
        if isinstance(layout, Layout):
            key = (layout.contract.feed, layout.contract.entity)
            found.setdefault(key, []).append(Part(one.name, layout, one.hidden))
        else:
            others.append((one, layout))
    if not found:
        raise refuse([miss for _, miss in others if miss])
    unread = tuple(Unread(one.name, one.hidden, one.count(), miss) for one, miss in others if is_list(one))
    first, *more = (Recognition(parts[0].layout.contract, _shown(parts), file_format) for parts in found.values())
    return (replace(first, unread=unread), *more)


def _shown(parts: list[Part]) -> tuple[Part, ...]:
    """Put what the sender shows first; hidden sheets are the list itself only if nothing else is."""
    shown = [part for part in parts if not part.hidden]
    if not shown:
        return tuple(replace(part, hidden=False) for part in parts)
    return (*shown, *(part for part in parts if part.hidden))


def _text(head: bytes) -> tuple[Recognition, ...]:
    misses: list[NearMiss] = []
    best: Recognition | None = None
    for dialect, rows in sniff_csv(head):
        layout = find_layouts(rows, readable())
        if isinstance(layout, Layout):
            found = Recognition(layout.contract, (Part("", layout),), "csv", dialect)
            if best is None or len(layout.columns) > len(best.parts[0].layout.columns):
                best = found
        elif layout is not None:
            misses.append(layout)
    if best is None:
        raise refuse(misses)
    return (best,)
