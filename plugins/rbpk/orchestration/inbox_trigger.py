"""Wakes the receiving DAG when files in the inbox are new and no longer being written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from rbpk.errors import Transient
from rbpk.orchestration.inbox_listing import Marks, look, steady, unseen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# What was received, kept by Airflow on the inbox asset; the receiving task writes it, never the trigger:
# a file counts as seen once it is stored, so an event lost in a crash is raised again.
RECEIVED_KEY = "received"


class InboxTrigger(BaseEventTrigger):
    """Lists the inbox every few seconds; one event whenever something new has come to rest."""

    def __init__(self, inbox_url: str, poll_seconds: float = 2.0) -> None:
        super().__init__()
        self.inbox_url = inbox_url
        self.poll_seconds = poll_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Name the class and its arguments, so that any triggerer can take over."""
        arguments = {"inbox_url": self.inbox_url, "poll_seconds": self.poll_seconds}
        return f"{type(self).__module__}.{type(self).__qualname__}", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yield the number of files that are new and steady; their names stay in the inbox."""
        announced = await self._received()
        before: Marks = {}
        while True:
            now = await self._look()
            if now is not None:
                fresh = unseen(steady(before, now), announced)
                if fresh:
                    announced |= fresh
                    yield TriggerEvent({"files": len(fresh)})
                before = now
            await asyncio.sleep(self.poll_seconds)

    async def _look(self) -> Marks | None:
        try:
            return await asyncio.to_thread(look, self.inbox_url)
        except Transient as error:
            # A trigger that raises is not started again; a share that is away now may be back soon.
            self.log.warning("%s; looking again in %s s", error, self.poll_seconds)
            return None

    async def _received(self) -> Marks:
        if self.asset_state_store is None:
            return {}
        return cast("Marks", await self.asset_state_store.aget(RECEIVED_KEY, default={}))
