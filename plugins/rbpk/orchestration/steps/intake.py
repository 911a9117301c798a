"""From the inbox into the landing tables."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import TYPE_CHECKING, cast

from upath import UPath

from rbpk.errors import RbpkError
from rbpk.landing import land, load_regions, pending, receive, scan, write_corrections
from rbpk.orchestration import inbox_memory
from rbpk.orchestration.steps.questions import unjudged
from rbpk.orchestration.steps.recording import Report, Xcom, recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from airflow.sdk.execution_time.context import AssetStateStoreAccessor
    from pydantic import JsonValue

    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 1.0


def receive_files(settings: Settings, memory: AssetStateStoreAccessor) -> Xcom:
    """Store and recognise every file of the inbox that is whole and was not received yet."""
    inbox, store = UPath(settings.inbox_url), UPath(settings.store_url)
    received = cast("inbox_memory.Memory", memory.get(inbox_memory.KEY, default={}))
    first = scan(inbox, inbox_memory.recall(received))
    time.sleep(LOOK_AGAIN_SECONDS)
    found = scan(inbox, first.seen)

    def work(warehouse: Warehouse) -> Report:
        statuses: Counter[str] = Counter()
        waiting: Counter[str] = Counter()
        left = set(found.ready)

        def receive_one(path: str) -> None:
            receipt = receive(kept, store, inbox, path)
            left.remove(path)
            statuses.update(delivery.status for delivery in receipt.deliveries)
            waiting.update(delivery.feed for delivery in receipt.deliveries if delivery.status == "received")

        try:
            with warehouse.kept() as kept:
                _each(found.ready, receive_one)
        finally:
            memory.set(inbox_memory.KEY, cast("JsonValue", inbox_memory.remember(found.seen, failed=left)))
        return Report({"files": len(found.ready), "statuses": dict(statuses), "waiting": dict(waiting)})

    return recorded("receive_files", work)


def land_deliveries(feed: str, settings: Settings) -> Xcom:
    """Land every received delivery of a feed, one transaction each."""

    def work(warehouse: Warehouse) -> Report:
        store, regions = UPath(settings.store_url), load_regions()
        read = loaded = 0

        def land_one(delivery_id: str) -> None:
            nonlocal read, loaded
            outcome = land(kept, store, delivery_id, regions, settings.suppression_key_of)
            read += outcome.rows_read
            loaded += outcome.rows_loaded

        def write_one(delivery_id: str) -> None:
            write_corrections(kept, delivery_id, settings.home / "corrections")

        with warehouse.kept() as kept:
            waiting = pending(kept, feed)
            _each(waiting, land_one)
            landed = unjudged(kept, feed=feed)
            # Not only for those landed now: a task that died in between comes again, and they wait no more.
            _each(landed, write_one)
        counts: Xcom = {"deliveries": len(waiting), "unjudged": len(landed)}
        return Report(counts, rows_in=read, rows_out=loaded)

    return recorded(f"land_{feed}", work)


def _each(items: Iterable[str], act: Callable[[str], None]) -> None:
    """Act on every item; one that fails does not keep the others waiting, and is raised at the end."""
    failed: RbpkError | None = None
    for item in items:
        try:
            act(item)
        except RbpkError as error:
            log.warning("%s", error)
            failed = error
    if failed is not None:
        raise failed
