"""Opening, rolling back, clearing away, and everything that may go wrong half way."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from rbpk.errors import ConfigurationMissing, NothingDelivered, ReleaseUnknown, WarehouseUnreachable
from rbpk.publishing import attaching, close_candidate, open_release, publication, publish, retain, rollback
from tests.integration.publishing_kit import REGENCY, answer, ask, candidate, deliver, deliver_all, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

SHOWN = "select count(*) from published.mart_households"
STATUSES = "select release_id, status from audit.releases"


def opening(database: Database, period: str = "2026-10", **options: object) -> list[str]:
    opened = open_release(database.owner, REGENCY, period, "code-1", **options)  # type: ignore[arg-type]
    frozen = ask(
        database.owner,
        f"select delivery_id from audit.release_deliveries where release_id = '{opened.release_id}' order by 1",
    )
    return [delivery_id for (delivery_id,) in frozen]


def test_reads_the_newest_month_of_each_list_that_is_young_enough(database: Database) -> None:
    old = deliver(database.owner, "p3ke", "families", period="2025-10")
    deliver(database.owner, "p3ke", "individuals", period="2024-09")  # 25 months: too old
    deliver(database.owner, "dtks", "individuals", period="2026-09")
    newest = [deliver(database.owner, "dtks", "individuals", content=c) for c in ("north", "south")]
    deliver(database.owner, "dtks", "individuals", period="2026-11")  # a later month
    deliver(database.owner, "dtks", "individuals", content="bad", status="held")
    deliver(database.owner, "dtks", "individuals", content="before", status="superseded")
    deliver(database.owner, "dtks", "individuals", regency="64.08")
    paid = deliver(database.owner, "pkh", "participants", period="2026-08")
    assert opening(database) == sorted([old, *newest, paid])


def test_reads_the_newest_month_of_each_sender(database: Database) -> None:
    def units(period: str, content: str, *senders: str) -> str:
        return deliver(database.owner, "tni", "housing_units", period=period, content=content, senders=senders)

    late = units("2026-08", "late", "KODIM 0906")
    units("2026-08", "old", "KOREM 091")
    both = units("2026-08", "both", "KODIM 0906", "KOREM 091")
    new = units("2026-10", "new", "KOREM 091")
    months = {("tni", "housing_units"): 6}
    assert opening(database, carry_forward=months, required=()) == sorted([late, both, new])
    # Of the list of both, only who sent nothing since still counts.
    overtaken = "select delivery_id, overtaken_senders from audit.release_deliveries where overtaken_senders <> '[]'"
    assert ask(database.owner, overtaken) == [(both, ["KOREM 091"])]
    # A list that names nobody speaks for all.
    whole = units("2026-11", "whole")
    assert opening(database, "2026-11", carry_forward=months, required=()) == [whole]


def test_names_the_list_that_is_missing(database: Database) -> None:
    deliver(database.owner, "p3ke", "families")
    deliver(database.owner, "dtks", "individuals", status="held")
    with pytest.raises(NothingDelivered, match="dtks, pkh"):
        opening(database)
    assert ask(database.owner, STATUSES) == []


def test_takes_other_months_and_needs_than_the_contracts(database: Database) -> None:
    kept = deliver(database.owner, "p3ke", "families", period="2026-09")
    months = {("p3ke", "families"): 1}
    assert opening(database, carry_forward=months, required=("p3ke",)) == [kept]
    with pytest.raises(NothingDelivered):
        opening(database, "2026-11", carry_forward=months, required=("p3ke",))


def test_makes_schemas_of_its_own_for_each_revision(database: Database) -> None:
    deliver_all(database.owner)
    first = open_release(database.owner, REGENCY, "2026-10", "code-1")
    second = open_release(database.owner, REGENCY, "2026-10", "code-1")
    assert (first.release_id, second.release_id) == ("6402-202610-r1", "6402-202610-r2")
    assert (first.work_schema, first.release_schema) == ("work_6402_202610_r1", "release_6402_202610_r1")
    owners = "select distinct pg_get_userbyid(nspowner) from pg_namespace where nspname ~ '^(work|release)_'"
    assert ask(database.admin, owners) == [("rbpk_owner",)]
    assert dict(ask(database.owner, STATUSES)) == {first.release_id: "candidate", second.release_id: "candidate"}


@pytest.mark.parametrize(
    ("change", "again"),
    [
        pytest.param("", "r1", id="a try after a try that died"),
        pytest.param("run", "r2", id="another run"),
        pytest.param("delivery", "r2", id="another list since"),
        pytest.param("closed", "r2", id="its candidate was closed"),
    ],
)
def test_a_run_leads_one_candidate_however_often_it_opens(database: Database, change: str, again: str) -> None:
    deliver_all(database.owner)
    first = open_release(database.owner, REGENCY, "2026-10", "code-1", force=True, opened_by="run-1")
    if change == "delivery":
        deliver(database.owner, "p3ke", "individuals")
    if change == "closed":
        close_candidate(database.owner, first.release_id)
    run_id = "run-2" if change == "run" else "run-1"
    second = open_release(database.owner, REGENCY, "2026-10", "code-1", force=True, opened_by=run_id)
    assert second.opened
    assert second.release_id == f"6402-202610-{again}"
    assert (second == first) is (again == "r1")


@pytest.mark.parametrize(
    ("change", "rebuilds"),
    [
        pytest.param("", False, id="nothing changed"),
        pytest.param("force", True, id="asked to"),
        pytest.param("code", True, id="new rules"),
        pytest.param("delivery", True, id="another list"),
        pytest.param("decision", True, id="a decision on a doubtful pair"),
        pytest.param("withdrawn", True, id="the release was taken back"),
    ],
)
def test_builds_a_published_month_again_only_for_a_reason(database: Database, change: str, *, rebuilds: bool) -> None:
    first = candidate(database.owner)
    publish(database.publisher, first.release_id, "tester")
    if change == "delivery":
        deliver(database.owner, "p3ke", "individuals")
    if change == "decision":
        run(
            database.owner,
            "insert into linkage.decisions (regency_code, left_record_id, right_record_id, same_person, "
            "decided_by, decided_at) values ('64.02', 'a', 'b', true, 'x', now())",
        )
    if change == "withdrawn":
        run(database.owner, "update audit.releases set status = 'withdrawn'")
    opened = open_release(
        database.owner, REGENCY, "2026-10", "code-2" if change == "code" else "code-1", force=change == "force"
    )
    assert opened.opened is rebuilds
    assert opened.release_id == ("6402-202610-r2" if rebuilds else first.release_id)


def test_closes_a_failed_candidate_and_clears_it_away_next_time(database: Database) -> None:
    failed = candidate(database.owner)
    assert close_candidate(database.owner, failed.release_id) == "withdrawn"
    schemas = (
        f"select to_regnamespace('{failed.work_schema}') is null and to_regnamespace('{failed.release_schema}') is null"
    )
    assert answer(database.owner, schemas) is False
    candidate(database.owner)
    assert answer(database.owner, schemas) is True


def test_closing_leaves_published_and_blocked_releases_alone(database: Database) -> None:
    shown = candidate(database.owner)
    publish(database.publisher, shown.release_id, "tester")
    blocked = candidate(database.owner)
    run(database.owner, f"update audit.releases set status = 'blocked' where release_id = '{blocked.release_id}'")
    assert close_candidate(database.owner, shown.release_id) == "published"
    assert close_candidate(database.owner, blocked.release_id) == "blocked"
    assert close_candidate(database.owner, "6402-209901-r1") == "unknown"


def published(database: Database, *sizes: int) -> list[str]:
    names = []
    for size in sizes:
        names.append(candidate(database.owner, range(1, size + 1)).release_id)
        publish(database.publisher, names[-1], "tester")
    return names


def test_rolls_back_and_forward(database: Database) -> None:
    first, second, third = published(database, 1, 2, 3)
    assert rollback(database.publisher, REGENCY, None, "tester").release_id == second
    assert answer(database.bi_reader, SHOWN) == 2
    assert dict(ask(database.owner, STATUSES)) == {first: "superseded", second: "published", third: "withdrawn"}
    assert rollback(database.publisher, REGENCY, first, "tester").is_current
    assert answer(database.bi_reader, SHOWN) == 1
    assert rollback(database.publisher, REGENCY, third, "tester").former_release_id == first
    assert answer(database.bi_reader, SHOWN) == 3
    assert dict(ask(database.owner, STATUSES)) == {first: "superseded", second: "withdrawn", third: "published"}
    moves = "select to_release_id, reason, changed_by from audit.pointer_moves order by move_id offset 3"
    assert ask(database.owner, moves) == [(name, "rollback", "tester") for name in (second, first, third)]


def test_rolling_back_to_what_is_shown_changes_nothing(database: Database) -> None:
    _, second = published(database, 1, 2)
    before = answer(database.owner, "select count(*) from audit.pointer_moves")
    assert rollback(database.publisher, REGENCY, second, "tester").is_current
    assert answer(database.owner, "select count(*) from audit.pointer_moves") == before


def test_rolls_back_only_to_what_is_kept(database: Database) -> None:
    with pytest.raises(ReleaseUnknown, match="nothing to roll back"):
        rollback(database.publisher, REGENCY, None, "tester")
    published(database, 1)
    with pytest.raises(ReleaseUnknown, match="no kept release before"):
        rollback(database.publisher, REGENCY, None, "tester")
    unseen = candidate(database.owner)
    with pytest.raises(ReleaseUnknown, match="never published"):
        rollback(database.publisher, REGENCY, unseen.release_id, "tester")
    with pytest.raises(ReleaseUnknown, match="there is no release"):
        rollback(database.publisher, REGENCY, "6402-209901-r1", "tester")
    run(database.admin, "grant pg_read_all_stats to rbpk_publisher")
    published(database, 2, 3)
    assert retain(database.publisher, 2) == ["6402-202610-r1"]
    with pytest.raises(ReleaseUnknown, match="not kept"):
        rollback(database.publisher, REGENCY, "6402-202610-r1", "tester")


def test_keeps_the_shown_release_and_the_one_before(database: Database) -> None:
    run(database.admin, "grant pg_read_all_stats to rbpk_publisher")
    names = published(database, 1, 2, 3, 4)
    assert retain(database.publisher, 0) == names[:2]
    assert answer(database.bi_reader, SHOWN) == 4
    assert rollback(database.publisher, REGENCY, None, "tester").release_id == names[2]
    assert answer(database.bi_reader, SHOWN) == 3
    assert retain(database.publisher, 0) == []


def test_clears_away_work_blocked_and_withdrawn_candidates(database: Database) -> None:
    run(database.admin, "grant pg_read_all_stats to rbpk_publisher")
    blocked = candidate(database.owner)
    run(database.owner, f"update audit.releases set status = 'blocked' where release_id = '{blocked.release_id}'")
    overtaken = candidate(database.owner)
    published(database, 1, 2)
    building = candidate(database.owner)
    overtaken_schema = f"select to_regnamespace('{overtaken.release_schema}')"
    assert answer(database.owner, overtaken_schema) is None, "opening the month again cleared it away"
    assert retain(database.publisher, 2) == [blocked.release_id]
    left = "select nspname from pg_namespace where nspname ~ '^(work|release)_' order by 1"
    assert [name for (name,) in ask(database.admin, left)] == [
        "release_6402_202610_r3", "release_6402_202610_r4", building.release_schema,
        "work_6402_202610_r1", "work_6402_202610_r4", building.work_schema]  # fmt: skip


def test_two_regencies_publish_their_first_months_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = candidate(database.owner), candidate(database.owner, regency="64.08")
    has_made_a_parent, may_go_on, ensure_view = Event(), Event(), attaching.ensure_view

    def slowly(*arguments: Any) -> bool:  # noqa: ANN401 - whatever is handed on
        has_made_a_parent.set()
        return may_go_on.wait(30) and ensure_view(*arguments)

    monkeypatch.setattr(attaching, "ensure_view", slowly)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(publish, database.publisher, one.release_id, "tester")
        assert has_made_a_parent.wait(30)
        second = pool.submit(publish, database.publisher, two.release_id, "tester")
        for _ in range(300):
            if answer(database.admin, "select count(*) from pg_locks where not granted"):
                break
            time.sleep(0.02)
        may_go_on.set()
        assert [done.result().is_current for done in (first, second)] == [True, True]
    shown = "select regency_code, count(*) from published.mart_households group by 1 order by 1"
    assert ask(database.bi_reader, shown) == [("64.02", 3), ("64.08", 3)]


def test_finishes_a_clearing_that_was_killed(database: Database) -> None:
    run(database.admin, "grant pg_read_all_stats to rbpk_publisher")
    first, *_ = published(database, 1, 2, 3)
    with database.publisher.connect(autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(
            "alter table marts.mart_households_6402"
            " detach partition release_6402_202610_r1.mart_households concurrently"
        )
    run(database.admin, "update pg_inherits set inhdetachpending = true "
        "where inhrelid = 'release_6402_202610_r1.mart_feed_agreement'::regclass")  # fmt: skip
    assert retain(database.publisher, 2) == [first]
    assert answer(database.bi_reader, SHOWN) == 3


def test_does_not_clear_away_blindly(database: Database) -> None:
    run(database.admin, "revoke pg_read_all_stats from rbpk_publisher")
    with pytest.raises(ConfigurationMissing, match="pg_read_all_stats"):
        retain(database.publisher, 2)


class Stumbling:
    """A cursor that fails at the n-th statement, as a lost connection would."""

    left = 0

    class Cursor(psycopg2.extensions.cursor):
        """Counts down to its failure."""

        def execute(self, *arguments: object) -> None:
            Stumbling.left -= 1
            if Stumbling.left == 0:
                raise psycopg2.OperationalError
            super().execute(*arguments)  # type: ignore[arg-type]


@pytest.fixture
def stumbling(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    plain = psycopg2.connect

    def connect(dsn: str, **options: object) -> Connection:
        return plain(dsn, cursor_factory=Stumbling.Cursor, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("rbpk.warehouse.connection.psycopg2.connect", connect)
    yield database.publisher
    monkeypatch.undo()


def test_failing_at_any_statement_leaves_the_former_release_whole(database: Database, stumbling: Warehouse) -> None:
    Stumbling.left = 0
    publish(stumbling, candidate(database.owner, (1, 2)).release_id, "tester")
    opened = candidate(database.owner, (1, 2, 3))
    failures = 0
    for number in range(1, 500):
        Stumbling.left = number
        try:
            publish(stumbling, opened.release_id, "tester")
        except WarehouseUnreachable:
            failures += 1
        Stumbling.left = 0
        if answer(database.bi_reader, SHOWN) == 3:
            break
        assert answer(database.bi_reader, SHOWN) == 2
        assert answer(database.bi_reader, "select sum(count) from published.mart_feed_agreement") == 2
    assert failures > 20, "publishing has more statements than that"
    assert publish(stumbling, opened.release_id, "tester").rows == 4


def test_a_commit_whose_answer_was_lost_is_recognised(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = candidate(database.owner)
    describe = publication.describe

    def committed_then_lost(cursor: psycopg2.extensions.cursor, release_id: str) -> None:
        describe(cursor, release_id)
        cursor.connection.commit()
        raise psycopg2.OperationalError

    monkeypatch.setattr(publication, "describe", committed_then_lost)
    with pytest.raises(Exception, match="no connection"):
        publish(database.publisher, opened.release_id, "tester")
    monkeypatch.undo()
    assert publish(database.publisher, opened.release_id, "tester").is_current
    assert answer(database.owner, "select count(*) from audit.pointer_moves") == 1
