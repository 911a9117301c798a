"""A sheet of any kind that is read row by row: OpenDocument, old Excel, HTML saved as .xls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rbpk.errors import FeedRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_ROWS = 2_000_000
MAX_COLUMNS = 16_384


class Row(NamedTuple):
    """One row: the number a person sees, its cells as text, and the positions whose cells were numbers."""

    number: int
    cells: list[str | None]
    numbers: tuple[int, ...] = ()
    # What a cell of a row above says here too, by position: it is merged down over this row.
    above: dict[int, str] = {}  # noqa: RUF012  (never written to)


@dataclass(frozen=True, slots=True)
class Peek:
    """The first rows of a sheet, each at its own number; its filled rows are counted only if somebody asks."""

    name: str
    hidden: bool
    rows: list[list[str | None]]
    count: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; its rows are read anew each time they are asked for."""

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden: bool = False


def first_rows(grid: Grid, count: int) -> list[list[str | None]]:
    """Give the first rows at their own numbers; rows that are not there are empty."""
    found: list[list[str | None]] = []
    for row in grid.rows():
        if row.number > count:
            break
        found.extend([] for _ in range(row.number - 1 - len(found)))
        found.append(row.cells)
    return found


def peek(grid: Grid, count: int) -> Peek:
    """Look at the first rows of a sheet."""
    return Peek(grid.name, grid.hidden, first_rows(grid, count), lambda: filled_rows(grid))


def filled_rows(grid: Grid) -> int:
    """Count the rows that hold anything."""
    return sum(1 for row in grid.rows() if any(row.cells))


def hostile(why: str) -> FeedRejected:
    """Refuse a file that could hurt its reader."""
    return FeedRejected(f"the file is not safe to open: {why}; ask the sender to save it anew", "file.hostile")


def unreadable(why: str) -> FeedRejected:
    """Refuse a damaged file."""
    return FeedRejected(f"the file cannot be read: {why}; ask the sender to save it anew", "file.unreadable")
