"""Lists that may be right but look wrong: held back until signed minutes speak for them, or refused for their month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from psycopg2 import sql

from rbpk.domain.period import Period
from rbpk.errors import FeedRejected
from rbpk.landing.ledger import execute
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.feeds.contract import Contract
    from rbpk.feeds.recognition import Recognition
    from rbpk.landing.ledger import Delivery

JUMP: Final = "ROWCOUNT_JUMP"
# Registers hold the same families from month to month; lists of what was done or decided do not.
_REGISTERS: Final = ("p3ke", "dtks", "dtsen", "pkh")
# A list may lose this share of its rows (reference 4.2); growth, and PKH's closer limit (R44), only warn, at the gate.
_SHRINKS_PCT: Final = 20.0
_EVENTS: Final = (("p3ke", "verifications"), ("pkh", "exits"), ("pkh", "payments"))
# A table of figures holds one row a year; each figure keeps the date it is of.
_YEARS_TOGETHER: Final = ("bps",)
# A handful of rows more or less says nothing about a list.
_FEW_ROWS: Final = 20
_NUMBER = re.compile(
    r"\b(?:BA(?:ST)?|BERITA\s+ACARA|SK|SURAT\s+KEPUTUSAN)\b[^0-9\n]{0,40}?"
    r"\b(?:NO(?:MOR)?)\b[\s.:_-]*([A-Z0-9][A-Z0-9./_-]*[0-9][A-Z0-9./_-]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a list is held back, and what releases it."""

    code: str
    message: str


def ba_number(texts: Iterable[str]) -> str | None:
    """Find the number of minutes (BA) or a decree (SK) that a title line or a file name states."""
    for text in texts:
        # In a name, the parts are joined by underscores; these are word characters to a pattern.
        found = _NUMBER.search(re.sub(r"(?<![0-9])_|_(?![0-9])", " ", text))
        if found:
            return found[1].strip("._-/")[:100]
    return None


def named_number(source_file: str) -> str | None:
    """Find the number in a file's own name, its ending left out."""
    return ba_number([PurePosixPath(source_file).stem])


def jump(connection: Connection, contract: Contract, delivery: Delivery, rows_loaded: int) -> Hold | None:
    """Compare with the same list of the newest earlier month, at most a quarter back.

    None if the list has not shrunk beyond the limit, or minutes speak for it.
    """
    limit = _limit(contract)
    if limit is None or delivery.ba_number:
        return None
    before = _rows_before(connection, delivery)
    if before is None:
        return None
    period, earlier = before
    lost = earlier - rows_loaded
    if lost < _FEW_ROWS or lost * 100 <= limit * earlier:
        return None
    message = (
        f"{rows_loaded} rows against {earlier} of {period} ({-lost * 100 / earlier:.0f} %, limit -{limit:g} %). "
        "If the list is whole, send it again with the number of the signed minutes or decree in a line above the "
        "header, such as 'BA No 400/12/2026', or in its name, such as 'list BA No 400-12-2026.csv'; if it is not, "
        "send the whole list under the same name"
    )
    return Hold(JUMP, message)


def other_month_above(found: Recognition, period: str) -> FeedRejected | None:
    """Refuse a list whose title lines state another month than its folder."""
    for part in found.parts:
        for line in part.layout.titles_above:
            said = Period.said_in(line)
            if said and str(said) != period:
                message = (
                    f"the list says it is of {said} but was delivered for {period}; "
                    "move it to that month's folder or ask for the right list"
                )
                return FeedRejected(message, "FILE_PERIOD")
    return None


def refuse_other_month(connection: Connection, contract: Contract, delivery: Delivery) -> None:
    """Refuse a list most of whose rows are of a year or a stage that cannot belong to its month."""
    names = {column.name for column in contract.columns}
    if "tahun" not in names or contract.feed in _YEARS_TOGETHER:
        return
    stage = sql.Identifier("tahap") if "tahap" in names else sql.SQL("null::text")
    query = sql.SQL(statement("rbpk.landing", "stated_stage")).format(
        table=sql.Identifier("landing", contract.table), year=sql.Identifier("tahun"), stage=stage
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"delivery_id": delivery.delivery_id})
        row = cursor.fetchone()
    if row is None or _fits(row[0], row[1], Period.parse(delivery.period)):
        return
    # Years and stages are no personal data; digits only, whatever the cell held.
    said = f"year {int(row[0])}" + (f", stage {int(row[1])}" if _digits(row[1]) else "")
    message = (
        f"most rows are of {said} but the list was delivered for {delivery.period}; "
        "move it to that month's folder or ask for the right list"
    )
    raise FeedRejected(message, "FILE_PERIOD")


def _fits(year: str | None, stage: str | None, period: Period) -> bool:
    if not _digits(year):
        return True
    # The last stage of a year is still paid and settled in the first quarter of the next.
    if int(year or 0) == period.year - 1:
        return period.month <= 3
    if int(year or 0) != period.year:
        return False
    # Stages last two or three months, so no stage after this one can have begun.
    return not _digits(stage) or int(stage or 0) <= (period.month + 1) // 2


def _digits(text: str | None) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,4}", text or ""))


def _limit(contract: Contract) -> float | None:
    said = contract.thresholds.get(JUMP)
    if said is not None or (contract.feed, contract.entity) in _EVENTS:
        return said
    return _SHRINKS_PCT if contract.feed in _REGISTERS else None


def _rows_before(connection: Connection, delivery: Delivery) -> tuple[str, int] | None:
    found = execute(
        connection, "earlier_lists", regency_code=delivery.regency_code, feed=delivery.feed, entity=delivery.entity,
        period=delivery.period, delivery_id=delivery.delivery_id, source_file=delivery.source_file,
    )  # fmt: skip
    if not found:
        return None
    period = str(found[0][2])
    alike = [row for row in found if _plain(str(row[0])) == _plain(delivery.source_file)]
    if not alike and (len(found) > 1 or found[0][3]):
        # One of several parts under a new name: nothing tells which part it was.
        return None
    return period, sum(int(str(row[1])) for row in alike or found)


def _plain(source_file: str) -> str:
    """Reduce a name to what stays the same from month to month."""
    return re.sub(r"[^a-z]", "", PurePosixPath(source_file).stem.casefold())
