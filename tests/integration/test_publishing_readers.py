"""Readers who are at work while a release is published, taken back or cleared away."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from rbpk.publishing import publish, retain, retention, rollback
from tests.integration.publishing_kit import answer, candidate, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from tests.conftest import Database

QUERY = "select count(*), count(distinct release_id) from published.mart_households"
PLAIN = "begin"
SNAPSHOT = "begin isolation level repeatable read"

# Long enough for a slow machine, far shorter than a reader's patience.
AT_ONCE = 1.5


@contextmanager
def reading(database: Database, begin: str) -> Iterator[Cursor]:
    with database.bi_reader.connect(autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(begin)
        yield cursor
        if connection.info.transaction_status != TRANSACTION_STATUS_IDLE:
            cursor.execute("commit")


def seen(cursor: Cursor) -> tuple[int, int]:
    cursor.execute(QUERY)
    row = cursor.fetchone()
    assert row
    return row[0], row[1]


@pytest.fixture
def shown(database: Database) -> Database:
    """Show a release of two households."""
    # Retention looks at every session's transaction.
    run(database.admin, "grant pg_read_all_stats to rbpk_publisher")
    publish(database.publisher, candidate(database.owner, (1, 2)).release_id, "tester")
    return database


def at_once(act: Callable[[], object]) -> None:
    started = time.monotonic()
    act()
    assert time.monotonic() - started < AT_ONCE


def test_publishing_and_rolling_back_wait_for_no_reader(shown: Database) -> None:
    opened = candidate(shown.owner, (1, 2, 3))
    with ExitStack() as stack:
        plain = stack.enter_context(reading(shown, PLAIN))
        snapshot = stack.enter_context(reading(shown, SNAPSHOT))
        fetching = stack.enter_context(reading(shown, PLAIN))
        prepared = stack.enter_context(reading(shown, PLAIN))
        # A prepared statement keeps its plan for as long as its transaction keeps its locks.
        prepared.execute("commit")
        assert seen(plain) == seen(snapshot) == (2, 1)
        fetching.execute("declare rows cursor for select release_id from published.mart_households")
        fetching.execute("fetch 1 from rows")
        prepared.execute("set plan_cache_mode = force_generic_plan")
        prepared.execute(f"prepare counting as {QUERY}")
        prepared.execute("execute counting")
        assert prepared.fetchone() == (2, 1)

        at_once(lambda: publish(shown.publisher, opened.release_id, "tester"))
        assert seen(plain) == (3, 1)
        assert seen(snapshot) == (2, 1)
        fetching.execute("fetch all from rows")
        assert fetching.fetchall() == [("6402-202610-r1",)]
        prepared.execute("execute counting")
        assert prepared.fetchone() == (3, 1)

        at_once(lambda: rollback(shown.publisher, "64.02", None, "tester"))
        assert seen(plain) == (2, 1)
        assert seen(snapshot) == (2, 1)
        prepared.execute("execute counting")
        assert prepared.fetchone() == (2, 1)


def newest_two(database: Database) -> None:
    for desils in ((1, 2, 3), (1, 2, 3, 4)):
        publish(database.publisher, candidate(database.owner, desils).release_id, "tester")


@pytest.mark.parametrize("untouched", [True, False], ids=["mart not yet touched", "mart touched"])
def test_nothing_is_cleared_away_under_a_snapshot(shown: Database, *, untouched: bool) -> None:
    with reading(shown, SNAPSHOT) as reader:
        # Taking the snapshot is enough: the mart itself is not locked by it.
        reader.execute("select 1" if untouched else QUERY)
        newest_two(shown)
        assert retain(shown.publisher, 2) == []
        assert seen(reader) == (2, 1)
    assert retain(shown.publisher, 2) == ["6402-202610-r1"]
    assert answer(shown.bi_reader, "select count(*) from published.mart_households") == 4


def test_nothing_is_cleared_away_under_an_open_cursor(shown: Database) -> None:
    with reading(shown, PLAIN) as reader:
        reader.execute("declare rows cursor for select household_id from published.mart_households")
        newest_two(shown)
        assert retain(shown.publisher, 2) == []
        reader.execute("fetch all from rows")
        assert len(reader.fetchall()) == 2
    assert retain(shown.publisher, 2) == ["6402-202610-r1"]


def test_a_snapshot_from_between_start_and_commit_counts_as_older(shown: Database) -> None:
    # superseded_at is read from the clock before the commit makes it visible: only the snapshot tells.
    with shown.admin.connect() as publishing, publishing.cursor() as change, ExitStack() as stack:
        change.execute(
            "update audit.releases set status = 'superseded', superseded_at = clock_timestamp() - interval '1 hour'"
        )
        reader = stack.enter_context(reading(shown, SNAPSHOT))
        reader.execute("select 1")
        publishing.commit()
        newest_two_without(shown)
        run(shown.admin, "alter table audit.releases disable trigger guard_release_status")
        assert retain(shown.publisher, 2) == []
        assert seen(reader) == (2, 1)


def newest_two_without(database: Database) -> None:
    """Publish twice; the release superseded by hand keeps the row version made by hand."""
    newest_two(database)
    assert answer(database.owner, "select superseded_at < now() - interval '30 minutes' from audit.releases "
                  "where release_id = '6402-202610-r1'")  # fmt: skip


def test_clearing_away_waits_for_its_turn_behind_any_open_reader(
    shown: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PATIENCE", "200ms")
    newest_two(shown)
    with reading(shown, SNAPSHOT) as reader:
        assert seen(reader) == (4, 1)
        assert retain(shown.publisher, 2) == []
        assert seen(reader) == (4, 1)
        # Half detached: the next publication and its readers do not mind.
        publish(shown.publisher, candidate(shown.owner, (1, 2, 3, 4, 5)).release_id, "tester")
        assert seen(reader) == (4, 1)
        assert answer(shown.bi_reader, "select count(*) from published.mart_households") == 5
    assert retain(shown.publisher, 3) == ["6402-202610-r1"]


def test_no_reader_ever_sees_nothing(shown: Database) -> None:
    wrong: list[tuple[int, int]] = []
    stop = threading.Event()

    def keep_reading(query: str) -> None:
        with shown.bi_reader.connect(autocommit=True) as connection, connection.cursor() as cursor:
            cursor.execute(f"prepare counting as {QUERY}")
            while not stop.is_set():
                cursor.execute(query)
                row = cursor.fetchone()
                assert row
                if row != (2, 1):
                    wrong.append((row[0], row[1]))

    readers = [threading.Thread(target=keep_reading, args=(query,)) for query in (QUERY, "execute counting") * 4]
    for reader in readers:
        reader.start()
    try:
        for _ in range(8):
            publish(shown.publisher, candidate(shown.owner, (1, 2)).release_id, "tester")
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert wrong == []
