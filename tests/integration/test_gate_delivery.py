"""Each rule on a landed delivery: a list that passes, and one that trips that rule and no other."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

import expectations
from rbpk.errors import GateCheckCrashed, ReleaseUnknown
from rbpk.gate import check_delivery, engine
from tests.conftest import fresh_database
from tests.integration.gate_kit import LANDED_ROWS, everything_written, failed, make_landed
from tests.integration.publishing_kit import answer, ask, deliver, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

CONTENTS = (f"list {number}" for number in count())
LEDGER = "update audit.deliveries set {0} where delivery_id = '{{d}}'; "
LIST = "update landing.p3ke__individuals set {0} where delivery_id = '{{d}}' and source_row <= {1}; "
REFUSED = (
    "insert into quarantine.rejected_rows select '{{d}}', '64.02', '2026-10', 'p3ke', 'individuals', 'list.csv', '', "
    "1000 + n, 'nama', '{0}', 'no value here', '{{}}' from generate_series(1, {1}) as n; "
)


@pytest.fixture(scope="module")
def admin(server_dsn: str, template: str) -> Iterator[Warehouse]:
    """Give one database to all cases: each lands a list of its own in it."""
    with fresh_database(server_dsn, template) as fresh:
        yield fresh.admin


@pytest.fixture
def delivery(admin: Warehouse) -> str:
    """Land a list that passes; the ones of other cases are out of its way."""
    run(admin, "update audit.deliveries set status = 'superseded'")
    return make_landed(admin, next(CONTENTS))


def test_passes_a_good_list(admin: Warehouse, delivery: str, tmp_path: Path) -> None:
    verdict = check_delivery(admin, delivery, expectations.delivery_suites("p3ke"), tmp_path)
    assert failed(verdict) == set()
    assert verdict.passed
    assert len(verdict.results) == 12
    assert answer(admin, f"select status from audit.deliveries where delivery_id = '{delivery}'") == "landed"


CASES = [
    pytest.param(
        "GATE-01",
        "delete from landing.p3ke__individuals where delivery_id = '{d}'; "
        + LEDGER.format("rows_read = 0, rows_loaded = 0"),
        id="no row at all",
    ),
    pytest.param(
        "GATE-02",
        "delete from landing.p3ke__individuals where delivery_id = '{d}' and source_row = 7",
        id="a row vanished",
    ),
    pytest.param("GATE-02", REFUSED.format("NAME_EMPTY", 1), id="a refused row nobody counted"),
    pytest.param("GATE-03", LIST.format("source_row = 2", 5), id="rows that share a number"),
    pytest.param("GATE-03", LIST.format("period = '2026-09'", 2), id="a row of another month"),
    pytest.param(
        "GATE-04",
        REFUSED.format("ROW_SHORT", 150) + LEDGER.format("rows_read = 350, rows_quarantined = 150"),
        id="more than a third refused",
    ),
    pytest.param("GATE-05", LIST.format("village_code = '64.08.01.2001'", 31), id="people of another regency"),
    pytest.param("GATE-06", LIST.format("nik_clean = left(nik_clean, 15) || '0'", 150), id="rounded by a spreadsheet"),
    pytest.param("GATE-07", LIST.format("nik_clean = null", 61), id="NIKs missing"),
    pytest.param("GATE-08", LIST.format("village_code = null", 5), id="villages unknown"),
    pytest.param("GATE-09", LIST.format("nik_clean = '6402060000000001'", 21), id="one NIK on twenty rows"),
    pytest.param("GATE-10", LIST.format("findings = '{nik:NIK_SCI,nama:NAME_DIGITS}'", 21), id="damaged by Excel"),
    pytest.param(
        "GATE-10",
        REFUSED.format("TENANT_MISMATCH", 5) + LEDGER.format("rows_read = 205, rows_quarantined = 5"),
        id="more strays than the contract allows",
    ),
    pytest.param("GATE-11", LEDGER.format("rows_read = 230, rows_duplicate = 30"), id="pasted twice"),
    pytest.param(
        "GATE-12",
        "insert into audit.deliveries (delivery_id, regency_code, period, feed, entity, source_file, sha256, "
        "size_bytes, status, rows_read, rows_loaded, rows_quarantined, rows_duplicate) values ('before-{d}', '64.02', "
        "'2026-08', 'p3ke', 'individuals', 'x', repeat('a', 64), 1, 'landed', 300, 300, 0, 0)",
        id="a third fewer than last time",
    ),
]
SEVERITIES = {
    expectation.meta["rule"]: expectation.severity.value
    for suite in expectations.delivery_suites("p3ke")
    for expectation in suite.expectations
}


@pytest.mark.parametrize(("rule", "spoil"), CASES)
def test_trips_one_rule_and_no_other(admin: Warehouse, delivery: str, tmp_path: Path, rule: str, spoil: str) -> None:
    run(admin, spoil.replace("{d}", delivery))
    verdict = check_delivery(admin, delivery, expectations.delivery_suites("p3ke"), tmp_path)
    assert failed(verdict) == {rule}
    held = SEVERITIES[rule] == "critical"
    assert verdict.passed is not held
    row = ask(admin, f"select status, error_code from audit.deliveries where delivery_id = '{delivery}'")
    assert row == [("held", "gate.blocked") if held else ("landed", None)]


def test_every_rule_has_its_case() -> None:
    assert {case.values[0] for case in CASES} == set(SEVERITIES)


def test_a_held_list_is_landed_again_once_it_passes(admin: Warehouse, delivery: str, tmp_path: Path) -> None:
    suites = expectations.delivery_suites("p3ke")
    run(admin, LIST.format("period = '2026-09'", 2).replace("{d}", delivery))
    assert not check_delivery(admin, delivery, suites, tmp_path).passed
    run(admin, LIST.format("period = '2026-10'", 2).replace("{d}", delivery))
    assert check_delivery(admin, delivery, suites, tmp_path).passed
    row = ask(admin, f"select status, error_code, error_message from audit.deliveries where delivery_id = '{delivery}'")
    assert row == [("landed", None, None)]


def test_two_attempts_at_once_leave_one_verdict(
    admin: Warehouse, delivery: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suites, measure = expectations.delivery_suites("p3ke"), engine.run

    def measure_while_another_judges(warehouse: Warehouse, jobs: list[Any]) -> Any:  # noqa: ANN401
        monkeypatch.setattr(engine, "run", measure)
        check_delivery(admin, delivery, suites, tmp_path)
        return measure(warehouse, jobs)

    monkeypatch.setattr(engine, "run", measure_while_another_judges)
    verdict = check_delivery(admin, delivery, suites, tmp_path)
    count = f"select count(*) from audit.gate_results where delivery_id = '{delivery}'"
    assert answer(admin, count) == len(verdict.results)


@pytest.mark.parametrize(("feed", "entity"), [
    ("p3ke", "families"), ("dtks", "individuals"), ("pkh", "participants"), ("pkh", "components"), ("pkh", "payments"),
])  # fmt: skip
def test_every_feed_has_a_suite_that_runs(admin: Warehouse, tmp_path: Path, feed: str, entity: str) -> None:
    run(admin, "update audit.deliveries set status = 'superseded'")
    delivery_id = deliver(admin, feed, entity, content=next(CONTENTS), rows=1)
    run(
        admin,
        f"insert into landing.{feed}__{entity} (delivery_id, regency_code, period, source_file, sheet, source_row, "
        f"village_code, findings) values ('{delivery_id}', '64.02', '2026-10', 'x', '', 2, '64.02.06.2001', '{{}}')",
    )
    verdict = check_delivery(admin, delivery_id, expectations.delivery_suites(feed), tmp_path)
    assert verdict.crashed == ()
    assert failed(verdict) <= {"GATE-07"}


def test_pkh_may_move_less_than_other_lists(admin: Warehouse) -> None:
    limits = {
        suite.audits: (one.min_value, one.max_value)
        for feed in ("pkh", "dtks")
        for suite in expectations.delivery_suites(feed)
        for one in suite.expectations
        if one.meta["rule"] == "GATE-12"
    }
    assert limits["landing.pkh__participants"] == (95, 105)
    assert limits["landing.dtks__individuals"] == (80, 120)


def test_blocks_when_no_suite_is_about_the_list(admin: Warehouse, delivery: str, tmp_path: Path) -> None:
    with pytest.raises(GateCheckCrashed, match="no suite audits"):
        check_delivery(admin, delivery, expectations.delivery_suites("dtks"), tmp_path)


@pytest.mark.parametrize("status", ["received", "superseded"])
def test_only_landed_lists_are_judged(admin: Warehouse, delivery: str, tmp_path: Path, status: str) -> None:
    run(admin, f"update audit.deliveries set status = '{status}' where delivery_id = '{delivery}'")
    with pytest.raises(ReleaseUnknown):
        check_delivery(admin, delivery, expectations.delivery_suites("p3ke"), tmp_path)


def test_works_with_the_rights_of_those_who_land(database: Database, tmp_path: Path) -> None:
    delivery_id = make_landed(database.owner, "by the owner")
    verdict = check_delivery(database.owner, delivery_id, expectations.delivery_suites("p3ke"), tmp_path)
    assert verdict.passed
    sessions = "select count(*) from pg_stat_activity where application_name = 'rbpk-gate'"
    assert answer(database.admin, sessions) == 0


def test_the_report_names_rules_and_counts_but_no_one(admin: Warehouse, delivery: str, tmp_path: Path) -> None:
    run(admin, LIST.format("nik_clean = '6402060101909001'", 21).replace("{d}", delivery))
    check_delivery(admin, delivery, expectations.delivery_suites("p3ke"), tmp_path)
    report = everything_written(tmp_path)
    assert "GATE-09" in report
    assert f"{100 * 20 / LANDED_ROWS:g}" in report
    assert "6402060101909001" not in report
    assert "http" not in report.replace("http-equiv", "")
