"""A whole invented candidate and a landed delivery that pass every rule, to be spoiled one rule at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rbpk.feeds.registry import contract
from tests.integration.publishing_kit import deliver, run

if TYPE_CHECKING:
    from pathlib import Path

    from rbpk.gate import Verdict
    from rbpk.warehouse import Warehouse

REGENCY, PERIOD = "64.02", "2026-10"
FACTS = f"'{REGENCY}'::text as regency_code, '{PERIOD}'::text as period, 'good'::text as release_id"
PEOPLE = 900

# What other tables count of the same households and cells.
DRAW_TOTALS = """
update {0}.mart_kecamatan_priorities set
    families_on_any_list = (select count(kecamatan_code) from {0}.mart_households),
    exclusion_errors = (select count(*) from {0}.mart_households where is_exclusion_error);
update {0}.mart_village_scorecard as scored set
    families_on_any_list = (select count(*) from {0}.mart_households as known where known.desa_code = scored.desa_code);
"""
DRAW_SUMMARY = f"""
drop table if exists {{0}}.mart_coverage_summary;
create table {{0}}.mart_coverage_summary as
select 'k' || row_number() over () as row_id, {FACTS}, level, programme_code, sum(households)::integer as families,
    sum(eligible)::integer as eligible, sum(served)::integer as served,
    sum(exclusion_errors)::integer as exclusion_errors, sum(inclusion_errors)::integer as inclusion_errors
from {{0}}.mart_coverage, (values ('KECAMATAN'), ('VILLAGE')) as levels (level) group by level, programme_code;
update {{0}}.mart_coverage_summary set release_id = (select max(release_id) from {{0}}.mart_households);
"""
# Cells and coverage are drawn from the households, so that a test may change those and draw again.
DRAW_AGREEMENT = (
    f"""
drop table if exists {{0}}.mart_feed_agreement;
create table {{0}}.mart_feed_agreement as
select 'g' || row_number() over () as row_id, {FACTS}, kecamatan_code, desa_code, grain, in_p3ke, in_dtks,
    in_pkh, count(*)::integer as count
from {{0}}.mart_households, (values ('household'), ('person')) as grains (grain)
where in_p3ke or in_dtks or in_pkh group by kecamatan_code, desa_code, grain, in_p3ke, in_dtks, in_pkh;
update {{0}}.mart_feed_agreement set release_id = (select max(release_id) from {{0}}.mart_households);
"""
    + DRAW_TOTALS
)
DRAW_COVERAGE = (
    f"""
drop table if exists {{0}}.mart_coverage;
create table {{0}}.mart_coverage as
select 'c' || row_number() over () as row_id, {FACTS}, kecamatan_code, desa_code, desil, programme_code,
    count(*)::integer as households, count(*)::integer as eligible, 1 as served,
    count(*)::integer - 1 as exclusion_errors, 0 as inclusion_errors
from {{0}}.mart_households, (values ('PKH'), ('BPNT')) as programmes (programme_code)
group by kecamatan_code, desa_code, desil, programme_code;
update {{0}}.mart_coverage set release_id = (select max(release_id) from {{0}}.mart_households);
drop table if exists {{0}}.mart_progress_to_zero;
create table {{0}}.mart_progress_to_zero as
select 'z' || row_number() over () as row_id, {FACTS}, level, case when level <> 'REGENCY' then kecamatan_code end
    as kecamatan_code, case when level = 'VILLAGE' then desa_code end as desa_code,
    count(*)::integer as families_on_any_list, 1 as families_remaining_on_list
from {{0}}.mart_households, (values ('REGENCY'), ('KECAMATAN'), ('VILLAGE')) as levels (level) group by 6, 7, level;
update {{0}}.mart_progress_to_zero set release_id = (select max(release_id) from {{0}}.mart_households);
"""
    + DRAW_TOTALS
    + DRAW_SUMMARY
)
DRAW_LISTS = (
    """
