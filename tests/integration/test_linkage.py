"""Linkage against a real PostgreSQL: what it writes, that it repeats itself, and that nothing half is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from psycopg2 import sql

from rbpk.errors import LinkageInconsistent, LinkUnknown, NothingDelivered, WarehouseBusy
from rbpk.linkage import explain, link
from rbpk.linkage.records import RECORDS_TABLE
from rbpk.linkage.resolving import People, find_people
from rbpk.linkage.tables import TableName, append_frame
from rbpk.warehouse import lock_for_transaction
from tests.unit.linkage.people import Row, table
from tests.unit.linkage.test_household_cases import CHILD, FATHER, MOTHER, SON, WIFE, member

if TYPE_CHECKING:
    from rbpk.linkage import LinkOutcome
    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

REGENCY = "64.02"
FAMILY = [member("dtks", who, card="77") for who in (FATHER, MOTHER, CHILD)]
COUPLE = [member("dtks", SON, card="88", is_family_head=True), member("dtks", WIFE, card="88")]


def deliver(warehouse: Warehouse, period: str, rows: list[Row], schema: str | None = None) -> str:
    """Put rows into the work schema of a month, as staging would."""
    work_schema = schema or f"work_{period.replace('-', '_')}"
    dated = [{**values, "delivery_id": f"{values['delivery_id']} {period}"} for values in rows]
    records = table(dated)
    types = {"source_row": "integer", "birth_date": "date", "is_family_head": "boolean"}
    columns = ", ".join(f"{name} {types.get(name, 'text')}" for name in records.columns)
    name = TableName(work_schema, RECORDS_TABLE)
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {work_schema} cascade; create schema {work_schema}")
        cursor.execute(f"create table {work_schema}.{RECORDS_TABLE} ({columns})")
        append_frame(connection, name, records)
        for delivery in records["delivery_id"].unique().sort():
            cursor.execute(
                "insert into audit.deliveries (delivery_id, regency_code, period, source_file, sha256, size_bytes, "
                "status, rows_read, rows_loaded, rows_quarantined, rows_duplicate) "
                "values (%s, %s, %s, 'f', encode(sha256(%s), 'hex'), 1, 'landed', 0, 0, 0, 0) on conflict do nothing",
                (delivery, REGENCY, period, delivery.encode()),
            )
    return work_schema


def run(warehouse: Warehouse, period: str, rows: list[Row]) -> LinkOutcome:
    work_schema = deliver(warehouse, period, rows)
    return link(warehouse, REGENCY, period, f"{period}-r1", work_schema, b"key")


def rows_of(warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def links(warehouse: Warehouse, period: str) -> list[tuple[object, ...]]:
    return rows_of(
        warehouse,
        "select source_row, record_id, person_id, household_id, rule, score from linkage.person_links "
        f"where period = '{period}' order by source_row",
    )


def people(warehouse: Warehouse, period: str) -> list[object]:
    return [person for _, _, person, *_ in links(warehouse, period)]


def test_owner_links_a_month_and_dbt_reads_the_same_rows(database: Database) -> None:
    work_schema = deliver(database.admin, "2026-09", [*FAMILY, *COUPLE])
    with database.admin.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("grant usage, create on schema {0} to rbpk_owner; grant select on all tables in schema {0} "
                    "to rbpk_owner").format(sql.Identifier(work_schema))
        )  # fmt: skip

    outcome = link(database.owner, REGENCY, "2026-09", "r1", work_schema, b"key")

    assert (outcome.records, outcome.links, outcome.persons, outcome.households) == (5, 5, 5, 2)
    assert rows_of(database.admin, f"select * from {work_schema}.person_links order by record_id") == rows_of(
        database.admin, "select * from linkage.person_links order by record_id"
    )


def test_running_a_month_again_changes_nothing(warehouse: Warehouse) -> None:
    run(warehouse, "2026-09", FAMILY)
    before = links(warehouse, "2026-09")
    registry = rows_of(warehouse, "select count(*), max(snapshot) from linkage.person_profiles")

    again = run(warehouse, "2026-09", FAMILY)

    assert links(warehouse, "2026-09") == before
    assert rows_of(warehouse, "select count(*), max(snapshot) from linkage.person_profiles") == registry
    assert again.persons == len(FAMILY)


def test_unchanged_inputs_are_not_linked_again(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(warehouse, "2026-09", FAMILY)
    before = links(warehouse, "2026-09")
    deliver(warehouse, "2026-09", FAMILY, schema="work_again")
    monkeypatch.setattr("rbpk.linkage.linking.find_people", None)

    again = link(warehouse, REGENCY, "2026-09", "r2", "work_again", b"key")

    assert again == first
    assert links(warehouse, "2026-09") == before
    assert rows_of(warehouse, "select * from work_again.person_links order by record_id") == rows_of(
        warehouse, "select * from linkage.person_links order by record_id"
    )


def test_next_month_knows_last_months_people(warehouse: Warehouse) -> None:
    run(warehouse, "2026-09", FAMILY)

    outcome = run(warehouse, "2026-10", [*FAMILY, *COUPLE])

    assert outcome.new_persons == len(COUPLE)
    assert people(warehouse, "2026-10")[: len(FAMILY)] == people(warehouse, "2026-09")


def test_an_old_month_run_again_gives_its_old_answer(warehouse: Warehouse) -> None:
    run(warehouse, "2026-09", FAMILY)
    run(warehouse, "2026-10", [*FAMILY, *COUPLE])
    september, october = links(warehouse, "2026-09"), links(warehouse, "2026-10")

    run(warehouse, "2026-09", FAMILY)
    run(warehouse, "2026-10", [*FAMILY, *COUPLE])

    assert links(warehouse, "2026-09") == september
    assert links(warehouse, "2026-10") == october


def test_an_earlier_month_run_for_the_first_time_uses_the_ids_already_given(warehouse: Warehouse) -> None:
    run(warehouse, "2026-10", FAMILY)

    run(warehouse, "2026-08", [*COUPLE, *FAMILY])

    assert people(warehouse, "2026-08")[len(COUPLE) :] == people(warehouse, "2026-10")
    assert people(warehouse, "2026-10") == people(warehouse, "2026-08")[len(COUPLE) :]


def test_a_corrected_delivery_of_the_month_keeps_its_people(warehouse: Warehouse) -> None:
    run(warehouse, "2026-09", FAMILY)
    before = people(warehouse, "2026-09")
    corrected = [{**values, "delivery_id": "corrected"} for values in FAMILY]

    run(warehouse, "2026-09", corrected)
    once = links(warehouse, "2026-09")
    run(warehouse, "2026-09", corrected)

    assert people(warehouse, "2026-09") == before
    assert links(warehouse, "2026-09") == once


def test_regencies_do_not_see_each_other(warehouse: Warehouse) -> None:
    run(warehouse, "2026-09", FAMILY)
    work_schema = deliver(warehouse, "2026-09", FAMILY, schema="work_other")

    outcome = link(warehouse, "17.04", "2026-09", "r1", work_schema, b"other key")

    assert outcome.new_persons == len(FAMILY)
    assert len(links(warehouse, "2026-09")) == 2 * len(FAMILY)


@pytest.mark.timeout(60)
def test_regencies_link_their_first_months_side_by_side(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    work_schema = deliver(warehouse, "2026-09", FAMILY, schema="work_other")
    outcomes: list[LinkOutcome] = []

    def beside_another(*arguments: Any) -> People:  # noqa: ANN401 - as find_people
        monkeypatch.setattr("rbpk.linkage.linking.find_people", find_people)
        outcomes.append(link(warehouse, "17.04", "2026-09", "r1", work_schema, b"other key"))
        return find_people(*arguments)

    monkeypatch.setattr("rbpk.linkage.linking.find_people", beside_another)
    outcomes.append(run(warehouse, "2026-09", FAMILY))
    assert [one.new_persons for one in outcomes] == [len(FAMILY), len(FAMILY)]


def test_refuses_a_month_without_people(warehouse: Warehouse) -> None:
    work_schema = deliver(warehouse, "2026-09", FAMILY)
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"truncate {work_schema}.{RECORDS_TABLE}")

    with pytest.raises(NothingDelivered):
        link(warehouse, REGENCY, "2026-09", "r1", work_schema, b"key")


def test_a_refused_run_leaves_the_former_links(warehouse: Warehouse) -> None:
    run(warehouse, "2026-09", FAMILY)
    before = links(warehouse, "2026-09")
    work_schema = deliver(warehouse, "2026-09", [*FAMILY, *COUPLE])
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"insert into {work_schema}.{RECORDS_TABLE} select * from {work_schema}.{RECORDS_TABLE} limit 1")

    with pytest.raises(LinkageInconsistent, match="twice"):
        link(warehouse, REGENCY, "2026-09", "r2", work_schema, b"key")

    assert links(warehouse, "2026-09") == before
    assert rows_of(warehouse, "select count(*) from linkage.snapshots") == [(1,)]


def test_a_second_run_of_one_regency_waits_its_turn(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    work_schema = deliver(warehouse, "2026-09", FAMILY)

    def impatient(connection: object, *parts: str) -> None:
        lock_for_transaction(connection, *parts, wait_seconds=1)  # type: ignore[arg-type]

    monkeypatch.setattr("rbpk.linkage.linking.lock_for_transaction", impatient)
    with warehouse.connect() as other:
        lock_for_transaction(other, "linkage", REGENCY)
        with pytest.raises(WarehouseBusy):
            link(warehouse, REGENCY, "2026-09", "r1", work_schema, b"key")


def test_merges_are_recorded(warehouse: Warehouse) -> None:
    apart = [
        member("dtks", FATHER, card="77"),
        member("pkh", {**FATHER, "nik": None, "name": "GIONO"}, family="5", village_code="00.01.09.2001"),
    ]
    joined = [*apart, member("pkh", {**FATHER, "name": "GIONO"}, family="5", village_code="00.01.09.2001")]

    first = run(warehouse, "2026-09", apart)
    second = run(warehouse, "2026-10", joined)

    assert (first.persons, second.persons, second.merges > 0) == (2, 1, True)
    (change,) = rows_of(
        warehouse, "select old_id, new_id, kind from linkage.id_changes where entity = 'person' and period = '2026-10'"
    )
    assert set(change[:2]) == set(people(warehouse, "2026-09"))
    assert people(warehouse, "2026-10") == [change[1]] * 3


def test_a_link_is_explained_without_a_value(warehouse: Warehouse) -> None:
    mistyped: dict[str, object] = {**FATHER, "nik": str(FATHER["nik"])[:-1] + "2"}
    rows = [*FAMILY, member("p3ke", mistyped, family="1"), member("p3ke", dict(MOTHER), family="1")]
    run(warehouse, "2026-09", rows)
    record, alone = (str(links(warehouse, "2026-09")[place][1]) for place in (3, 2))

    told = explain(warehouse, REGENCY, record)

    assert (told.rule, told.other_rule, told.other_feed) == ("nik_slip_and_name", "nik_slip_and_name", "dtks")
    assert {field: level for field, level, _ in told.fields} == {
        "name": "equal_rare", "birth_date": "by_nik", "nik": "serial_slip", "sex": "equal", "mother": "missing",
        "home": "related",
    }  # fmt: skip
    assert explain(warehouse, REGENCY, alone).other is None
    assert str(FATHER["nik"]) not in repr(told)
    assert str(FATHER["name"]) not in repr(told)
    with pytest.raises(LinkUnknown):
        explain(warehouse, REGENCY, "nothing/1")
