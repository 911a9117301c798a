"""When the numbers of a delivery are so damaged that the file is refused: a spreadsheet has spoilt them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected
from rbpk.feeds.contract import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rbpk.feeds.contract import Contract
    from rbpk.feeds.counts import Counts

# Together over the contract's limit they say that a spreadsheet was at work.
_DAMAGED = ("NIK_LENGTH", "NIK_SCI", "NIK_SERIAL_0000", "NIK_DUMMY", "NIK_BAD_DATE")
_LIMIT = "NIK_DAMAGED"
# Over the limit the gate warns. Rows with a damaged number land all the same, without it, so that a file is refused
# only where there is little left to use: at this many times the limit.
_REFUSED_TIMES = 4
_ROUNDED_PERCENT = 50
# Below these numbers a share of a file says nothing about the file.
_FEW_NUMBERS = 20
_FEW_DAMAGED = 10


def refuse_damaged(contract: Contract, counts: Counts) -> None:
    """Refuse a delivery whose identity numbers are damaged beyond the limit or mostly rounded."""
    for column in contract.of_kind(Kind.NIK)[:1]:
        numbers = counts.identified
        damaged = _total(counts, column.name, _DAMAGED)
        limit = contract.thresholds.get(_LIMIT)
        if limit is not None and damaged >= _FEW_DAMAGED and damaged * 100 > _REFUSED_TIMES * limit * counts.rows_read:
            message = (
                f"{damaged} of {counts.rows_read} rows have a damaged {column.name} "
                f"(limit {_REFUSED_TIMES * limit:g} %): a spreadsheet has spoilt the numbers. "
                "Ask for the list again with that column as text."
            )
            raise FeedRejected(message, _LIMIT)
        if numbers >= _FEW_NUMBERS and counts.ending_in_zero * 100 > _ROUNDED_PERCENT * numbers:
            message = (
                f"{counts.ending_in_zero} of {numbers} values of {column.name} end in 0: a spreadsheet has rounded "
                "them. Ask for the list again with that column as text."
            )
            raise FeedRejected(message, "NIK_MAYBE_ROUNDED")


def _total(counts: Counts, column: str, codes: Sequence[str]) -> int:
    return sum(counts.findings.get(f"{column}:{code}", 0) for code in codes)