drop table if exists {0}.mart_household_history;
create table {0}.mart_household_history as
select row_id, regency_code, period, release_id, household_id, period as valid_from, true as is_current
from {0}.mart_households;
drop table if exists {0}.bnba_exclusion_errors, {0}.bnba_inclusion_errors, {0}.bnba_verification_worklist;
create table {0}.bnba_exclusion_errors as select row_id, regency_code, period, release_id, household_id, kecamatan_code
from {0}.mart_households where is_exclusion_error;
create table {0}.bnba_inclusion_errors as select row_id, regency_code, period, release_id, household_id, kecamatan_code
from {0}.mart_households where is_inclusion_error;
drop table if exists {0}.bnba_partner_offer, {0}.bnba_opd_delivery;
create table {0}.bnba_partner_offer as select row_id, regency_code, period, release_id, household_id,
    'O1' as offer_code, 'OFFERED' as offer_status from {0}.mart_households where desil = 1;
create table {0}.bnba_opd_delivery as select row_id, regency_code, period, release_id, household_id, '1.06' as opd_code,
    'PKH' as programme_code from {0}.mart_households where desil = 1;
create table {0}.bnba_verification_worklist as
select row_id, regency_code, period, release_id, household_id, kecamatan_code
from {0}.mart_households where is_exclusion_error or is_inclusion_error or has_village_conflict;
"""
    + DRAW_TOTALS
)
GOOD = (
    f"""
create schema good;
create table good.dim_regions as
select 'r' || region_code as row_id, {FACTS}, region_code, left(region_code, 8) as kecamatan_code, desa_code,
    case when desa_code is not null then 'desa' end as village_kind
from (values ('64.02.06', null), ('64.02.06.2001', '64.02.06.2001'), ('64.02.06.2002', '64.02.06.2002'))
    as regions (region_code, desa_code);
create table good.dim_programmes as
select 'd' || code as row_id, {FACTS}, code as programme_code from (values ('PKH'), ('BPNT')) as listed (code);
create table good.dim_indicators as
select 'd' || code as row_id, {FACTS}, code as indicator_code from (values ('HOUSING')) as listed (code);
create table good.dim_partners as
select 'd' || code as row_id, {FACTS}, code as partner_code from (values ('TJSP')) as listed (code);
create table good.mart_households as
select 'h' || n as row_id, {FACTS}, 'h' || n as household_id, '64.02.06' as kecamatan_code,
    '64.02.06.200' || (1 + n % 2) as desa_code, 4 as members, 1 + n % 10 as desil, true as in_p3ke,
    n % 3 = 0 as in_dtks, n % 5 = 0 as in_pkh, false as in_dtsen, false as is_candidate,
    n % 10 < 4 as is_eligible, false as is_exclusion_error,
    false as is_inclusion_error, n % 50 = 0 as has_village_conflict, 'UNVERIFIED' as verification_status
from generate_series(1, 300) as n;
create table good.mart_handover_status as
select 's' || desa_code as row_id, {FACTS}, desa_code, 'MISSING' as handover_status
from good.dim_regions where desa_code is not null;
create table good.mart_village_scorecard as
select 's' || desa_code as row_id, {FACTS}, desa_code, 0 as families_on_any_list,
    40.5 as total_score, 50.0 as score_a, null::numeric as score_b,
    0.0 as score_c, 100.0 as score_d, 40.0 as score_e, 30 as weight_a_pct, 30 as weight_b_pct, 15 as weight_c_pct,
    10 as weight_d_pct, 15 as weight_e_pct from good.dim_regions where desa_code is not null;
create table good.mart_kecamatan_priorities as
select 's' || region_code as row_id, {FACTS}, region_code as kecamatan_code, 0 as families_on_any_list,
    0 as exclusion_errors
