"""Each rule on a candidate: a batch that passes, and one that trips that rule and no other."""

from __future__ import annotations

import logging
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import expectations
from rbpk.errors import GateBlocked, GateCheckCrashed, ReleaseUnknown
from rbpk.gate import Suite, check_release, engine
from rbpk.gate.suite import rule_of
from tests.conftest import fresh_database
from tests.integration.gate_kit import (
    DRAW_AGREEMENT,
    DRAW_COVERAGE,
    DRAW_LISTS,
    DRAW_SUMMARY,
    copy_good,
    everything_written,
    failed,
    prepare,
)
from tests.integration.publishing_kit import answer, ask, candidate, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

REVISIONS = count(2)
# Invented, and of a region no one is registered in.
NIK = "9999990101909001"

ALONE = "alone"
# Last month's links, made of this month's.
FORMER = (
    "insert into linkage.person_links (regency_code, period, feed, source_file, sheet, source_row, delivery_id, "
    "record_id, person_id, household_id, rule, score) "
    "select '64.02', '2026-09', '', '', '', 1, '', record_id, {}, '', 1 from {{w}}.person_links, {}"
)


@pytest.fixture(scope="module")
def warehouse_with_good_release(server_dsn: str, template: str) -> Iterator[Warehouse]:
    """Give one database to all cases: each makes a candidate of its own in it."""
    with fresh_database(server_dsn, template) as fresh:
        prepare(fresh.admin)
        yield fresh.admin


@pytest.fixture(scope="module", autouse=True)
def _the_same_numbers_are_judged_once() -> Iterator[None]:
    """A case spoils one table of fifty: Great Expectations need not be asked anew about the numbers of the others."""
    known: dict[object, dict[str, Any]] = {}
    validate = engine._validate

    def remembered(batches: Any, suite: Suite, row: dict[str, float]) -> dict[str, Any]:  # noqa: ANN401 - GX's own type
        asked = tuple((rule_of(one), one.severity, engine._threshold(one)) for one in suite.expectations)
        key = (suite.audits, asked, tuple(row.items()))
        if key not in known:
            known[key] = validate(batches, suite, row)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_validate", remembered)
        yield


@pytest.mark.parametrize("former", [True, False], ids=["after another", "first of its regency"])
def test_passes_a_good_release(warehouse_with_good_release: Warehouse, tmp_path: Path, *, former: bool) -> None:
    admin = warehouse_with_good_release
    release_id, *_ = copy_good(admin, next(REVISIONS), former=former)
    verdict = check_release(admin, release_id, expectations.release_suites(), tmp_path)
    assert failed(verdict) == set()
    assert verdict.passed
    verdict.raise_if_blocked()
    status = f"select status, verdict, built_at is not null from audit.releases where release_id = '{release_id}'"
    assert ask(admin, status) == [("candidate", "passed", True)]
    recorded = f"select count(*), bool_and(success) from audit.gate_results where release_id = '{release_id}'"
    assert ask(admin, recorded) == [(len(verdict.results), True)]


