"""What a delivered file is, told from its first rows: format, encoding, delimiter, feed, entity, header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected
from rbpk.feeds.csv_sniffing import CsvDialect, sniff_csv
from rbpk.feeds.headers import Layout, find_layouts, refuse
from rbpk.feeds.registry import contracts
from rbpk.feeds.workbook_peek import looks_like_workbook, peek_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from rbpk.feeds.contract import Contract
    from rbpk.feeds.headers import NearMiss

_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet, or the whole of a CSV file, with its layout."""

    sheet: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Recognition:
    """One entity found in a file; a workbook may hold it on several sheets."""

    contract: Contract
    parts: tuple[Part, ...]
    file_format: str
    dialect: CsvDialect | None = None

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
        raise FeedRejected(
            "an old .xls or password-protected workbook; save it as .xlsx without password", "file.format"
        )
    return _workbook(path) if looks_like_workbook(head) else _text(head)


def _workbook(path: Path) -> tuple[Recognition, ...]:
    found: dict[tuple[str, str], list[Part]] = {}
    misses: list[NearMiss] = []
    for sheet, rows in peek_workbook(path):
        layout = find_layouts(rows, contracts())
        if isinstance(layout, Layout):
            key = (layout.contract.feed, layout.contract.entity)
            found.setdefault(key, []).append(Part(sheet, layout))
        elif layout is not None:
            misses.append(layout)
    if not found:
        raise refuse(misses)
    return tuple(Recognition(parts[0].layout.contract, tuple(parts), "xlsx") for parts in found.values())


def _text(head: bytes) -> tuple[Recognition, ...]:
    misses: list[NearMiss] = []
    best: Recognition | None = None
    for dialect, rows in sniff_csv(head):
        layout = find_layouts(rows, contracts())
        if isinstance(layout, Layout):
            found = Recognition(layout.contract, (Part("", layout),), "csv", dialect)
            if best is None or len(layout.columns) > len(best.parts[0].layout.columns):
                best = found
        elif layout is not None:
            misses.append(layout)
    if best is None:
        raise refuse(misses)
    return (best,)
