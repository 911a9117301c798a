"""Wakes the receiving DAG when files in the inbox are new and no longer being written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from rbpk.errors import Transient
from rbpk.orchestration import inbox_memory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from rbpk.landing.inbox import Fingerprint, Scan


class InboxTrigger(BaseEventTrigger):
    """Lists the inbox every few seconds; one event whenever something new has come to rest."""

    def __init__(self, inbox_url: str, poll_seconds: float = 2.0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.inbox_url = inbox_url
        self.poll_seconds = poll_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Name the class and its arguments, so that any triggerer can take over."""
        arguments = {"inbox_url": self.inbox_url, "poll_seconds": self.poll_seconds}
        return f"{type(self).__module__}.{type(self).__qualname__}", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yield the number of files that are new and whole; their names stay in the inbox."""
        seen = inbox_memory.recall(await self._received())
        while True:
            found = await self._look(seen)
            if found is not None:
                seen = found.seen
                if found.ready:
                    yield TriggerEvent({"files": len(found.ready)})  # type: ignore[no-untyped-call]
            await asyncio.sleep(self.poll_seconds)

    async def _look(self, seen: dict[str, Fingerprint]) -> Scan | None:
        try:
            return await asyncio.to_thread(_scan, self.inbox_url, seen)
        except Transient as error:
            # A trigger that raises is not started again; a share that is away now may be back soon.
            self.log.warning("%s; looking again in %s s", error, self.poll_seconds)
            return None

    async def _received(self) -> inbox_memory.Memory:
        if self.asset_state_store is None:
            return {}
        return cast("inbox_memory.Memory", await self.asset_state_store.aget(inbox_memory.KEY, default={}))


def _scan(inbox_url: str, seen: dict[str, Fingerprint]) -> Scan:
    # Imported in the triggerer only: every DAG that is woken by the inbox carries this module.
    from upath import UPath  # noqa: PLC0415

    from rbpk.landing.inbox import scan  # noqa: PLC0415

    return scan(UPath(inbox_url), seen)