from good.dim_regions where desa_code is null;
create table good.mart_macro_indicators as
select 'm1' as row_id, {FACTS}, date '2024-12-31' as as_of, 'BPS' as source, 7.28 as figure;
create table good.mart_inpres_quarterly as
select 'i1' as row_id, {FACTS}, 1 as line_number, 'INCOME' as strategy, '2.07.03.2.01.0001' as sub_kegiatan_code,
    40::numeric as current_ceiling_idr;
create table good.mart_oppkpke_semester as select * from good.mart_inpres_quarterly;
create table good.mart_lp2kd_indicators as
select 'l1' as row_id, {FACTS}, 1 as line_number, 'MAKRO' as section, 'P0' as indicator_code;
create table good.mart_pkh_payments as
select 'p1' as row_id, {FACTS}, 100 as families, 900000::numeric as delivered_idr, 800000::numeric as paid_idr,
    1 as amounts_off_the_rule;
create table good.dim_dates as
select 'd1' as row_id, {FACTS}, date '2026-10-01' as date_day, '2026-10' as month_period;
create table good.mart_unlisted_families as select 'u1' as row_id, {FACTS}, 3 as households;
create table good.mart_feed_conflicts as
select 'f1' as row_id, {FACTS}, 'p3ke' as feed_a, 'dtks' as feed_b, 'NAME' as attribute;
create table good.mart_programme_effectiveness as select 'e1' as row_id, {FACTS}, 'PKH' as programme_code;
create table good.mart_inclusion_errors as
select 'i1' as row_id, {FACTS}, 'PKH' as programme_code, 'DECEASED' as reason_code, 'Meninggal' as reason_id,
    2 as households, 1 as households_counted_once, 2::numeric as amount_idr, 1::numeric as amount_counted_once_idr;
