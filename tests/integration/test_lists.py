"""Lists by name on a real server: each reader sees their own rows, and finds no way to another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg2
import pytest

from rbpk.errors import ContractDrifted, WarehouseRefused
from rbpk.publishing import publish, retain, rollback
from rbpk.warehouse import ListGrant, grant_list, revoke_lists
from tests.conftest import fresh_database
from tests.integration.lists_kit import (
    OTHER,
    OWN,
    ROLES,
    SECRET_ADDRESS,
    SECRET_NAME,
    SECRET_NIK,
    drop_readers,
    publish_lists,
    reader,
    with_lists,
)
from tests.integration.publishing_kit import answer, ask, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

SECRETS = (SECRET_NAME, SECRET_NIK, SECRET_ADDRESS)


@pytest.fixture(scope="module")
def shown(server_dsn: str, template: str) -> Iterator[Database]:
    """Publish the lists once; nothing below changes them."""
    with fresh_database(server_dsn, template) as fresh:
        publish_lists(fresh)
        yield fresh
        drop_readers(fresh)


@pytest.fixture(scope="module")
def readers(shown: Database) -> dict[str, Warehouse]:
    people = {role: reader(shown, role) for role in ROLES}
    return {**people, "bi_reader": shown.bi_reader, "auditor": shown.auditor, "rbpk_owner": shown.owner}


@pytest.mark.parametrize("role", ROLES)
def test_a_reader_sees_their_own_rows_and_columns_only(readers: dict[str, Warehouse], role: str) -> None:
    scope, name = ROLES[role]
    assert ask(readers[role], f"select {scope}, head_name from restricted.{name}") == [(OWN[scope], "SITI")]
    assert ask(readers[role], f"select 1 from restricted.{name} where {scope} = '{OTHER[scope]}'") == []


def test_a_reader_of_a_list_asks_with_one_process(readers: dict[str, Warehouse]) -> None:
    setting = "select current_setting('max_parallel_workers_per_gather')"
    assert {role: ask(readers[role], setting) for role in ROLES} == {role: [("0",)] for role in ROLES}


ATTACKS = [
    pytest.param("select head_nik::int4 from restricted.{name}", id="a cast that fails quotes the value"),
    pytest.param("select 1 from restricted.{name} where 1 / (length(head_nik) - 16) = 1", id="division by zero"),
    pytest.param("select 1 from restricted.{name} where head_nik::int4 = 1 and {scope} <> 'x'", id="cast in a filter"),
    pytest.param("select xmlparse(content head_name || '<') from restricted.{name}", id="parser error"),
    pytest.param("copy (select * from restricted.{name}) to stdout", id="copy of the view"),
    pytest.param("explain (analyze, verbose) select * from restricted.{name} where head_nik > ''", id="explain"),
    pytest.param("select * from lists.{name}", id="the parent"),
    pytest.param("select * from lists.{name}_6402", id="the regency's part"),
    pytest.param("select * from {release}.{name}", id="the partition"),
    pytest.param("copy lists.{name} to stdout", id="copy of the parent"),
    pytest.param("set row_security = off; select * from restricted.{name}", id="row security off"),
    pytest.param("create or replace view restricted.{name} as select 1 as one", id="another view"),
    pytest.param("create function pg_temp.f(text) returns bool language sql as 'select true'", id="own function"),
    pytest.param("create temporary table audit_copy as select * from restricted.{name}", id="temporary table"),
    pytest.param("alter table lists.{name} disable row level security", id="row security away"),
    pytest.param("insert into audit.list_readers (login_name) values (current_user)", id="own grant"),
    pytest.param("select * from audit.list_readers", id="grants of others"),
    pytest.param("select audit.note_read('x', 'y')", id="forged reading"),
    pytest.param("set role rbpk_lists; select * from lists.{name}", id="the owner's role"),
    pytest.param("set role rbpk_publisher; select * from lists.{name}", id="the publisher's role"),
    pytest.param("set session authorization rbpk_lists", id="another session"),
    pytest.param("select most_common_vals from pg_stats where tablename = '{name}'", id="planner statistics"),
    pytest.param("select pg_read_file('/etc/passwd')", id="server files"),
    pytest.param("select lo_import('/etc/passwd')", id="large objects"),
    pytest.param("do $$ begin perform dblink_connect('x'); end $$", id="another connection"),
    pytest.param("select * from published.mart_households", id="the marts"),
    pytest.param("select * from restricted.{other}", id="another role's list"),
    pytest.param("select query_to_xml('select * from lists.{name}', true, true, '')", id="a query in a function"),
    pytest.param("select database_to_xml(true, true, '')", id="the whole database"),
]


@pytest.mark.parametrize("role", [*ROLES, "bi_reader", "auditor"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_shows_a_value_of_another_reader(
    shown: Database, readers: dict[str, Warehouse], role: str, attack: str
) -> None:
    scope, name = ROLES.get(role, ROLES["case_worker"])
    other = next(table for one, (_, table) in ROLES.items() if table != name)
    release = answer(shown.admin, "select release_schema from audit.releases")
    said = everything_said(readers[role], attack.format(name=name, scope=scope, other=other, release=release))
    assert [secret for secret in SECRETS if secret in said] == []


def everything_said(warehouse: Warehouse, command: str) -> str:
    """Return rows, errors with DETAIL and CONTEXT, and notices: what a client could print."""
    connection = psycopg2.connect(warehouse.dsn)
    try:
        with connection.cursor() as cursor:
            if "to stdout" in command:
                sink = Sink()
                cursor.copy_expert(command, sink)
                return sink.text + "".join(connection.notices)
            cursor.execute(command)
            return (str(cursor.fetchall()) if cursor.description else "") + "".join(connection.notices)
    except psycopg2.Error as error:
        diag = error.diag
        return f"{error}{diag.message_detail}{diag.context}{diag.internal_query}" + "".join(connection.notices)
    finally:
        connection.close()


class Sink:
    """What COPY TO writes into."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, data: str | bytes) -> int:
        self.text += data if isinstance(data, str) else data.decode()
        return len(data)


