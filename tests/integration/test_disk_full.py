"""The disk fills up while a file is stored, landed, judged or published: said, nothing half, done again well."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from upath import UPath

from expectations import delivery_suites
from rbpk.errors import DiskFull, WarehouseFull, WarehouseUnreachable
from rbpk.feeds import reader_output
from rbpk.gate import check_delivery
from rbpk.landing import land, load_regions, receive
from rbpk.publishing import publish, verify_release
from rbpk.warehouse import verify_audit
from tests.integration.gate_kit import make_landed
from tests.integration.lists_kit import with_lists
from tests.integration.publishing_kit import answer, ask, run
from tests.integration.test_every_statement import LIST
from tests.little_room import files_up_to, no_room_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

REGIONS = load_regions()
INBOX_PATH = "64.02/2026-10/pkh/komponen.csv"
COUNTS = "select status, rows_loaded, rows_quarantined, error_code from audit.deliveries"


@pytest.fixture
def inbox(tmp_path: Path) -> UPath:
    """Give an inbox with one list, of which a row is refused."""
    path = tmp_path / "inbox" / INBOX_PATH
    path.parent.mkdir(parents=True)
    path.write_text(LIST, "utf-8")
    return UPath(tmp_path / "inbox")


@pytest.fixture
def store(tmp_path: Path) -> UPath:
    return UPath(tmp_path / "store")


def test_a_file_is_stored_whole_or_not_at_all(database: Database, inbox: UPath, store: UPath) -> None:
    with files_up_to(100), pytest.raises(DiskFull, match=rf"no room left on the disk of .*{store}.*make room"):
        receive(database.owner, store, inbox, INBOX_PATH)
    assert [path for path in store.rglob("*") if path.is_file()] == []
    assert ask(database.owner, COUNTS) == []
    receive(database.owner, store, inbox, INBOX_PATH)
    (kept,) = [path for path in store.rglob("*") if path.is_file()]
    assert kept.read_text("utf-8") == LIST
    assert ask(database.owner, COUNTS) == [("received", None, None, None)]


def test_a_file_that_a_killed_attempt_left_half_is_taken_away(database: Database, inbox: UPath, store: UPath) -> None:
    receive(database.owner, store, inbox, INBOX_PATH)
    (kept,) = [path for path in store.rglob("*") if path.is_file()]
    half = kept.with_name(f".{kept.name}.0123")
    half.write_text(LIST[:50], "utf-8")
    receive(database.owner, store, inbox, INBOX_PATH)
    assert [path for path in store.rglob("*") if path.is_file()] == [kept]


@pytest.mark.parametrize("table", ["landing.pkh__components", "quarantine.rejected_rows"])
def test_a_delivery_is_landed_or_still_waits(database: Database, inbox: UPath, store: UPath, table: str) -> None:
    (delivery,) = receive(database.owner, store, inbox, INBOX_PATH).deliveries
    with (
        no_room_for(database.admin, table),
        pytest.raises(WarehouseFull, match=r"could not extend file .*No space left on device.*make room"),
    ):
        land(database.owner, store, delivery.delivery_id, REGIONS)
    assert ask(database.owner, COUNTS) == [("received", None, None, None)]
    assert answer(database.owner, f"select count(*) from {table}") == 0
    land(database.owner, store, delivery.delivery_id, REGIONS)
    assert ask(database.owner, COUNTS) == [("landed", 3, 1, None)]


def test_refused_rows_without_room_to_wait_refuse_nothing(
    database: Database, inbox: UPath, store: UPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    (delivery,) = receive(database.owner, store, inbox, INBOX_PATH).deliveries
    monkeypatch.setattr(reader_output, "_SPOOL", 10)
    with files_up_to(20), pytest.raises(DiskFull, match=tempfile.gettempdir()):
        land(database.owner, store, delivery.delivery_id, REGIONS)
    assert ask(database.owner, COUNTS) == [("received", None, None, None)]
    assert land(database.owner, store, delivery.delivery_id, REGIONS).rows_quarantined == 1


def test_a_gate_that_cannot_measure_passes_no_verdict(database: Database, tmp_path: Path) -> None:
    delivery = make_landed(database.admin, "a list")
    # Whatever the server meets while it measures: the rows are not to blame and are not held for it.
    run(
        database.admin,
        "alter table landing.p3ke__individuals rename to measured",
        "create view landing.p3ke__individuals as select * from landing.measured"
        " where pg_terminate_backend(pg_backend_pid())",
    )
    with pytest.raises(WarehouseUnreachable):
        check_delivery(database.admin, delivery, delivery_suites("p3ke"), tmp_path)
    assert answer(database.owner, "select status from audit.deliveries") == "landed"
    assert answer(database.owner, "select count(*) from audit.gate_results") == 0


@pytest.mark.parametrize("table", ["audit.pointer_moves", "audit.current_releases"])
def test_a_release_is_published_or_not(database: Database, table: str) -> None:
    opened = with_lists(database.owner)
    shown = "select count(*) from audit.current_releases"
    with no_room_for(database.admin, table), pytest.raises(WarehouseFull):
        publish(database.publisher, opened.release_id, "tester")
    assert answer(database.owner, shown) == 0
    publish(database.publisher, opened.release_id, "tester")
    assert answer(database.owner, shown) == 1
    kept, found = verify_release(database.publisher, opened.release_id)
    assert kept == found
    assert verify_audit(database.auditor).findings == ()
