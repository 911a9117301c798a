"""From the inbox into the landing tables."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import TYPE_CHECKING, cast

from upath import UPath

from rbpk.errors import RbpkError
from rbpk.landing import land, load_regions, pending, receive
from rbpk.orchestration.inbox_listing import Marks, look, steady, unseen
from rbpk.orchestration.inbox_trigger import RECEIVED_KEY
from rbpk.orchestration.steps.recording import Report, Xcom, recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from airflow.sdk.execution_time.context import AssetStateStoreAccessors

    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 1.0


def receive_files(settings: Settings, memory: AssetStateStoreAccessors) -> Xcom:
    """Store and recognise every file of the inbox that was not received yet."""
    seen = cast("Marks", memory.get(RECEIVED_KEY, default={}))
    before = look(settings.inbox_url)
    time.sleep(LOOK_AGAIN_SECONDS)
    now = look(settings.inbox_url)
    fresh = unseen(steady(before, now), seen)
    stored: Marks = {}

    def work(warehouse: Warehouse) -> Report:
        inbox, store = UPath(settings.inbox_url), UPath(settings.store_url)
        statuses: Counter[str] = Counter()
        waiting: Counter[str] = Counter()

        def receive_one(path: str) -> None:
            receipt = receive(warehouse, store, inbox, path)
            stored[path] = fresh[path]
            statuses.update(delivery.status for delivery in receipt.deliveries)
            waiting.update(d.feed for d in receipt.deliveries if d.status == "received")

        try:
            _each(fresh, receive_one)
        finally:
            # Files that left the inbox are forgotten, so the memory stays as small as the inbox.
            memory.set(RECEIVED_KEY, {path: mark for path, mark in (seen | stored).items() if path in now})
        return Report({"files": len(stored), "statuses": dict(statuses), "waiting": dict(waiting)})

    return recorded("receive", work).xcom


def land_deliveries(feed: str, settings: Settings) -> Xcom:
    """Land every received delivery of a feed, one transaction each."""

    def work(warehouse: Warehouse) -> Report:
        regions = load_regions()
        landed: list[str] = []
        read = loaded = 0

        def land_one(delivery_id: str) -> None:
            nonlocal read, loaded
            outcome = land(warehouse, UPath(settings.store_url), delivery_id, regions)
            read += outcome.rows_read
            loaded += outcome.rows_loaded
            if outcome.status == "landed":
                landed.append(delivery_id)

        waiting = pending(warehouse, feed)
        _each(waiting, land_one)
        return Report({"waiting": len(waiting), "landed": landed}, rows_in=read, rows_out=loaded)

    return recorded(f"land_{feed}", work).xcom


def _each(items: Iterable[str], act: Callable[[str], None]) -> None:
    """Act on every item; one that fails does not keep the others waiting, and is raised at the end."""
    failed: RbpkError | None = None
    for item in items:
        try:
            act(item)
        except RbpkError as error:
            log.warning("%s: %s", item, error)
            failed = error
    if failed is not None:
        raise failed
