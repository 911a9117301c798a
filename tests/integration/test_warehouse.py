"""The warehouse room on a real server: what each role may do, and what an error may say."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from embedded.ledger import Month
from rbpk.errors import WarehouseBusy, WarehouseRefused, WarehouseUnreachable
from rbpk.orchestration.installation import install_platform
from rbpk.orchestration.settings import load_settings
from rbpk.warehouse import (
    Export,
    StepOutcome,
    Warehouse,
    copy_in,
    copy_out,
    install,
    lock_for_transaction,
    record_export,
    record_outcome,
)

if TYPE_CHECKING:
    from tests.conftest import Database

FORBIDDEN = [
    ("rbpk_owner", "insert into audit.current_releases values ('64.02', 'x', now(), 'me')"),
    ("rbpk_owner", "create table marts.forged (release_id text)"),
    ("rbpk_owner", "create view published.forged as select 1 as one"),
    ("rbpk_owner", "delete from audit.deliveries"),
    ("rbpk_owner", "truncate audit.step_outcomes"),
    ("rbpk_owner", "update audit.gate_results set success = true"),
    ("rbpk_publisher", "delete from audit.releases"),
    ("bi_reader", "select * from audit.deliveries"),
    ("bi_reader", "select * from quarantine.rejected_rows"),
    ("bi_reader", "select * from linkage.person_links"),
    ("bi_reader", "create temporary table mine (id int)"),
    ("bi_reader", "create schema mine"),
    ("bi_reader", "create table public.mine (id int)"),
    ("bi_reader", "select pg_advisory_lock(1)"),
    ("bi_reader", "select lo_create(0)"),
    ("bi_reader", "set role rbpk_owner"),
    ("rbpk_owner", "update audit.exports set purpose = 'other'"),
    ("bi_reader", "select * from audit.exports"),
    ("auditor", "select * from quarantine.rejected_rows"),
    ("auditor", "insert into audit.current_releases values ('64.02', 'x', now(), 'me')"),
]


@pytest.mark.parametrize(("role", "command"), FORBIDDEN, ids=[f"{r}: {c}" for r, c in FORBIDDEN])
def test_role_is_refused(database: Database, role: str, command: str) -> None:
    login: Warehouse = getattr(database, role.removeprefix("rbpk_"))
    with pytest.raises(WarehouseRefused, match="42501"), login.connect() as connection:
        connection.cursor().execute(command)


def test_sessions_act_as_the_group_role(database: Database) -> None:
    with database.owner.connect() as connection, connection.cursor() as cursor:
        cursor.execute("create schema work_0000_200001_r1")
        cursor.execute("select nspowner::regrole::text from pg_namespace where nspname like 'work%'")
        assert cursor.fetchone() == ("rbpk_owner",)


def test_a_reader_asks_with_one_process_whoever_builds_with_several(database: Database) -> None:
    def helpers(login: Warehouse) -> object:
        with login.connect() as connection, connection.cursor() as cursor:
            cursor.execute("select current_setting('max_parallel_workers_per_gather')::integer > 0")
            return cursor.fetchone()

    assert [helpers(one) for one in (database.bi_reader, database.auditor)] == [(False,), (False,)]
    assert helpers(database.owner) == (True,)


def test_installing_again_changes_nothing(database: Database) -> None:
    def shape() -> list[tuple[object, ...]]:
        with database.admin.connect() as connection, connection.cursor() as cursor:
            cursor.execute(
                "select oid, relname, relacl::text, relowner from pg_class"
                " where relnamespace::regnamespace::text in ('audit', 'landing', 'linkage', 'quarantine') order by oid"
            )
            return cursor.fetchall()

    before = shape()
    install_platform(database.admin, {}, load_settings({}))
    assert shape() == before


def test_a_new_column_of_a_contract_is_added_and_none_is_lost(database: Database) -> None:
    install(database.admin, {}, {}, {"p3ke__families": (("delivery_id", "text"), ("kolom_baru", "text"))})
    with database.owner.connect() as connection, connection.cursor() as cursor:
        cursor.execute("select kolom_baru, id_keluarga_p3ke from landing.p3ke__families")
        assert cursor.fetchall() == []


def test_error_text_never_quotes_a_row(database: Database) -> None:
    planted = "6402060101900001"
    with database.owner.connect() as connection:
        connection.cursor().execute("create table landing.people (nik text primary key, born date)")
    for command in (
        f"insert into landing.people values ('{planted}', null), ('{planted}', null)",
        f"insert into landing.people values ('1', '{planted}x')",
        f"select '{planted}x'::int",
    ):
        with pytest.raises(WarehouseRefused) as caught, database.owner.connect() as connection:
            connection.cursor().execute(command)
        assert planted not in str(caught.value)
        assert planted not in repr(caught.value.__cause__) + repr(caught.value.facts)
        assert caught.value.__suppress_context__


def test_copy_round_trip_keeps_every_byte(database: Database) -> None:
    with database.owner.connect() as connection:
        connection.cursor().execute("create table landing.cells (id int, text text)")
        rows = b'1,"a ""quoted"", comma"\n2,"two\nlines"\n3,\n4,""\n'
        assert copy_in(connection, ("landing", "cells"), ("id", "text"), io.BytesIO(rows)) == 4
        sink = io.BytesIO()
        assert copy_out(connection, "select * from landing.cells order by id", sink) == 4
        assert sink.getvalue() == b"id,text\n" + rows


def test_waits_for_a_lock_only_as_long_as_told(database: Database) -> None:
    with database.owner.connect() as holder, database.owner.connect() as other:
        lock_for_transaction(holder, "64.02", "2026-10", "link")
        lock_for_transaction(other, "64.02", "2026-11", "link")
        with pytest.raises(WarehouseBusy), database.owner.connect() as third:
            lock_for_transaction(third, "64.02", "2026-10", "link", wait_seconds=1)


def test_unreachable_server_is_transient_and_says_where() -> None:
    with (
        pytest.raises(WarehouseUnreachable, match="port 1"),
        Warehouse("postgresql://a:secret@127.0.0.1:1/x").connect(),
    ):
        pass


def test_blocks_that_end_well_share_the_connection_that_is_kept(database: Database) -> None:
    def session(warehouse: Warehouse) -> int:
        with warehouse.connect() as connection, connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            return int((cursor.fetchone() or (0,))[0])

    with database.owner.kept() as kept:
        first = session(kept)
        assert session(kept) == first
        with pytest.raises(WarehouseRefused), kept.connect() as connection:
            connection.cursor().execute("select from nowhere")
        second = session(kept)
        assert second != first, "what a failed block left behind is nobody's"
        with database.admin.connect() as connection:
            connection.cursor().execute("select pg_terminate_backend(%s, 5000)", (second,))
        assert session(kept) != second, "a connection that is gone is opened anew"


def test_secrets_stay_out_of_representations() -> None:
    assert "secret" not in repr(Warehouse("postgresql://a:secret@127.0.0.1:1/x"))


def test_only_the_publisher_says_published(database: Database) -> None:
    with database.owner.connect() as connection:
        connection.cursor().execute(
            "insert into audit.releases (release_id, regency_code, period, revision, status, work_schema,"
            " release_schema, inputs_hash, code_version) values"
            " ('6402-202610-r1', '64.02', '2026-10', 1, 'candidate', 'w', 'r', 'h', 'v')"
        )
    with pytest.raises(WarehouseRefused), database.owner.connect() as connection:
        connection.cursor().execute("update audit.releases set status = 'published'")
    with database.publisher.connect() as connection:
        connection.cursor().execute("update audit.releases set status = 'published'")


def test_a_landed_delivery_must_account_for_every_row(database: Database) -> None:
    insert = (
        "insert into audit.deliveries (delivery_id, regency_code, period, feed, entity, source_file, sha256,"
        " size_bytes, status, rows_read, rows_loaded, rows_quarantined, rows_duplicate) values"
        " (%s, '64.02', '2026-10', 'p3ke', 'families', 'a.csv', repeat('0', 64), 1, 'landed', 10, %s, 2, 1)"
    )
    with database.owner.connect() as connection:
        connection.cursor().execute(insert, ("whole", 7))
    with pytest.raises(WarehouseRefused, match="every_row_in_one_place"), database.owner.connect() as connection:
        connection.cursor().execute(insert, ("lossy", 6))


def test_an_export_leaves_who_why_and_which_bytes(database: Database) -> None:
    export = Export(
        "Siti",
        "laporan triwulan",
        "64.02",
        "2026-10",
        None,
        ("published.mart_households",),
        "a.xlsx",
        "xlsx",
        7,
        "0" * 64,
    )
    with database.owner.connect() as connection:
        assert record_export(connection, export) == 1
    with pytest.raises(WarehouseRefused, match="purpose"), database.owner.connect() as connection:
        record_export(connection, replace(export, purpose=" - "))
    with database.auditor.connect() as connection, connection.cursor() as cursor:
        cursor.execute("select exported_by, login_name, row_count from audit.exports")
        assert cursor.fetchall() == [("Siti", "rbpk_owner_login", 7)]


def test_the_gates_share_is_told_from_the_audit(database: Database) -> None:
    began = datetime.now(UTC)
    for step, seconds in (("check_p3ke", 1), ("check_release", 1), ("link_people", 18), ("sign_off", 9_000)):
        record_outcome(
            database.owner,
            StepOutcome(
                "run", step, "done", began, began + timedelta(seconds=seconds), regency_code="64.02", period="2026-10"
            ),
        )
    month = Month(database.owner.dsn, "64.02", "2026-10")
    (told,) = month.ask("summary_gate_share", since=began - timedelta(days=1)).rows
    assert [float(number) for number in told] == [2.0, 20.0, 10.0]
    assert month.ask("summary_gate_share", since=began + timedelta(days=1)).rows == []