CASES = [
    pytest.param("GATE-20", "delete from {r}.dim_partners", id="an empty table"),
    pytest.param("GATE-21", "update {r}.dim_programmes set row_id = 'same'", id="a key twice"),
    pytest.param("GATE-22", "update {r}.dim_indicators set indicator_code = null", id="a key missing"),
    pytest.param("GATE-23", "update {r}.dim_partners set period = '2026-09'", id="a row of another month"),
    pytest.param("GATE-24", "delete from {r}.bnba_verification_worklist where row_id = 'h50'", id="a name missing"),
    pytest.param(
        "GATE-30",
        "update {r}.mart_households set household_id = 'h1' where household_id = 'h2'",
        id="a household twice",
    ),
    pytest.param("GATE-31", "update {r}.mart_households set desil = 11 where household_id = 'h1'", id="desil 11"),
    pytest.param(
        "GATE-32",
        "update {r}.mart_households set kecamatan_code = '64.02.11' where household_id = 'h1'",
        id="a village of another kecamatan",
    ),
    pytest.param(
        "GATE-33",
        "update {r}.mart_households set in_p3ke = false, in_dtks = false, in_pkh = false "
        "where substr(household_id, 2)::integer <= 75;" + DRAW_AGREEMENT,
        id="many households in no feed",
    ),
    pytest.param(
        "GATE-34",
        "update {r}.mart_households set is_exclusion_error = true, is_eligible = false where household_id = 'h1';"
        + DRAW_LISTS,
        id="excluded but not eligible",
    ),
    pytest.param(
        "GATE-35",
        "update {r}.mart_households set desa_code = null where substr(household_id, 2)::integer <= 9;" + DRAW_AGREEMENT,
        id="many households without a village",
    ),
    pytest.param(
        "GATE-36",
        ALONE + "update {r}.mart_households set desil = null where substr(household_id, 2)::integer <= 240",
        id="desil of few known",
    ),
    pytest.param(
        "GATE-37",
        "update {r}.mart_households set members = 20 where substr(household_id, 2)::integer <= 6",
        id="very large households",
    ),
    pytest.param(
        "GATE-38",
        "update {r}.mart_households set household_id = 'new' || household_id "
        "where substr(household_id, 2)::integer <= 75;" + DRAW_LISTS,
        id="a quarter of the households gone",
    ),
    pytest.param(
        "GATE-39",
        "insert into {r}.mart_households select 'n' || row_id, regency_code, period, release_id, 'n' || household_id, "
        "kecamatan_code, desa_code, members, desil, in_p3ke, in_dtks, in_pkh, in_dtsen, is_candidate, is_eligible, "
        "is_exclusion_error, is_inclusion_error, has_village_conflict, verification_status from {r}.mart_households "
        "where substr(household_id, 2)::integer <= 90;" + DRAW_AGREEMENT + DRAW_COVERAGE + DRAW_LISTS,
        id="a third more households",
    ),
    pytest.param(
        "GATE-40",
        "update {r}.mart_households set desil = desil % 10 + 1 where substr(household_id, 2)::integer <= 75",
        id="desil of a quarter changed",
    ),
    pytest.param(
        "GATE-41",
        "update {r}.mart_feed_agreement set count = count + 1 where row_id = "
        "(select min(row_id) from {r}.mart_feed_agreement where grain = 'household')",
        id="a household too many in the diagram",
    ),
    pytest.param(
        "GATE-42",
        "update {r}.mart_feed_agreement set grain = 'family' where row_id = "
        "(select min(row_id) from {r}.mart_feed_agreement where grain = 'person')",
        id="a cell of an unknown grain",
    ),
    pytest.param(
        "GATE-43",
        "update {r}.mart_feed_agreement set count = count + 10000 where row_id = "
        "(select min(row_id) from {r}.mart_feed_agreement where grain = 'person')",
        id="people nobody linked",
    ),
    pytest.param(
        "GATE-45",
        "update {r}.mart_coverage set served = households + 1 where row_id = 'c1';" + DRAW_SUMMARY,
        id="more served than there",
    ),
    pytest.param(
        "GATE-46",
        "update {r}.mart_coverage set households = households + 1 where row_id = 'c1';" + DRAW_SUMMARY,
        id="a household twice judged",
    ),
    pytest.param(
        "GATE-120",
        "insert into {r}.mart_feed_quality select 'q9', regency_code, period, release_id, 'pkh', 'payments', true, "
        "0, 0, 0, 0, null, null from {r}.mart_feed_quality limit 1",
        id="a month without payments",
    ),
    pytest.param("GATE-122", "delete from {r}.mart_household_history where household_id = 'h1'", id="a lost family"),
    pytest.param("GATE-121", "update {r}.mart_inclusion_errors set reason_id = null", id="an error nobody can explain"),
    pytest.param(
        "GATE-50",
        "update {r}.mart_feed_quality set rows_read = rows_read + 1 where feed = 'pkh'",
        id="unlike the ledger",
    ),
    pytest.param("GATE-51", "update {r}.mart_feed_quality set valid_nik_pct = 140", id="140 per cent"),
    pytest.param("GATE-55", "update {r}.mart_pkh_payments set paid_idr = 900001", id="more paid than delivered"),
    pytest.param("GATE-56", "update {r}.mart_pkh_payments set amounts_off_the_rule = 20", id="odd amounts"),
    pytest.param(
        "GATE-58",
        "update {r}.mart_release_changes set change = 'lost' where change = 'moved'",
        id="a change of no kind",
    ),
    pytest.param(
        "GATE-59",
        "insert into {r}.dim_regions select 'r9', regency_code, period, release_id, '64.02.99.2001', '64.02.99', "
        "'64.02.99.2001' from {r}.dim_regions limit 1;"
        "insert into {r}.mart_handover_status select 'x', regency_code, period, release_id, '64.02.99.2001', "
        "handover_status from {r}.mart_handover_status limit 1;"
        "insert into {r}.mart_progress_to_zero select 'x', regency_code, period, release_id, 'KECAMATAN', "
        "'64.02.99.2001', null, 0, 0 from {r}.mart_progress_to_zero limit 1",
        id="a village without its kecamatan",
    ),
    pytest.param(
        "GATE-60",
        "update {w}.person_links set record_id = 'unknown' where person_id = 'person1'",
        id="a record without a link",
    ),
    pytest.param(
        "GATE-61", "update {w}.person_links set person_id = 'person1' where person_id = 'person2'", id="two households"
    ),
    pytest.param(
        "GATE-62",
        "update {w}.person_links set person_id = 'glued' || substr(person_id, 7)::integer % 6, household_id = "
        "'glued' || substr(person_id, 7)::integer % 6 where substr(person_id, 7)::integer <= 300",
        id="six people of fifty records",
    ),
    pytest.param(
        "GATE-64",
        "update {w}.person_links set score = 0.8 where substr(person_id, 7)::integer <= 200",
        id="links by weak rules",
    ),
    pytest.param("GATE-63", "delete from linkage.person_links where person_id = 'person1'", id="links of another run"),
    pytest.param(
        "GATE-65",
        "update audit.deliveries set status = 'received', rows_read = null where feed = 'pkh'; "
        "update {r}.mart_feed_quality set rows_read = 0 where feed = 'pkh'",
        id="a delivery never read",
    ),
    pytest.param(
        "GATE-66",
        "update audit.deliveries set rows_read = rows_read + 1, rows_loaded = rows_loaded + 1 where feed = 'pkh'; "
        "update {r}.mart_feed_quality set rows_read = rows_read + 1, rows_loaded = rows_loaded + 1 where feed = 'pkh'",
        id="a row lost on the way",
    ),
    pytest.param(
        "GATE-110", "delete from {r}.mart_handover_status where desa_code = '64.02.06.2001'", id="a village less"
    ),
    pytest.param("GATE-111", "update {r}.mart_village_scorecard set score_c = 101", id="more points than there are"),
    pytest.param(
        "GATE-112",
        "update {r}.mart_progress_to_zero set families_on_any_list = 7 where level = 'REGENCY'",
        id="a regency unlike its villages",
    ),
    pytest.param(
        "GATE-410", "update {r}.fct_interventions set status = 'PLANNED' where row_id = 'g1'", id="not yet given"
    ),
    pytest.param("GATE-411", "update {r}.fct_interventions set programme_code = 'UNMAPPED'", id="labels nobody knows"),
    pytest.param(
        "GATE-412",
        "update {r}.fct_interventions set partner_name = 'PT' where row_id < 'g2'; insert into {r}.fct_interventions "
        "select row_id || 'x', regency_code, period, release_id, 'TJSP_MODAL', 'CSR', 'PT', 'PLEDGED', false, 1 "
        "from {r}.fct_interventions where row_id < 'g2'",
        id="partners who prove nothing",
    ),
    pytest.param(
        "GATE-413", "update {r}.mart_programme_overlap set breaches = 2", id="two programmes that exclude each other"
    ),
    pytest.param("GATE-414", "update {r}.mart_targeting_accuracy set amount_idr = 9000", id="money judged by half"),
    pytest.param("GATE-415", "update {r}.mart_opd_indicator_matrix set original_idr = -1", id="a budget below nothing"),
    pytest.param(
        "GATE-416",
        "update {r}.mart_opd_indicator_matrix set is_opd_without_program = true",
        id="an office without programme",
    ),
    pytest.param(
        "GATE-417", "update {r}.mart_opd_deliveries_expected set finding_code = 'LIST_MISSING'", id="a silent office"
    ),
    pytest.param(
        "GATE-418",
        "insert into {r}.mart_recommended_interventions select 'v1', regency_code, period, release_id, 'nobody', "
        "'RTLH', 'RUMAH' from {r}.mart_field_work",
        id="help for who is not eligible",
    ),
    pytest.param(
        "GATE-419",
        "update {r}.mart_pathway_mismatches set mismatch_code = 'ELDERLY_IN_TRAINING'",
        id="the old in training",
    ),
    pytest.param("GATE-420", "update {r}.mart_field_work set decided = 9", id="decided without a visit"),
    pytest.param("GATE-421", "update {r}.mart_verification_conflicts set agreed = 5", id="roles that disagree"),
    pytest.param(
        "GATE-80",
        "insert into {r}.fct_budget_lines select 'b2', regency_code, period, release_id, budget_year, opd_code, "
        "sub_kegiatan_code, indicator_code, fund_source, phase, is_current_phase, 0, 0 from {r}.fct_budget_lines",
        id="a ceiling twice",
    ),
    pytest.param("GATE-81", "update {r}.fct_budget_lines set planned_idr = 41", id="planned over the ceiling"),
    pytest.param("GATE-82", "update {r}.mart_budget_schedule set is_over_ceiling = true", id="spent over the ceiling"),
    pytest.param("GATE-83", "update {r}.mart_budget_schedule set has_budget_line = false", id="spent without a line"),
    pytest.param("GATE-84", "update {r}.mart_budget_coverage set fundable_households = 5", id="need neither nor"),
    pytest.param(
        "GATE-85",
        "insert into {r}.mart_residual_households select 'b3', regency_code, period, release_id, household_id, 3, "
        "'FUNDED_ELSEWHERE', null, null from {r}.mart_residual_households limit 1",
        id="a family offered twice",
    ),
    pytest.param("GATE-86", "update {r}.mart_partner_commitments set open_units = 1", id="more offered than promised"),
    pytest.param("GATE-87", "update {r}.mart_partner_commitments set unproven_idr = 100", id="gifts without evidence"),
    pytest.param("GATE-88", "update {r}.mart_village_budgets set poverty_lines = 6", id="more lines than there are"),
    pytest.param(
        "GATE-89", "update {r}.mart_village_budgets set compliance = 'NO_POVERTY_LINE'", id="nothing for the poor"
    ),
    pytest.param("GATE-90", "update {r}.mart_funding_mix set planned_share_pct = 50", id="half of the whole"),
    pytest.param(
        "GATE-91", "update {r}.mart_budget_plan_gaps set plan_status = 'PLAN_WITHOUT_BUDGET'", id="a list unpaid for"
    ),
    pytest.param(
        "GATE-130", "update {r}.mart_kecamatan_priorities set families_on_any_list = 299", id="two totals of families"
    ),
    pytest.param("GATE-131", "update {r}.mart_funding_mix set delivered_idr = 899999", id="two totals of rupiah"),
    pytest.param("GATE-132", "insert into {w}.stg_baznas__distributions values (5)", id="rupiah that got lost"),
    pytest.param(
        "GATE-133", "update {r}.mart_feed_quality set newest_period = '2026-08' where feed = 'dtks'", id="an older list"
    ),
    pytest.param(
        "GATE-134",
        FORMER.format("person_id, household_id", "(values (1), (2)) as twice"),
        id="rows that no longer find each other",
    ),
    pytest.param(
        "GATE-135",
        FORMER.format(
            "case when substr(person_id, 7)::integer > 225 then person_id else 'gone' || person_id end, household_id",
            "(values (1)) as once",
        ),
        id="ids that are gone",
    ),
    pytest.param(
        "GATE-136",
        "update {r}.mart_households set desa_code = '64.02.06.2001' where substr(household_id, 2)::integer <= 120;"
        + DRAW_AGREEMENT
        + DRAW_COVERAGE,
        id="families that moved by the hundred",
    ),
    pytest.param(
        "GATE-137",
        "update {r}.mart_households set is_exclusion_error = true where is_eligible "
        "and substr(household_id, 2)::integer <= 100;" + DRAW_LISTS,
        id="many forgotten at once",
    ),
    pytest.param("GATE-70", "create table {r}.mart_unheard_of (a integer)", id="a table nobody asks about"),
]
SEVERITIES = {
    expectation.meta["rule"]: expectation.severity.value
    for suite in expectations.release_suites()
    for expectation in suite.expectations
}


