"""A file of the inbox becomes ledger rows: kept in the store, recognised by content, or refused with a reason."""

from __future__ import annotations

import logging
import re
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rbpk.domain.period import Period
from rbpk.errors import FeedRejected
from rbpk.feeds.recognition import Recognition, recognise
from rbpk.feeds.unread import refusal as refusal_of_sheets
from rbpk.landing.archives import is_archive, unpack
from rbpk.landing.entering import Arrival, ReceivedDelivery, enter, refuse
from rbpk.landing.store import keep, keep_local, local_copy
from rbpk.warehouse import lock_for_transaction

if TYPE_CHECKING:
    from upath import UPath

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

_REGENCY = re.compile(r"\d\d\.\d\d")
_MISPLACED = (
    "the file lies outside <regency>/<period>/ of the inbox; move it to a folder such as 64.02/2026-10/ and it is taken"
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file."""

    source_file: str
    regency_code: str
    period: str
    deliveries: tuple[ReceivedDelivery, ...]

    @property
    def feeds(self) -> tuple[str, ...]:
        """List the feeds that have something new to land."""
        return tuple(sorted({e.feed for e in self.deliveries if e.status == "received"}))


def receive(warehouse: Warehouse, store: UPath, inbox_root: UPath, path: str) -> Receipt:
    """Take one file of the inbox in; asking again for the same file changes nothing."""
    stored = keep(store, inbox_root / path)
    parts = path.strip("/").split("/")
    if len(parts) > 2 and _REGENCY.fullmatch(parts[0]) and _is_period(parts[1]):
        whole = Arrival(parts[0], parts[1], "/".join(parts[2:]), stored)
        arrivals = _arrivals(store, whole)
    else:
        now = datetime.now(UTC)
        whole = Arrival("00.00", str(Period(now.year, now.month)), path.strip("/"), stored)
        arrivals = [(whole, (), FeedRejected(_MISPLACED, "delivery.misplaced"))]
    rows = [row for arrival in arrivals for row in _entered(warehouse, *arrival)]
    log.info(
        "received file feeds=%s statuses=%s",
        ",".join(filter(None, (r.feed for r in rows))),
        ",".join(r.status for r in rows),
    )
    return Receipt(whole.source_file, whole.regency_code, whole.period, tuple(rows))


def _entered(
    warehouse: Warehouse, arrival: Arrival, found: tuple[Recognition, ...], refusal: FeedRejected | None
) -> list[ReceivedDelivery]:
    with warehouse.connect() as connection:
        lock_for_transaction(connection, "receive", arrival.stored.sha256)
        rows = [enter(connection, arrival, one) for one in found]
        # What beside a list is nothing known is refused by itself: the list is taken all the same.
        parts = [refusal_of_sheets(one.unread) for one in found if one.unread]
        refusals = parts if found else [refusal or FeedRejected("nothing known is in it", "feed.unknown")]
        return rows + [refuse(connection, arrival, one) for one in refusals]


def _arrivals(store: UPath, whole: Arrival) -> list[tuple[Arrival, tuple[Recognition, ...], FeedRejected | None]]:
    """Recognise a file, or every file of a zip; an archive that is damaged or hostile is refused whole."""
    with local_copy(store, whole.stored.stored_as) as local:
        if not is_archive(local):
            return [(whole, *_recognised(local))]
        try:
            with tempfile.TemporaryDirectory(prefix="rbpk-") as folder:
                inner = []
                for name, file in unpack(local, Path(folder)):
                    arrival = replace(whole, source_file=f"{whole.source_file}/{name}", stored=keep_local(store, file))
                    inner.append((arrival, *_recognised(file)))
                return inner
        except FeedRejected as refusal:
            return [(whole, (), refusal)]


def _recognised(local: Path) -> tuple[tuple[Recognition, ...], FeedRejected | None]:
    try:
        return recognise(local), None
    except FeedRejected as refusal:
        return (), refusal


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
