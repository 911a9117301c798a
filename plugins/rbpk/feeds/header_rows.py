"""Headers of several rows: merged cells above, the titles proper below them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_HEADER_ROWS = 3
_FEWEST_TITLES = 3
# No title has so many digits in a row; people's numbers do.
_DATA = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Rows that could be a header, up to row `number`; each position has its possible titles, the fullest first."""

    number: int
    height: int
    titles: Sequence[tuple[str, ...]]


def stacked(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]] | None:
    """Put the rows of one header together; None if they cannot be one."""
    filled = [sum(1 for cell in row if cell) for row in rows]
    if min(filled) == 0 or max(filled[1:]) < _FEWEST_TITLES or any(_DATA.search(c) for r in rows[1:] for c in r):
        return None
    width = max(map(len, rows))
    levels = [_spread(rows, level, width) for level in range(len(rows))]
    return [_titles([level[i] for level in levels]) for i in range(width)]


def _spread(rows: Sequence[Sequence[str]], level: int, width: int) -> list[str]:
    """Let a merged cell speak for the columns it covers: empty beside it, titled below."""
    row = [*rows[level], *[""] * (width - len(rows[level]))]
    for i in range(1, width):
        if not row[i] and any(i < len(below) and below[i] for below in rows[level + 1 :]):
            row[i] = row[i - 1]
    return row


def _titles(levels: Sequence[str]) -> tuple[str, ...]:
    said = [text for i, text in enumerate(levels) if text and text not in levels[:i]]
    joined = [" ".join(said[start:]) for start in range(len(said))]
    return tuple(dict.fromkeys(joined))