REFUSED = [
    ("case_worker", "select * from restricted.bnba_opd_delivery"),
    ("case_worker", "select * from restricted.bnba_partner_offer"),
    ("opd_reader", "select * from restricted.bnba_exclusion_errors"),
    ("partner_reader", "select * from restricted.bnba_opd_delivery"),
    ("bi_reader", "select * from restricted.bnba_exclusion_errors"),
    ("auditor", "select * from restricted.bnba_exclusion_errors"),
    ("rbpk_owner", "select * from restricted.bnba_exclusion_errors"),
    ("rbpk_owner", "select * from lists.bnba_exclusion_errors"),
    ("rbpk_owner", "insert into audit.list_readers (login_name) values ('x')"),
    *((role, query) for role in ROLES for query in (
        "select * from published.mart_households", "select * from marts.mart_households",
        "select * from audit.releases", "select * from audit.deliveries", "select * from landing.p3ke__families",
        "select * from linkage.person_links", "select * from quarantine.rejected_rows",
        "create schema mine", "create table public.mine (id int)", "create temporary table mine (id int)",
        "select pg_advisory_lock(1)", "select pg_try_advisory_xact_lock(1)", "select lo_create(0)",
        "insert into restricted.bnba_exclusion_errors (head_name) values ('x')",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("role", "query"), REFUSED, ids=[f"{role}: {query}" for role, query in REFUSED])
def test_a_role_is_refused(readers: dict[str, Warehouse], role: str, query: str) -> None:
    # 55000: a view of several branches takes no rows from anybody.
    with pytest.raises(WarehouseRefused, match=r"42501|55000"):
        ask(readers[role], query)


def test_a_group_or_an_installed_login_without_a_grant_sees_nothing(shown: Database) -> None:
    worker = reader(shown, "case_worker")
    with worker.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set role case_worker")
        cursor.execute("select count(*) from restricted.bnba_exclusion_errors")
        assert cursor.fetchone() == (0,)
    with pytest.raises(WarehouseRefused, match="never_a_group"):
        run(
            shown.admin,
            "insert into audit.list_readers (login_name, role_name, regency_code, scope_code, reason, granted_by) "
            "values ('case_worker', 'case_worker', '64.02', '64.02.06', 'everyone', 'tester')",
        )


def test_a_look_alike_on_the_search_path_changes_nothing(shown: Database) -> None:
    worker = reader(shown, "case_worker")
    # What an administrator left lying about must not be picked up by the view, its policy or its function.
    run(
        shown.admin,
        "create schema trap",
        "grant usage on schema trap to case_worker",
        "create view trap.list_readers as select '64.02' as regency_code, '64.02.07' as scope_code, "
        "current_user::text as login_name, 'case_worker' as role_name, null::timestamptz as revoked_at, "
        "null::date as valid_until",
        "create function trap.texteq(text, text) returns boolean language sql as 'select true'",
        "grant select on trap.list_readers to case_worker",
    )
    with worker.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set search_path = trap, audit, pg_catalog")
        cursor.execute("select kecamatan_code from restricted.bnba_exclusion_errors")
        assert cursor.fetchall() == [("64.02.06",)]


def test_a_grant_ends_at_once_and_by_date(shown: Database) -> None:
    worker = reader(shown, "case_worker")
    login = worker.dsn.partition("//")[2].partition(":")[0]
    query = "select count(*) from restricted.bnba_exclusion_errors"
    assert answer(worker, query) == 1
    run(shown.admin, f"update audit.list_readers set valid_until = current_date - 1 where login_name = '{login}'")
    assert answer(worker, query) == 0
    grant_list(shown.admin, ListGrant(login, "case_worker", "64.02", ("64.02.07",), "pengganti", "tester"), "unused")
    assert ask(worker, "select kecamatan_code from restricted.bnba_exclusion_errors") == [("64.02.07",)]
    assert revoke_lists(shown.admin, login, "tester") == 2
    assert answer(worker, query) == 0


def test_every_reading_is_written_down_or_not_given(shown: Database) -> None:
    worker = reader(shown, "case_worker")
    login = worker.dsn.partition("//")[2].partition(":")[0]
    ask(worker, "select head_name from restricted.bnba_verification_worklist")
    assert ask(shown.auditor, f"select list_name, acting_as from audit.list_reads where login_name = '{login}'") == [
        ("bnba_verification_worklist", login)
    ]
    with pytest.raises(WarehouseRefused, match="25006"):
        ask(worker, "set transaction read only; select head_name from restricted.bnba_verification_worklist")


def test_another_regency_of_the_same_installation_stays_hidden(database: Database) -> None:
    run(database.admin, "insert into audit.regencies values ('17.04', 'KAUR') on conflict do nothing")
    publish_lists(database)
    publish_lists(database, regency="17.04")
    office = reader(database, "opd_reader", regency="17.04")
    # Both regencies have an office of that code.
    assert ask(office, "select regency_code, opd_code from restricted.bnba_opd_delivery") == [
        ("17.04", OWN["opd_code"])
    ]
    drop_readers(database)


def test_lists_follow_the_pointer_and_go_with_their_release(database: Database) -> None:
    first = publish_lists(database)
    second = publish_lists(database)
    third = publish_lists(database)
    worker = reader(database, "case_worker")
    query = "select distinct release_id from restricted.bnba_exclusion_errors"
    assert answer(worker, query) == third.release_id
    assert retain(database.publisher, 2) == [first.release_id]
    rollback(database.publisher, "64.02", second.release_id, "tester")
    assert answer(worker, query) == second.release_id
    drop_readers(database)


def test_a_list_nobody_named_is_not_published(database: Database) -> None:
    opened = with_lists(database.owner)
    run(database.owner, f"alter table {opened.release_schema}.bnba_exclusion_errors rename to bnba_everyone")
    with pytest.raises(ContractDrifted, match="bnba_everyone"):
        publish(database.publisher, opened.release_id, "tester")
