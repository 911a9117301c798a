"""What happened stays written: nobody rewrites the audit unseen, not even the administrator."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import ReleaseUnknown, WarehouseRefused
from rbpk.orchestration.installation import install_platform
from rbpk.orchestration.settings import load_settings
from rbpk.publishing import known_heads, publish, verify_release, write_manifest
from rbpk.warehouse import verify_audit
from rbpk.warehouse.chain import inspect_audit
from tests.conftest import fresh_database
from tests.integration.publishing_kit import answer, candidate, deliver, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Database

# As an administrator does who wants to leave no trace: no trigger fires.
UNSEEN = "set session_replication_role = replica;"
LAST = "(select max(number) from audit.chain where regency_code = '64.02')"
FORGERIES = [
    ("the row was changed", "update audit.releases set approved_by = 'somebody else'"),
    ("the row was changed", "update audit.deliveries set rows_read = 11, rows_loaded = 11 where feed = 'pkh'"),
    ("the row was changed", "update audit.pointer_moves set changed_at = changed_at - interval '1 second'"),
    ("the row is gone", "delete from audit.pointer_moves"),
    ("the row is gone", "delete from audit.release_deliveries where delivery_id like '%pkh%'"),
    (
        "a row nobody entered",
        "insert into audit.step_outcomes (run_id, step, status, started_at, ended_at) select '', '', '', now(), now()",
    ),
    ("a link before it is missing", "delete from audit.chain where number = 2 and regency_code = '64.02'"),
    ("does not follow the link before it", "update audit.chain set hash = repeat('0', 64) where number = 2"),
    ("the link was changed", f"update audit.chain set row_hash = repeat('0', 64) where number = {LAST}"),
    (
        "a link known outside is not in the chain",
        f"delete from audit.chain where regency_code = '64.02' and number = {LAST}",
    ),
]


@pytest.fixture(scope="module")
def chained(
    server_dsn: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, Path]]:
    """Publish a release and keep its manifest outside; every case undoes its forgery."""
    folder = tmp_path_factory.mktemp("manifests")
    with fresh_database(server_dsn, template) as fresh:
        opened = candidate(fresh.owner)
        publish(fresh.publisher, opened.release_id, "tester")
        write_manifest(fresh.publisher, opened.release_id, folder)
        yield fresh, folder


def test_an_honest_audit_verifies(chained: tuple[Database, Path]) -> None:
    database, folder = chained
    found = verify_audit(database.auditor, known_heads(folder))
    assert found.findings == ()
    assert found.links == answer(database.auditor, "select count(*) from audit.chain") >= 10
    assert {head.regency for head in found.heads} == {"64.02"}


@pytest.mark.parametrize(("what", "forgery"), FORGERIES, ids=[forgery for _, forgery in FORGERIES])
def test_a_forgery_is_found(chained: tuple[Database, Path], what: str, forgery: str) -> None:
    database, folder = chained
    with database.admin.connect() as forger, forger.cursor() as cursor:
        cursor.execute(UNSEEN + forgery)
        # Seen by this transaction alone, and taken back with it.
        whats = {finding.what for finding in inspect_audit(forger, known_heads(folder)).findings}
        forger.rollback()
    assert what in whats


def test_history_is_refused_to_everybody_who_asks_politely(chained: tuple[Database, Path]) -> None:
    database, _ = chained
    for command in (
        "update audit.gate_results set success = true",
        "delete from audit.deliveries",
        "truncate audit.pointer_moves",
        "delete from audit.releases",
        "update audit.chain set hash = ''",
        "update audit.pointer_moves set changed_by = 'x'",
    ):
        with pytest.raises(WarehouseRefused, match="42501"):
            run(database.admin, command)
    for command in (
        "insert into audit.chain (regency_code) values ('64.02')",
        "update audit.chain_versions set version = 2",
    ):
        with pytest.raises(WarehouseRefused, match="42501"):
            run(database.owner, command)


def test_writers_at_once_make_one_chain_without_gaps(database: Database) -> None:
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(10):
                deliver(database.owner, content=f"{name}{number}", status="received")
        except BaseException as error:  # noqa: BLE001 - told after the join
            failures.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    found = verify_audit(database.auditor)
    assert (found.links, found.findings) == (40, ())
    assert [(head.regency, head.number) for head in found.heads] == [("64.02", 40)]


def test_rows_older_than_the_chain_enter_it_and_a_new_column_breaks_nothing(database: Database) -> None:
    deliver(database.owner)
    run(
        database.admin,
        "drop trigger chain_row on audit.deliveries",
        "drop trigger refuse_rewriting on audit.deliveries",
        UNSEEN + "drop trigger refuse_rewriting on audit.chain; delete from audit.chain",
        "alter table audit.deliveries add column seen_by text",
    )
    install_platform(database.admin, {}, load_settings({}))
    found = verify_audit(database.auditor)
    assert (found.links, found.findings) == (1, ())
    run(database.owner, "update audit.deliveries set seen_by = 'Siti'")
    found = verify_audit(database.auditor)
    assert (found.links, found.findings) == (2, ())
    assert answer(database.auditor, "select count(*) from audit.chain_versions where table_name = 'deliveries'") == 2


def test_a_release_says_again_what_it_said(database: Database, tmp_path: Path) -> None:
    opened = candidate(database.owner, (1, 2, 3))
    publish(database.publisher, opened.release_id, "tester")
    kept, found = verify_release(database.publisher, opened.release_id)
    assert kept == found
    run(database.admin, f"update {opened.release_schema}.mart_households set desil = 4 where desil = 3")
    kept, found = verify_release(database.publisher, opened.release_id)
    assert kept != found
    with pytest.raises(ReleaseUnknown):
        verify_release(database.publisher, "6402-209901-r1")
    with pytest.raises(ReleaseUnknown):
        write_manifest(database.publisher, "6402-209901-r1", tmp_path)
