"""One delivery into the warehouse: rows, rejected rows and ledger in one transaction, or nothing but a refusal."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rbpk.errors import FeedRejected
from rbpk.feeds import contract_for
from rbpk.feeds.child import Job, judged_rows
from rbpk.feeds.reader_output import ReaderEnded, Summary
from rbpk.feeds.writing_columns import REJECTED_COLUMNS
from rbpk.landing.corrections import FEED as CORRECTIONS
from rbpk.landing.corrections import land_corrections
from rbpk.landing.erasing import suppress
from rbpk.landing.holds import jump, refuse_other_month
from rbpk.landing.ledger import Delivery, execute, find_delivery
from rbpk.landing.noting import note
from rbpk.landing.replacing import senders, supersede
from rbpk.landing.store import local_copy
from rbpk.warehouse import copy_in, lock_for_transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)
    from upath import UPath

    from rbpk.feeds.contract import Contract
    from rbpk.feeds.regions import Regions
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

# Below this many rows a share of a file says nothing about the file.
_FEW_ROWS = 5
_WHOLE_FILE = ("TENANT_MISMATCH",)


@dataclass(frozen=True, slots=True)
class LandingOutcome:
    """What became of one delivery; counts only."""

    delivery_id: str
    feed: str
    entity: str
    status: str
    error_code: str | None = None
    rows_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    rows_duplicate: int = 0
    rows_not_data: int = 0
    supersedes: tuple[str, ...] = ()


def land(
    warehouse: Warehouse,
    store: UPath,
    delivery_id: str,
    regions: Regions,
    key_of: Callable[[str], bytes] = lambda _: b"",
) -> LandingOutcome:
    """Land one received delivery; a delivery that is no longer waiting is reported as it is.

    People who were erased are left out of it, by the key that `key_of` has for their regency.
    """

    def attempt() -> LandingOutcome:
        with warehouse.connect() as connection:
            return _land(connection, store, delivery_id, regions.folder, key_of)

    try:
        try:
            outcome = attempt()
        except ReaderEnded:
            # A machine short of memory kills whom it likes: only a file that does it twice is to blame.
            log.warning("delivery=%s: its reader ended without a word; it is read once more", delivery_id)
            outcome = attempt()
    except FeedRejected as refusal:
        outcome = _refused(warehouse, delivery_id, refusal)
    log.info(
        "landed delivery=%s status=%s loaded=%d refused=%d duplicate=%d",
        outcome.delivery_id, outcome.status, outcome.rows_loaded, outcome.rows_quarantined, outcome.rows_duplicate,
    )  # fmt: skip
    return outcome


def _land(
    connection: Connection, store: UPath, delivery_id: str, regions: Path, key_of: Callable[[str], bytes]
) -> LandingOutcome:
    delivery = _locked(connection, delivery_id)
    if delivery.status != "received":
        log.info("delivery=%s was dealt with by another attempt", delivery_id)
        return _as_it_is(delivery)
    contract = contract_for(delivery.feed, delivery.entity)
    with local_copy(store, delivery.stored_as) as path:
        summary = _copy(connection, contract, delivery, Job(
            path, regions, delivery.delivery_id, delivery.regency_code, delivery.period,
            delivery.feed, delivery.entity, delivery.source_file,
        ))  # fmt: skip
    _refuse_whole_file(contract, summary)
    refuse_other_month(connection, contract, delivery)
    erased = suppress(connection, contract, delivery, key_of(delivery.regency_code))
    counts: dict[str, Any] = {
        "rows_read": summary.rows_read,
        "rows_loaded": summary.rows_loaded - erased,
        "rows_quarantined": summary.rows_quarantined + erased,
        "rows_duplicate": summary.rows_duplicate,
        "rows_not_data": summary.rows_not_data,
    }
    if delivery.feed == CORRECTIONS:
        mended = land_corrections(connection, delivery, regions)
        counts["rows_loaded"] -= mended.refused
        counts["rows_quarantined"] += mended.refused
    elif hold := jump(connection, contract, delivery, summary.rows_loaded):
        execute(
            connection, "mark_held", delivery_id=delivery_id,
            error_code=hold.code, error_message=hold.message, **counts,
        )  # fmt: skip
        return LandingOutcome(delivery_id, delivery.feed, delivery.entity, "held", hold.code, **counts)
    # A workbook under an old name mends other rows; what it mended before stands until a row is mended again.
    superseded = () if delivery.feed == CORRECTIONS else supersede(connection, contract, delivery)
    said = {"supersedes": superseded[-1] if superseded else None, "senders": senders(connection, contract, delivery)}
    execute(connection, "mark_landed", delivery_id=delivery_id, **said, **counts)
    return LandingOutcome(delivery_id, delivery.feed, delivery.entity, "landed", supersedes=superseded, **counts)


def _locked(connection: Connection, delivery_id: str) -> Delivery:
    """Find the delivery and keep every other landing of its feed and month out until the transaction ends."""
    found = execute(connection, "where_it_belongs", delivery_id=delivery_id)
    if not found:
        message = f"no delivery {delivery_id} in the ledger"
        raise FeedRejected(message, "delivery.unknown")
    # Who is being erased meanwhile must be known before rows are weighed.
    lock_for_transaction(connection, "erasure", str(found[0][0]), wait_seconds=600, shared=True)
    lock_for_transaction(connection, "landing", *(str(part) for part in found[0]), wait_seconds=600)
    delivery = find_delivery(connection, delivery_id)
    if delivery is None:
        message = f"no delivery {delivery_id} in the ledger"
        raise FeedRejected(message, "delivery.unknown")
    return delivery


def _copy(connection: Connection, contract: Contract, delivery: Delivery, job: Job) -> Summary:
    with judged_rows(job) as rows:
        copied = copy_in(connection, ("landing", contract.table), rows.form.columns, rows, rows.form.delimiter)
        summary = rows.summary()
        rows.rejected.seek(0)
        note(connection, contract, delivery.delivery_id, rows.notes)
        held = copy_in(connection, ("quarantine", "rejected_rows"), REJECTED_COLUMNS, rows.rejected)
    if (copied, held) != (summary.rows_loaded, summary.rows_quarantined):
        message = "rows were lost between reading and landing; nothing was landed"
        raise FeedRejected(message, "delivery.rows_lost", delivery_id=delivery.delivery_id)
    if summary.rows_read == 0:
        raise FeedRejected("the list has a header and no rows; ask the sender for the filled list", "file.empty")
    return summary


def _refuse_whole_file(contract: Contract, summary: Summary) -> None:
    for code in _WHOLE_FILE:
        count = summary.reasons.get(code, 0)
        limit = contract.thresholds.get(code)
        if limit is not None and count >= _FEW_ROWS and count * 100 > limit * summary.rows_read:
            message = (
                f"{count} of {summary.rows_read} rows belong to another regency (limit {limit:g} %); "
                "the file was delivered to the wrong regency or is mixed"
            )
            raise FeedRejected(message, code)


def _as_it_is(delivery: Delivery) -> LandingOutcome:
    return LandingOutcome(
        delivery.delivery_id, delivery.feed, delivery.entity, delivery.status, delivery.error_code,
        delivery.rows_read or 0, delivery.rows_loaded or 0, delivery.rows_quarantined or 0,
        delivery.rows_duplicate or 0, delivery.rows_not_data or 0,
        (delivery.supersedes,) if delivery.supersedes else (),
    )  # fmt: skip


def _refused(warehouse: Warehouse, delivery_id: str, refusal: FeedRejected) -> LandingOutcome:
    with warehouse.connect() as connection:
        said = {"error_code": refusal.reason, "error_message": refusal.message}
        execute(connection, "mark_refused", delivery_id=delivery_id, **said)
        delivery = find_delivery(connection, delivery_id)
    if delivery is None:
        raise refusal
    return _as_it_is(delivery)
