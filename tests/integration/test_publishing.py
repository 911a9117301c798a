"""Publishing on a real server: what readers see is whole, gated, and moves at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rbpk.errors import ContractDrifted, GateBlocked, ReleaseUnknown, WarehouseBusy, WarehouseRefused
from rbpk.publishing import patience, publication, publish, refresh_views
from tests.integration.publishing_kit import HOUSEHOLDS, answer, ask, candidate, run

if TYPE_CHECKING:
    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

KAUR = "insert into audit.regencies values ('17.04', 'KAUR') on conflict do nothing"
HOUSEHOLD_COUNT = "select count(*) from published.mart_households"


def test_shows_readers_the_whole_release(database: Database) -> None:
    opened = candidate(database.owner)
    done = publish(database.publisher, opened.release_id, "tester")
    assert (done.release_id, done.marts, done.rows, done.is_current) == ("6402-202610-r1", 2, 4, True)
    assert ask(database.bi_reader, "select household_id, desil, release_id from published.mart_households") == [
        ("h0", 1, "6402-202610-r1"), ("h1", 2, "6402-202610-r1"), ("h2", 3, "6402-202610-r1")]  # fmt: skip


def test_answers_the_same_when_asked_again(database: Database) -> None:
    opened = candidate(database.owner)
    first = publish(database.publisher, opened.release_id, "tester")
    assert publish(database.publisher, opened.release_id, "tester") == first
    assert answer(database.owner, "select count(*) from audit.pointer_moves") == 1


def test_supersedes_the_former_release(database: Database) -> None:
    first = candidate(database.owner, (1, 2))
    publish(database.publisher, first.release_id, "tester")
    second = candidate(database.owner, (1, 2, 3, 4))
    done = publish(database.publisher, second.release_id, "tester")
    assert done.former_release_id == first.release_id
    assert ask(database.owner, "select release_id, status, superseded_by from audit.releases order by 1") == [
        (first.release_id, "superseded", second.release_id), (second.release_id, "published", None)]  # fmt: skip
    assert answer(database.bi_reader, HOUSEHOLD_COUNT) == 4


def test_keeps_regencies_apart(database: Database) -> None:
    run(database.admin, KAUR)
    publish(database.publisher, candidate(database.owner, (1, 2)).release_id, "tester")
    publish(database.publisher, candidate(database.owner, (1,), regency="17.04").release_id, "tester")
    assert ask(
        database.bi_reader,
        "select regency_code, count(*) from published.mart_households group by 1 order by 1",
    ) == [("17.04", 1), ("64.02", 2)]


def test_keeps_a_past_month_without_showing_it(database: Database) -> None:
    shown = candidate(database.owner, (1, 2), period="2026-10")
    publish(database.publisher, shown.release_id, "tester")
    run(database.owner, "update audit.deliveries set period = '2026-09'")
    past = candidate(database.owner, (1, 2, 3), period="2026-09")
    done = publish(database.publisher, past.release_id, "tester", make_current=False)
    assert not done.is_current
    assert answer(database.bi_reader, HOUSEHOLD_COUNT) == 2
    assert dict(ask(database.owner, "select release_id, status from audit.releases")) == {
        shown.release_id: "published", past.release_id: "published"}  # fmt: skip


def test_only_shown_partitions_are_read(database: Database) -> None:
    run(database.admin, KAUR)
    release_ids = []
    for desils in ((1, 2), (1, 2, 3)):
        release_ids.append(candidate(database.owner, desils).release_id)
        publish(database.publisher, release_ids[-1], "tester")
        plan = [row[0] for row in ask(database.admin, f"explain analyze {HOUSEHOLD_COUNT}")]
        scans = [line for line in plan if "Scan on mart_households" in line]
        # The branches of other regencies look at nothing, also where there is but one release in the house.
        assert len(scans) == len(release_ids), plan
        assert sum("never executed" not in line for line in scans) == 1, plan


@pytest.mark.parametrize(
    ("verdict", "status", "error"),
    [
        pytest.param(None, "candidate", ReleaseUnknown, id="never checked"),
        pytest.param("blocked", "blocked", GateBlocked, id="blocked by its gate"),
        pytest.param("passed", "withdrawn", ReleaseUnknown, id="withdrawn"),
    ],
)
def test_refuses_what_the_gate_did_not_pass(
    database: Database, verdict: str | None, status: str, error: type[Exception]
) -> None:
    publish(database.publisher, candidate(database.owner, (1, 2)).release_id, "tester")
    opened = candidate(database.owner, (1, 2, 3), verdict=verdict)
    run(database.owner, f"update audit.releases set status = '{status}' where release_id = '{opened.release_id}'")
    with pytest.raises(error):
        publish(database.publisher, opened.release_id, "tester")
    assert answer(database.bi_reader, HOUSEHOLD_COUNT) == 2


@pytest.mark.parametrize(
    ("change", "names"),
    [
        pytest.param(
            "alter table {0}.mart_households drop column desil", "mart_households.desil is missing", id="lost"
        ),
        pytest.param(
            "alter table {0}.mart_households alter desil type text",
            "mart_households.desil is text, was integer",
            id="changed type",
        ),
        pytest.param("drop table {0}.mart_feed_agreement", "mart_feed_agreement is missing", id="lost mart"),
        pytest.param("create table {0}.dim_x (a text)", "dim_x has no release_id", id="no key"),
    ],
)
def test_refuses_to_take_something_from_readers(database: Database, change: str, names: str) -> None:
    publish(database.publisher, candidate(database.owner, (1, 2)).release_id, "tester")
    opened = candidate(database.owner, (1, 2, 3))
    run(database.owner, change.format(opened.release_schema))
    with pytest.raises(ContractDrifted, match=names):
        publish(database.publisher, opened.release_id, "tester")
    assert answer(database.bi_reader, HOUSEHOLD_COUNT) == 2


def test_refuses_a_candidate_without_marts(database: Database) -> None:
    opened = candidate(database.owner)
    run(
        database.owner,
        f"drop table {opened.release_schema}.mart_households, {opened.release_schema}.mart_feed_agreement",
    )
    with pytest.raises(ReleaseUnknown, match="no marts"):
        publish(database.publisher, opened.release_id, "tester")


def test_refuses_rows_of_another_release(database: Database) -> None:
    opened = candidate(database.owner)
    run(database.owner, f"update {opened.release_schema}.mart_households set release_id = 'other' where desil = 1")
    with pytest.raises(WarehouseRefused):
        publish(database.publisher, opened.release_id, "tester")


def test_refuses_a_name_that_is_no_release(database: Database) -> None:
    with pytest.raises(ReleaseUnknown):
        publish(database.publisher, "6402-209901-r1", "tester")


def test_adds_new_columns_and_marts(database: Database) -> None:
    publish(database.publisher, candidate(database.owner, (1, 2)).release_id, "tester")
    opened = candidate(database.owner, (1, 2, 3))
    run(
        database.owner,
        f"alter table {opened.release_schema}.mart_households add column age integer default 7",
        HOUSEHOLDS.replace("mart_households", "mart_new").format(schema=opened.release_schema),
    )
    publish(database.publisher, opened.release_id, "tester")
    assert answer(database.bi_reader, "select sum(age) from published.mart_households") == 21
    assert answer(database.bi_reader, "select count(*) from published.mart_new") == 0


def test_carries_descriptions_to_what_readers_see(database: Database) -> None:
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    assert ask(
        database.bi_reader,
        "select obj_description('published.mart_households'::regclass, 'pg_class'), "
        "col_description('published.mart_households'::regclass, 2)",
    ) == [("Satu baris per keluarga. One row a household.", "Desil. Decile.")]


def test_leaves_a_view_alone_that_need_not_change(database: Database) -> None:
    query = "select xmin::text from pg_class where oid = 'published.mart_households'::regclass"
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    before = answer(database.admin, query)
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    assert answer(database.admin, query) == before


def test_makes_a_view_again_that_somebody_dropped(database: Database) -> None:
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    run(database.admin, "drop view published.mart_households cascade")
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    assert answer(database.bi_reader, "select count(*) from published.mart_households") == 3


def test_gives_a_new_regency_its_branch(database: Database) -> None:
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    run(database.admin, "insert into audit.regencies values ('17.01', 'BENGKULU SELATAN')")
    assert refresh_views(database.publisher) == ["mart_feed_agreement", "mart_households"]
    assert refresh_views(database.publisher) == []


def test_never_makes_a_default_partition(database: Database) -> None:
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    assert answer(database.admin, "select count(*) from pg_partitioned_table where partdefid <> 0") == 0


def test_withdraws_candidates_it_overtook(database: Database) -> None:
    forgotten = candidate(database.owner)
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    query = f"select status from audit.releases where release_id = '{forgotten.release_id}'"
    assert answer(database.owner, query) == "withdrawn"


def test_same_content_has_the_same_hash_whatever_the_order(database: Database) -> None:
    first = publish(database.publisher, candidate(database.owner, (1, 2, 3)).release_id, "tester")
    same = candidate(database.owner, (1, 2, 3))
    table = f"{same.release_schema}.mart_households"
    run(
        database.owner,
        f"create temp table turned as select * from {table} order by household_id desc; "
        f"truncate {table}; insert into {table} select * from turned; update {table} set built = now()",
    )
    other = candidate(database.owner, (1, 2, 4))
    assert publish(database.publisher, same.release_id, "tester").content_hash == first.content_hash
    assert publish(database.publisher, other.release_id, "tester").content_hash != first.content_hash


def test_gives_up_politely_when_a_reader_is_in_the_way(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(publication, "LOCK_WAIT", "50ms")
    publish(database.publisher, candidate(database.owner, (1, 2)).release_id, "tester")
    opened = candidate(database.owner, (1, 2, 3))
    run(database.owner, f"alter table {opened.release_schema}.mart_households add column age integer")
    with database.bi_reader.connect() as connection, connection.cursor() as cursor:
        cursor.execute(HOUSEHOLD_COUNT)
        with pytest.raises(WarehouseBusy):
            publish(database.publisher, opened.release_id, "tester")
        cursor.execute(HOUSEHOLD_COUNT)
        assert cursor.fetchone() == (2,)
    publish(database.publisher, opened.release_id, "tester")


def refused(warehouse: Warehouse, command: str) -> bool:
    try:
        run(warehouse, command)
    except WarehouseRefused as error:
        return error.facts["sqlstate"] == "42501"
    return False


def test_builders_cannot_touch_what_readers_see(database: Database) -> None:
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    opened = candidate(database.owner)
    run(database.owner, "update audit.releases set note = 'builders may write notes'")
    commands = (
        "update audit.current_releases set changed_by = 'x'",
        "insert into audit.current_releases values ('64.08', '6402-202610-r1', now(), 'x')",
        "delete from audit.current_releases",
        "insert into marts.mart_households (release_id) values ('6402-202610-r1')",
        "update marts.mart_households set desil = 1",
        "delete from release_6402_202610_r1.mart_households",
        "truncate release_6402_202610_r1.mart_households",
        "create or replace view published.mart_households as select 1 as household_id",
        "update audit.releases set status = 'published'",
        "set role rbpk_publisher",
    )
    assert [command for command in commands if not refused(database.owner, command)] == []
    with pytest.raises(WarehouseRefused):
        publish(database.owner, opened.release_id, "tester")


def test_builders_cannot_step_out_of_their_role_to_publish(database: Database) -> None:
    candidate(database.owner)
    assert refused(database.owner, "set role none; update audit.releases set status = 'published'")


def test_readers_see_published_only(database: Database) -> None:
    publish(database.publisher, candidate(database.owner).release_id, "tester")
    queries = (
        "select * from marts.mart_households",
        "select * from release_6402_202610_r1.mart_households",
        "select * from audit.releases",
        "select * from audit.current_releases",
        "select * from linkage.person_links",
        "select * from quarantine.rejected_rows",
        "create temporary table x (a int)",
        "create table published.x (a int)",
        "select pg_advisory_lock(1)",
    )
    assert [query for query in queries if not refused(database.bi_reader, query)] == []
