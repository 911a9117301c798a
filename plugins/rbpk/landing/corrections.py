"""Correction workbooks come back: each row is weighed against the refused row it names, and mends that row or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rbpk.errors import FeedRejected
from rbpk.feeds.written import is_unchanged
from rbpk.landing.ledger import execute
from rbpk.landing.mending import mend
from rbpk.landing.mending_repeats import Mend, Refusal
from rbpk.warehouse import lock_for_transaction

if TYPE_CHECKING:
    from pathlib import Path

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.landing.ledger import Delivery

FEED: Final = "corrections"
# In front of the titles of a row's own cells, so that no list's header is met in a correction workbook.
OWN_CELL: Final = "isi: "
WORDS: Final = {
    "CORR_UNKNOWN": "The key names no refused row of this regency and month. Use the newest workbook of that month, "
    "change nothing in its first columns, and drop it into the folder of the month it speaks of.",
    "CORR_SUPERSEDED": "The delivery this row belongs to was replaced by a newer one, or is not in use. "
    "Mend the row in the workbook of the newest delivery.",
    "CORR_UNCHANGED": "The row came back as it was refused. Mend the cells under the titles that begin with 'isi:'.",
    "CORR_TWICE": "Two rows of the workbook mend the same refused row. Keep the one that is right.",
}


@dataclass(frozen=True, slots=True)
class Mended:
    """How many rows of a workbook were accepted and refused."""

    accepted: int
    refused: int


def land_corrections(connection: Connection, delivery: Delivery, regions: Path) -> Mended:
    """Mend what a landed correction workbook mends; move its other rows to the refused ones."""
    feeds = execute(connection, "feeds_corrected", delivery_id=delivery.delivery_id)
    for (feed,) in feeds:
        # Nobody may replace a list while its rows are being mended.
        lock_for_transaction(connection, "landing", delivery.regency_code, delivery.period, str(feed), wait_seconds=600)
    refusals, mends = _weighed(connection, delivery)
    accepted = 0
    for corrects, rows in mends.items():
        refused = mend(connection, delivery, corrects, rows, regions)
        refusals += refused
        accepted += len(rows) - len(refused)
    if not accepted:
        _refuse_whole(refusals)
    _refuse_rows(connection, delivery, refusals)
    return Mended(accepted, len(refusals))


def _weighed(connection: Connection, delivery: Delivery) -> tuple[list[Refusal], dict[str, list[Mend]]]:
    refusals: list[Refusal] = []
    mends: dict[str, list[Mend]] = {}
    found: list[tuple[Any, ...]] = execute(
        connection, "rows_corrected", delivery_id=delivery.delivery_id,
        regency_code=delivery.regency_code, period=delivery.period,
    )  # fmt: skip
    for sheet, row, times, corrects, status, first_sheet, first_row, raw, extra in found:
        cells = _mended_cells(raw or {}, extra or {})
        code = _fault(times, corrects, status, raw, cells)
        if code:
            refusals.append(Refusal(sheet, row, "kunci" if code != "CORR_UNCHANGED" else None, code, WORDS[code]))
        else:
            mends.setdefault(corrects, []).append(Mend(sheet, row, first_sheet, first_row, cells))
    return refusals, mends


def _fault(
    times: int,
    corrects: str | None,
    status: str | None,
    raw: dict[str, str | None] | None,
    cells: dict[str, str | None],
) -> str | None:
    if corrects is None or raw is None:
        return "CORR_UNKNOWN"
    if status != "landed":
        return "CORR_SUPERSEDED"
    if times > 1:
        return "CORR_TWICE"
    same = all((raw.get(name) or "").strip() == (value or "").strip() for name, value in cells.items())
    return "CORR_UNCHANGED" if same else None


def _mended_cells(raw: dict[str, str | None], extra: dict[str, str | None]) -> dict[str, str | None]:
    """Give the row's cells as sent back; a column that was deleted from the workbook stays as it was.

    So does a cell that came back as it was written: the workbook may have held only the beginning of it.
    """
    back = {title.strip().removeprefix(OWN_CELL.strip()).strip(): value for title, value in extra.items()}
    return {
        name: value if is_unchanged(value, back.get(name, value)) else back[name]
        for name, value in raw.items()
        if name != "overflow"
    }


def _refuse_whole(refusals: list[Refusal]) -> None:
    codes = {refusal.code for refusal in refusals}
    if len(codes) == 1 and (code := codes.pop()) in WORDS:
        message = f"nothing in the workbook mends anything: {WORDS[code]}"
        raise FeedRejected(message, f"correction.{code.removeprefix('CORR_').lower()}")


def _refuse_rows(connection: Connection, delivery: Delivery, refusals: list[Refusal]) -> None:
    execute(
        connection,
        "refuse_corrections",
        delivery_id=delivery.delivery_id,
        sheets=[refusal.sheet for refusal in refusals],
        source_rows=[refusal.source_row for refusal in refusals],
        columns=[refusal.column for refusal in refusals],
        codes=[refusal.code for refusal in refusals],
        messages=[refusal.message for refusal in refusals],
    )
