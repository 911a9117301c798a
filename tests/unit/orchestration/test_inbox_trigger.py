"""The trigger speaks once of every file that is new and whole."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from rbpk.errors import SourceUnreachable
from rbpk.orchestration import inbox_memory, inbox_trigger
from rbpk.orchestration.inbox_trigger import InboxTrigger

if TYPE_CHECKING:
    from pathlib import Path


class Store:
    """Stands in for Airflow's memory of the inbox asset."""

    def __init__(self, kept: inbox_memory.Memory | None = None) -> None:
        self.kept = kept or {}

    async def aget(self, key: str, default: Any) -> Any:  # noqa: ANN401
        assert key == inbox_memory.KEY
        return self.kept or default


def trigger(inbox: Path, kept: inbox_memory.Memory | None = None) -> InboxTrigger:
    made = InboxTrigger(inbox.as_uri(), poll_seconds=0.01)
    made.asset_state_store = Store(kept)  # type: ignore[assignment]
    return made


def heard(made: InboxTrigger, seconds: float = 0.4) -> list[int]:
    """Listen for a while; return the number of files of each event."""
    events: list[int] = []

    async def listen() -> None:
        async for event in made.run():
            events.append(event.payload["files"])  # noqa: PERF401 - a comprehension would lose them at the time-out

    async def listen_for_a_while() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(listen(), seconds)

    asyncio.run(listen_for_a_while())
    return events


def deliver(inbox: Path, name: str, text: str = "x") -> Path:
    path = inbox / "64.02" / "2026-10" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_speaks_once_of_what_is_there(tmp_path: Path) -> None:
    deliver(tmp_path, "a.csv")
    deliver(tmp_path, "b.csv")
    assert heard(trigger(tmp_path)) == [2]


def test_passes_over_what_was_received_before_a_restart(tmp_path: Path) -> None:
    path = deliver(tmp_path, "a.csv")
    facts = path.stat()
    kept = {"64.02/2026-10/a.csv": [facts.st_size, str(facts.st_mtime)]}
    assert heard(trigger(tmp_path, kept)) == []


def test_file_that_changed_since_is_new(tmp_path: Path) -> None:
    deliver(tmp_path, "a.csv", "longer now")
    assert heard(trigger(tmp_path, {"64.02/2026-10/a.csv": [1, "0"]})) == [1]


def test_inbox_that_is_away_does_not_end_the_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(tmp_path, "a.csv")
    answers = iter([SourceUnreachable("away")])
    look = inbox_trigger._scan

    def scan(*arguments: Any) -> Any:  # noqa: ANN401
        for error in answers:
            raise error
        return look(*arguments)

    monkeypatch.setattr(inbox_trigger, "_scan", scan)
    assert heard(trigger(tmp_path)) == [1]


def test_any_triggerer_can_take_over() -> None:
    name, arguments = InboxTrigger("s3://bucket/inbox").serialize()
    assert name == "rbpk.orchestration.inbox_trigger.InboxTrigger"
    assert arguments == {"inbox_url": "s3://bucket/inbox", "poll_seconds": 2.0}


def test_memory_keeps_what_is_there_and_was_received() -> None:
    seen = inbox_memory.recall({"a": [1, "t"], "b": [2, "t"]})
    assert inbox_memory.remember(seen, failed={"b"}) == {"a": [1, "t"]}