create table good.mart_release_changes as
select 'x' || change as row_id, {FACTS}, change, 3 as count from (values ('added'), ('moved')) as listed (change);
create table good.mart_feed_quality as
select 'q' || entity as row_id, {FACTS}, feed, entity, true as is_required,
    {PEOPLE // 3} as rows_read, {PEOPLE // 3} as rows_loaded,
    0 as rows_quarantined, 0 as rows_duplicate, 97.5::numeric as valid_nik_pct, 80::numeric as padan_pct,
    '{PERIOD}'::text as newest_period
from (values ('p3ke', 'families'), ('dtks', 'individuals'), ('pkh', 'participants')) as listed (feed, entity);
create table good.fct_interventions as
select 'g' || n as row_id, {FACTS}, 'PKH' as programme_code, 'APBN' as funder_type, null::text as partner_name,
    'DELIVERED' as status, true as is_delivered, 90000::numeric as amount_idr, null::text as opd_code,
    'pkh'::text as feed, 'payments'::text as entity from generate_series(1, 10) as n;
create table good.mart_programme_overlap as
select 'o1' as row_id, {FACTS}, 'BLT_DD' as programme_a, 'PKH' as programme_b, 'NOT_ALLOWED' as rule_code,
    0 as breaches;
create table good.mart_targeting_accuracy as
select 't1' as row_id, {FACTS}, 'PKH' as programme_code, 'APBN' as funder_type, 10 as deliveries, 10 as recipients,
    8 as on_list, 3 as desil_1, 3 as desil_2_4, 1 as desil_5_up, 1 as desil_unknown, 900000::numeric as amount_idr;
create table good.mart_opd_indicator_matrix as
select 'z' || indicator as row_id, {FACTS}, 'DINSOS' as opd_code, indicator, 10 as original_idr, 20 as current_idr,
    5 as realised_idr, 0 as delivered_idr, false as is_opd_without_program
from (values ('RUMAH'), ('EKONOMI')) as listed (indicator);
create table good.mart_opd_deliveries_expected as
select 'y1' as row_id, {FACTS}, 'perkim_rtlh' as office_code, null::text as finding_code;
create table good.mart_recommended_interventions as
select 'v1' as row_id, {FACTS}, 'h1' as household_id, 'RTLH' as programme_code, 'RUMAH' as indicator where false;
create table good.mart_pathway_mismatches as
select 'n1' as row_id, {FACTS}, 'YOUNG_WITH_AID_ONLY' as mismatch_code;
create table good.mart_field_work as
select 'j1' as row_id, {FACTS}, 'puskesos' as officer_role, 10 as assigned, 4 as visited, 1 as visited_off_list,
    3 as decided, 1 as undecided, 2 as never_verified, 1 as stale, 3 as overdue;
create table good.mart_verification_conflicts as
select 'l1' as row_id, {FACTS}, 10 as seen_by_both, 9 as agreed;
create table good.fct_budget_lines as
select 'b1' as row_id, {FACTS}, 2026 as budget_year, '1.06' as opd_code, '2.07.03.2.01.0001' as sub_kegiatan_code,
    'EKONOMI' as indicator_code, 'PAD' as fund_source, 'MURNI' as phase, true as is_current_phase,
    40::numeric as planned_idr, 40::numeric as ceiling_idr;
create table good.mart_budget_schedule as
select 'b1' as row_id, {FACTS}, '1.06' as opd_code, '2.07.03.2.01.0001' as sub_kegiatan_code, 'OK' as flag,
    10::numeric as realised_idr, true as has_budget_line, false as is_over_ceiling;
create table good.mart_budget_plan_gaps as
select 'b1' as row_id, {FACTS}, '1.06' as opd_code, '2.07.03.2.01.0001' as sub_kegiatan_code, 'PLANNED' as plan_status;
create table good.mart_funding_mix as
select 'b1' as row_id, {FACTS}, 'APBN' as funder_type, 100::numeric as planned_share_pct,
    100::numeric as delivered_share_pct, 900000::numeric as delivered_idr, 10 as deliveries;
create table good.mart_village_budgets as
select 'b1' as row_id, {FACTS}, '64.02.06.2001' as desa_code, 'COMPLIANT' as compliance, 100::numeric as budget_idr,
    40::numeric as poverty_budget_idr, 5 as budget_lines, 2 as poverty_lines;
create table good.mart_budget_coverage as
select 'b1' as row_id, {FACTS}, 'RTLH' as programme_code, 'MURNI' as phase, 10 as need_households,
    4 as fundable_households, 6 as residual_households, 40::numeric as fundable_idr, 40::numeric as ceiling_idr,
    100::numeric as need_idr;
create table good.mart_residual_households as
select 'b' || n as row_id, {FACTS}, 'h' || n as household_id, n as priority_rank, 'OFFERED' as offer_status,
    'O1' as offer_code, 'TJSP' as offered_to from generate_series(1, 2) as n;
create table good.mart_partner_commitments as
select 'b1' as row_id, {FACTS}, 'O1' as offer_code, 'TJSP' as partner_code, 2 as open_units,
    100::numeric as delivered_idr, 0::numeric as unproven_idr;
create table good.mart_feed_quality_reasons as
select 'w1' as row_id, {FACTS}, 'p3ke' as feed, 'NIK_SCI' as reason_code;
"""
    + DRAW_AGREEMENT.format("good")
    + DRAW_COVERAGE.format("good")
    + DRAW_LISTS.format("good")
)
WORK = f"""
create table {{0}}.int_person_records_unioned as
select delivery_id || '//' || n as record_id, delivery_id, 'individuals' as entity
from generate_series(1, {PEOPLE // 3}) as n, audit.release_deliveries where release_id = '{{1}}';
create table {{0}}.person_links as
select
  record_id, 'person' || row_number() over () as person_id, 'house' || row_number() over () as household_id,
  delivery_id, 'p3ke' as feed, 1.0 as score
from {{0}}.int_person_records_unioned;
create table {{0}}.stg_pkh__payments as select 900000::numeric as amount_idr;
create table {{0}}.stg_baznas__distributions (amount_idr numeric);
create table {{0}}.stg_blt_dd__recipients (amount_idr numeric);
create table {{0}}.stg_tjsp__deliveries (amount_idr numeric);
create table {{0}}.stg_tni__housing_units (amount_idr numeric);
delete from linkage.person_links;
insert into linkage.person_links
select '{REGENCY}', '{PERIOD}', '', '', '', 1, '', record_id, person_id, household_id, '', 1 from {{0}}.person_links;
"""


def prepare(admin: Warehouse) -> None:
    """Make the good tables, the three deliveries they stand for, and the release readers see now."""
    run(admin, GOOD)
    for feed, entity in (("p3ke", "families"), ("dtks", "individuals"), ("pkh", "participants")):
        deliver(admin, feed, entity, rows=PEOPLE // 3)
    run(
        admin,
        "insert into audit.releases (release_id, regency_code, period, revision, status, work_schema, release_schema, "
        f"inputs_hash, code_version) values ('good', '{REGENCY}', '{PERIOD}', 1, 'published', 'w', 'good', '', '')",
        "insert into audit.release_deliveries select 'good', delivery_id from audit.deliveries",
    )


def copy_good(admin: Warehouse, revision: int, *, former: bool = True) -> tuple[str, str, str]:
    """Make a candidate like the good one; return its id and schemas."""
    release_id, work, release = f"6402-202610-r{revision}", f"work_{revision}", f"release_{revision}"
    run(
        admin,
        f"insert into audit.releases (release_id, regency_code, period, revision, status, work_schema, release_schema, "
        f"inputs_hash, code_version) values ('{release_id}', '{REGENCY}', '{PERIOD}', {revision}, 'candidate', "
        f"'{work}', '{release}', '', '')",
        f"insert into audit.release_deliveries select '{release_id}', delivery_id from audit.release_deliveries "
        "where release_id = 'good'",
        f"create schema {work}; create schema {release}",
        f"""
        do $$ declare t text; begin
            for t in select relname from pg_class where relnamespace = 'good'::regnamespace and relkind = 'r' loop
                execute format('create table {release}.%I as select * from good.%I', t, t);
                execute format('update {release}.%I set release_id = %L', t, '{release_id}');
            end loop;
        end $$
        """,
        WORK.format(work, release_id),
        f"update audit.deliveries set status = 'landed', rows_read = {PEOPLE // 3}, rows_loaded = {PEOPLE // 3}",
        "delete from audit.current_releases",
    )
    if former:
        run(admin, f"insert into audit.current_releases values ('{REGENCY}', 'good', now(), 'tester')")
    return release_id, work, release


LANDED_ROWS = 200


def make_landed(admin: Warehouse, content: str, feed: str = "p3ke", entity: str = "individuals") -> str:
    """Land an invented list of people that passes every rule."""
    promised = contract(feed, entity)
    columns = ", ".join(f"{name} {kind}" for name, kind in promised.landing_columns())
    delivery_id = deliver(admin, feed, entity, content=content, period="2026-10", rows=LANDED_ROWS)
    run(
        admin,
        f"create table if not exists landing.{promised.table} ({columns})",
        f"insert into landing.{promised.table} (delivery_id, regency_code, period, source_file, sheet, source_row, "
        "nik_clean, village_code, findings) "
        f"select '{delivery_id}', '64.02', '2026-10', 'list.csv', '', n + 1, "
        "'640206' || lpad((n * 37)::text, 10, '0'), '64.02.06.2001', '{}' "
        f"from generate_series(1, {LANDED_ROWS}) as n",
    )
    return delivery_id


def failed(verdict: Verdict) -> set[str]:
    """Name the rules that did not hold."""
    return {result.rule for result in verdict.results if not result.success}


def everything_written(folder: Path) -> str:
    """Return all text under a folder."""
    return "\n".join(page.read_text("utf-8") for page in sorted(folder.rglob("*")) if page.is_file())
