"""Ledger rows of what arrives: one for each list of a file, or one that says why there is none."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rbpk.landing.holds import ba_number, named_number, other_month_above
from rbpk.landing.ledger import execute

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.errors import FeedRejected
    from rbpk.feeds.recognition import Recognition
    from rbpk.landing.store import Stored

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReceivedDelivery:
    """One ledger row that a file led to; feed and entity are empty where the file is none we know."""

    delivery_id: str
    feed: str
    entity: str
    status: str
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file, kept, and the month it came for."""

    regency_code: str
    period: str
    source_file: str
    stored: Stored


def enter(connection: Connection, arrival: Arrival, found: Recognition) -> ReceivedDelivery:
    """Enter one list of a file; content that is in use already is entered as such."""
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
            log.info("delivery=%s was received by an earlier attempt", known_id)
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


def refuse(connection: Connection, arrival: Arrival, refusal: FeedRejected) -> ReceivedDelivery:
    """Enter a file, or a part of it, that is not taken in."""
    code = arrival.regency_code.replace(".", "")
    delivery_id = f"{code}-{arrival.period.replace('-', '')}-refused-{arrival.stored.sha256[:12]}"
    row = ReceivedDelivery(delivery_id, "", "", "refused", refusal.reason)
    return _add(connection, arrival, row, message=refusal.message, file_format=None, header_shape=None)


def _add(  # noqa: PLR0913  (one ledger row)
    connection: Connection,
    arrival: Arrival,
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


def _known_refusal(connection: Connection, arrival: Arrival, row: ReceivedDelivery) -> str | None:
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
