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
from rbpk.landing.archives import is_archive, unpack
from rbpk.landing.holds import ba_number, named_number, other_month_above
from rbpk.landing.ledger import execute
from rbpk.landing.store import Stored, keep, keep_local, local_copy
from rbpk.warehouse import lock_for_transaction

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)
    from upath import UPath

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

_REGENCY = re.compile(r"\d\d\.\d\d")
_MISPLACED = (
    "the file lies outside <regency>/<period>/ of the inbox; move it to a folder such as 64.02/2026-10/ and it is taken"
)


@dataclass(frozen=True, slots=True)
class ReceivedDelivery:
    """One ledger row that a file led to; feed and entity are empty where the file is none we know."""

    delivery_id: str
    feed: str
    entity: str
    status: str
    error_code: str | None = None


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


@dataclass(frozen=True, slots=True)
class _Arrival:
    regency_code: str
    period: str
    source_file: str
    stored: Stored


def receive(warehouse: Warehouse, store: UPath, inbox_root: UPath, path: str) -> Receipt:
    """Take one file of the inbox in; asking again for the same file changes nothing."""
    stored = keep(store, inbox_root / path)
    parts = path.strip("/").split("/")
    if len(parts) > 2 and _REGENCY.fullmatch(parts[0]) and _is_period(parts[1]):
        whole = _Arrival(parts[0], parts[1], "/".join(parts[2:]), stored)
        arrivals = _arrivals(store, whole)
    else:
        now = datetime.now(UTC)
        whole = _Arrival("00.00", str(Period(now.year, now.month)), path.strip("/"), stored)
        arrivals = [(whole, (), FeedRejected(_MISPLACED, "delivery.misplaced"))]
    rows = [row for arrival in arrivals for row in _entered(warehouse, *arrival)]
    log.info(
        "received file feeds=%s statuses=%s",
        ",".join(filter(None, (r.feed for r in rows))),
        ",".join(r.status for r in rows),
    )
    return Receipt(whole.source_file, whole.regency_code, whole.period, tuple(rows))


def _entered(
    warehouse: Warehouse, arrival: _Arrival, found: tuple[Recognition, ...], refusal: FeedRejected | None
) -> list[ReceivedDelivery]:
    with warehouse.connect() as connection:
        lock_for_transaction(connection, "receive", arrival.stored.sha256)
        return [_enter(connection, arrival, one) for one in found] or [_refuse(connection, arrival, refusal)]


def _arrivals(store: UPath, whole: _Arrival) -> list[tuple[_Arrival, tuple[Recognition, ...], FeedRejected | None]]:
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


def _enter(connection: Connection, arrival: _Arrival, found: Recognition) -> ReceivedDelivery:
    contract = found.contract
    delivery_id = (
        f"{arrival.regency_code.replace('.', '')}-{arrival.period.replace('-', '')}-"
        f"{contract.feed}-{contract.entity}-{arrival.stored.sha256[:12]}"
    )
    keys = {"sha256": arrival.stored.sha256, "regency_code": arrival.regency_code, "period": arrival.period}
    there = execute(connection, "same_content", **keys, feed=contract.feed, entity=contract.entity)
    for known_id, source_file, status in there:
        # A task that died after its commit asks again: the answer is the row it wrote.
        if status == "received" and source_file == arrival.source_file:
            return ReceivedDelivery(str(known_id), contract.feed, contract.entity, "received")
    number = ba_number(line for part in found.parts for line in part.layout.titles_above)
    number = number or named_number(arrival.source_file)
    refusal = other_month_above(found, arrival.period)
    # A held list that comes again with the number of its minutes is a new answer, not an old file.
    known = [(str(row[0]), str(row[2])) for row in there if not (number and row[2] == "held")]
    status = "already_landed" if known else "refused" if refusal else "received"
    message = _known_already(*known[-1]) if known else refusal.message if refusal else None
    return _add(
        connection,
        arrival,
        ReceivedDelivery(
            delivery_id, contract.feed, contract.entity, status, refusal.reason if refusal and not known else None
        ),
        message=message,
        file_format=found.file_format,
        header_shape=found.shape,
        number=number,
    )


def _known_already(delivery_id: str, status: str) -> str:
    return f"the same content is delivery {delivery_id} ({status}); nothing was changed"


def _refuse(connection: Connection, arrival: _Arrival, refusal: FeedRejected | None) -> ReceivedDelivery:
    reason = refusal.reason if refusal else "feed.unknown"
    code = arrival.regency_code.replace(".", "")
    delivery_id = f"{code}-{arrival.period.replace('-', '')}-refused-{arrival.stored.sha256[:12]}"
    row = ReceivedDelivery(delivery_id, "", "", "refused", reason)
    return _add(
        connection, arrival, row, message=refusal.message if refusal else None, file_format=None, header_shape=None
    )


def _add(  # noqa: PLR0913  (one ledger row)
    connection: Connection,
    arrival: _Arrival,
    row: ReceivedDelivery,
    *,
    message: str | None,
    file_format: str | None,
    header_shape: str | None,
    number: str | None = None,
) -> ReceivedDelivery:
    if row.status == "refused" and (known := _known_refusal(connection, arrival, row)):
        return replace(row, delivery_id=known)
    ((like,),) = execute(connection, "count_like", delivery_id=row.delivery_id)
    delivery_id = row.delivery_id if not like else f"{row.delivery_id}-again-{like}"
    execute(
        connection,
        "add_delivery",
        delivery_id=delivery_id,
        regency_code=arrival.regency_code,
        period=arrival.period,
        feed=row.feed or None,
        entity=row.entity or None,
        source_file=arrival.source_file,
        sha256=arrival.stored.sha256,
        size_bytes=arrival.stored.size,
        stored_as=arrival.stored.stored_as,
        file_format=file_format,
        header_shape=header_shape,
        status=row.status,
        error_code=row.error_code,
        error_message=message,
        ba_number=number,
    )
    return ReceivedDelivery(delivery_id, row.feed, row.entity, row.status, row.error_code)


def _known_refusal(connection: Connection, arrival: _Arrival, row: ReceivedDelivery) -> str | None:
    """Find the row that already says this of this file: a task tried again adds nothing to it."""
    known = execute(
        connection,
        "same_refusal",
        sha256=arrival.stored.sha256,
        regency_code=arrival.regency_code,
        period=arrival.period,
        source_file=arrival.source_file,
        feed=row.feed or None,
        entity=row.entity or None,
        error_code=row.error_code,
    )
    return str(known[0][0]) if known else None