@pytest.mark.parametrize(("rule", "spoil"), CASES)
def test_trips_one_rule_and_no_other(
    warehouse_with_good_release: Warehouse, tmp_path: Path, rule: str, spoil: str
) -> None:
    admin = warehouse_with_good_release
    release_id, work, release = copy_good(admin, next(REVISIONS), former=not spoil.startswith(ALONE))
    run(admin, spoil.removeprefix(ALONE).replace("{r}", release).replace("{w}", work).replace("{0}", release))
    verdict = check_release(admin, release_id, expectations.release_suites(), tmp_path)
    assert failed(verdict) == {rule}
    assert verdict.passed is (SEVERITIES[rule] != "critical")
    status = answer(admin, f"select status from audit.releases where release_id = '{release_id}'")
    assert status == ("candidate" if verdict.passed else "blocked")


def test_every_suite_is_asked() -> None:
    written = {path.stem for path in (Path(expectations.__file__).parent / "suites").glob("*.py")}
    of_lists = {name for name in written if "__" in name}
    assert written - of_lists == set(expectations.RELEASE_SUITES)


def test_every_rule_has_its_case() -> None:
    assert {case.values[0] for case in CASES} == set(SEVERITIES)


def test_blocks_when_a_check_cannot_run_whatever_its_severity(
    warehouse_with_good_release: Warehouse, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    admin = warehouse_with_good_release
    release_id, _, release = copy_good(admin, next(REVISIONS))
    run(admin, f"alter table {release}.mart_pkh_payments drop column families")
    suites = [suite for suite in expectations.release_suites() if suite.table == "mart_pkh_payments"]
    only_warnings = [Suite(s.audits, s.measures, s.expectations[-1:]) for s in suites]
    verdict = check_release(admin, release_id, only_warnings, tmp_path)
    assert [(one.severity, one.crashed, one.success) for one in verdict.results] == [("warning", True, False)]
    with pytest.raises(GateCheckCrashed, match="GATE-56"):
        verdict.raise_if_blocked()
    recorded = f"select crashed, success from audit.gate_results where release_id = '{release_id}'"
    assert ask(admin, recorded) == [(True, False)]
    assert "could not measure" in caplog.text


@pytest.mark.parametrize(
    "careless",
    [
        pytest.param("max(household_id::bigint)", id="a measure that is a NIK"),
        pytest.param("max(('x' || household_id)::integer)", id="a database error that quotes a NIK"),
        pytest.param("max(household_id)", id="a measure that is text"),
        pytest.param("null::integer", id="a measure without an answer"),
    ],
)
def test_no_value_leaves_the_warehouse(
    warehouse_with_good_release: Warehouse,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    careless: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    admin = warehouse_with_good_release
    release_id, _, release = copy_good(admin, next(REVISIONS))
    run(admin, f"update {release}.mart_households set household_id = '{NIK}'")
    households = next(suite for suite in expectations.release_suites() if suite.table == "mart_households")
    unique = next(one for one in households.expectations if one.meta["rule"] == "GATE-30")
    suite = Suite(households.audits, f"select {careless} as households_repeated from {{table}}", (unique,))
    verdict = check_release(admin, release_id, [suite], tmp_path)
    assert verdict.crashed
    with pytest.raises(GateCheckCrashed) as error:
        verdict.raise_if_blocked()
    results = ask(admin, f"select gate_results::text from audit.gate_results where release_id = '{release_id}'")
    out, err = capfd.readouterr()
    for told in (caplog.text, out, err, str(error.value), repr(verdict), repr(results), everything_written(tmp_path)):
        assert NIK not in told
        assert NIK[:13] not in told


def test_only_candidates_are_judged(warehouse_with_good_release: Warehouse, tmp_path: Path) -> None:
    admin = warehouse_with_good_release
    for release_id in ("good", "6402-209901-r1"):
        with pytest.raises(ReleaseUnknown):
            check_release(admin, release_id, expectations.release_suites(), tmp_path)


def test_a_blocked_candidate_leaves_readers_where_they_were(database: Database, tmp_path: Path) -> None:
    from rbpk.publishing import publish  # noqa: PLC0415 - for this test alone

    publish(database.publisher, candidate(database.owner, (1, 2)).release_id, "tester")
    worse = candidate(database.owner, (1, 11), verdict=None)
    households = next(suite for suite in expectations.release_suites() if suite.table == "mart_households")
    desil = next(one for one in households.expectations if one.meta["rule"] == "GATE-31")
    measures = "select count(*) filter (where desil > 10) as desil_outside_1_10 from {table}"
    verdict = check_release(database.owner, worse.release_id, [Suite(households.audits, measures, (desil,))], tmp_path)
    assert [(one.unexpected_count, one.observed) for one in verdict.results] == [(1, 1.0)]
    with pytest.raises(GateBlocked, match="GATE-31"):
        verdict.raise_if_blocked()
    with pytest.raises(GateBlocked):
        publish(database.publisher, worse.release_id, "tester")
    assert answer(database.bi_reader, "select max(desil) from published.mart_households") == 2
    # Mended and judged again, it may go out.
    run(database.owner, f"update {worse.release_schema}.mart_households set desil = 3 where desil = 11")
    assert check_release(
        database.owner, worse.release_id, [Suite(households.audits, measures, (desil,))], tmp_path
    ).passed
    assert publish(database.publisher, worse.release_id, "tester").is_current
