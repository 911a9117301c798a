"""Sheets beside a good one that no contract knows: a part of the delivery that is refused, and said to be so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rbpk.errors import FeedRejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rbpk.feeds.grid import Peek
    from rbpk.feeds.header_misses import NearMiss

# Begins every title of the sheet of codes in our own templates: not itself a title, so that no reader looks for it.
CODES_TITLE: Final = "Daftar untuk "
_FEWEST_CELLS = 3
_NAMED = 10
# Below this share of known titles, or of wanted ones, a row may be data, and data has no place in a message.
_RESEMBLES = 0.5


@dataclass(frozen=True, slots=True)
class Unread:
    """One sheet that was not taken in, with its filled rows."""

    sheet: str
    hidden: bool
    rows: int
    miss: NearMiss | None = None


def is_list(peek: Peek) -> bool:
    """Say whether a sheet holds rows of cells; notes of one or two columns are none."""
    filled = [[cell for cell in row if (cell or "").strip()] for row in peek.rows]
    if not any(filled):
        return peek.count() > 0
    first = next(row for row in filled if row)
    if all((cell or "").startswith(CODES_TITLE) for cell in first):
        return False
    return max(map(len, filled)) >= _FEWEST_CELLS


def refusal(unread: Sequence[Unread]) -> FeedRejected:
    """Say which sheets were not taken in, how many rows they have, and what their headers lack."""
    told = "; ".join(map(_told, unread[:_NAMED]))
    more = f"; and {len(unread) - _NAMED} more" if len(unread) > _NAMED else ""
    message = (
        f"{len(unread)} sheet(s) beside the list were not taken in: {told}{more}. "
        "If they are lists, mend their headers and send the file again; the other sheets are in"
    )
    return FeedRejected(message, "SHEET_UNKNOWN")


def _told(one: Unread) -> str:
    hidden = ", hidden" if one.hidden else ""
    why = one.miss.message if one.miss and min(one.miss.nearness) >= _RESEMBLES else "no row of it is a known header"
    return f"{one.sheet!r} ({one.rows} rows{hidden}): {why.rstrip('.')}"
