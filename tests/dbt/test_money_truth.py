"""Two months of deliveries with truth, if they are beside the repository: every rupiah, families by name.

Every delivered P3KE family is taken as a household of its own, as the truth does: what linkage makes of them is
asked elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from psycopg2 import sql
from upath import UPath

from rbpk.landing import land, load_regions, receive
from rbpk.publishing import open_release
from tests.conftest import fresh_database
from tests.dbt.test_build import reach, shape_landing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rbpk.warehouse import Warehouse

DELIVERIES = Path(__file__).parents[3] / "shared" / "deliveries"
MONTHS = sorted(path.name for path in DELIVERIES.glob("64.02/*") if path.is_dir())
READ = ("apbd/*", "apbdes/*", "mitra/*", "opd/*", "p3ke/*KELUARGA*", "pkh/BAYAR*")
BUILT = (
    "int_interventions_unioned",
    *("fct_budget_lines", "mart_budget_schedule", "mart_village_budgets", "mart_partner_commitments"),
    *("mart_funding_mix", "mart_budget_coverage", "mart_budget_plan_gaps"),
)
LISTS = """
select office_code, count(*)::integer, sum(amount_idr)::bigint
from {work}.int_interventions_unioned where feed = 'opd' group by office_code
"""
FUNDS = """
select
    feed, count(*)::integer, sum(amount_idr)::bigint, coalesce(sum(amount_idr) filter (where is_delivered), 0)::bigint
from {work}.int_interventions_unioned where feed <> 'opd' group by feed
"""
LINKS = """
insert into {work}.person_links (regency_code, period, feed, source_file, sheet, source_row, delivery_id, record_id,
    person_id, household_id, rule, score)
select regency_code, %(period)s, 'p3ke', source_file, sheet, source_row, delivery_id,
    delivery_id || '/' || sheet || '/' || source_row, 'p' || id_keluarga_p3ke, id_keluarga_p3ke, 'test', 1
from landing.p3ke__families inner join audit.release_deliveries using (delivery_id) where release_id = %(release)s
"""

pytestmark = pytest.mark.skipif(not MONTHS, reason="no deliveries with truth beside the repository")


@dataclass(frozen=True)
class Month:
    """A built month and what the truth says of it."""

    owner: Warehouse
    period: str
    names: dict[str, str]
    dbt: Callable[..., str]
    way: dict[str, str]

    @cached_property
    def truth(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((DELIVERIES / "truth" / "expected.json").read_text("utf-8"))
        return dict(found["periods"][self.period])

    def run(self, *arguments: str) -> None:
        self.dbt(*arguments, "--vars", json.dumps(self.names), **self.way)

    def ask(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        schemas = {name: sql.Identifier(self.names[f"{name}_schema"]) for name in ("work", "release")}
        with self.owner.connect() as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL(query).format(**schemas), values)
            return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture(scope="module")
def months(
    server_dsn: str, template: str, dbt: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Month]]:
    """Land what tells of money in both months and build what is made of it; other lists stay empty."""
    with fresh_database(server_dsn, template) as database:
        way, store = reach(database, server_dsn), UPath(tmp_path_factory.mktemp("store"))
        shape_landing(database)
        built = {}
        for period in MONTHS:
            for pattern in READ:
                for file in sorted((DELIVERIES / "64.02" / period).glob(pattern)):
                    name = str(file.relative_to(DELIVERIES))
                    for delivery in receive(database.owner, store, UPath(DELIVERIES), name).deliveries:
                        land(database.owner, store, delivery.delivery_id, load_regions())
            opened = open_release(database.owner, "64.02", period, "truth", force=True, required=())
            names = {
                "regency": "64.02",
                "period": period,
                "release_id": opened.release_id,
                "work_schema": opened.work_schema,
                "release_schema": opened.release_schema,
            }
            month = Month(database.owner, period, names, dbt, way)
            month.ask("create table {work}.person_links (like linkage.person_links)")
            month.ask(LINKS, period=period, release=opened.release_id)
            month.run("seed")
            # The truth reads the list as it is: nobody's job rules a family out.
            month.ask("update {work}.jobs set is_ineligible = false")
            built_now = [name for name in BUILT if period == MONTHS[-1] or name != "mart_budget_coverage"]
            month.run("run", "--select", *(f"+{name}" for name in built_now))
            built[period] = month
        yield built


@pytest.mark.parametrize("period", MONTHS)
def test_the_budget_ties_to_the_rupiah(months: dict[str, Month], period: str) -> None:
    month, expected = months[period], months[period].truth["budget"]
    sums = "coalesce(sum(ceiling_idr) filter (where {}), 0)::bigint"
    murni, current = sums.format("phase = 'MURNI'"), sums.format("is_current_phase")
    by_office = month.ask(
        f"select offices.short_name, {murni}, {current}, coalesce(sum(realised_idr), 0)::bigint "
        "from {release}.fct_budget_lines inner join {work}.offices using (opd_code) group by 1"
    )
    assert {office: {"murni": a, "current": b, "realised": c} for office, a, b, c in by_office} == expected["per_opd"]
    by_source = month.ask(f"select fund_source, {current} from {{release}}.fct_budget_lines group by 1")
    assert dict(by_source) == expected["per_source"]
    assert month.ask(
        f"select {murni}, {current}, sum(realised_idr)::bigint from {{release}}.fct_budget_lines"
    ) == [(expected["total_murni"], expected["total_current"], expected["total_realised"])]  # fmt: skip


@pytest.mark.parametrize("period", MONTHS)
def test_the_schedule_of_every_line(months: dict[str, Month], period: str) -> None:
    month = months[period]
    found = month.ask(
        "select sub_kegiatan_code, window_from_month, window_to_month, planned_idr::bigint, realised_idr::bigint, "
        "is_over_ceiling, flag = 'OUTSIDE_WINDOW' from {release}.mart_budget_schedule"
    )
    assert sorted(found) == sorted(
        (
            *(line["code"], *line["window"], line["planned_to_month"], line["realised_to_month"]),
            *(line["over_ceiling"], line["outside_window"]),
        )
        for line in month.truth["budget"]["per_line"]
    )
    unlabelled = month.ask(
        "select distinct sub_kegiatan_code from {release}.fct_budget_lines where indicator_code is null"
    )
    assert {code for (code,) in unlabelled} == set(month.truth["budget"]["lines_without_indicator"])


@pytest.mark.parametrize("period", MONTHS)
def test_village_budgets_and_their_share_for_the_poor(months: dict[str, Month], period: str) -> None:
    month, expected = months[period], months[period].truth["apbdes"]
    found = month.ask(
        "select desa_code, budget_idr::bigint, poverty_share_pct from {release}.mart_village_budgets where has_budget"
    )
    assert (len(found), sum(row[1] for row in found)) == (expected["villages"], expected["total"])
    assert {code: round(float(share) / 100, 4) for code, _, share in found} == expected["poverty_share"]


@pytest.mark.parametrize("period", MONTHS)
def test_promises_and_gifts_of_partners(months: dict[str, Month], period: str) -> None:
    month, tjsp, baznas = months[period], months[period].truth["tjsp"], months[period].truth["baznas"]
    (found,) = month.ask(
        "select count(commitment_status) filter (where commitment_status <> 'UNCOMMITTED'), "
        "sum(committed_idr)::bigint, sum(delivered_idr + unproven_idr)::bigint, sum(unproven_idr)::bigint "
        "from {release}.mart_partner_commitments where partner_code = 'TJSP'"
    )
    names = ("commitments", "committed_total", "delivered_total", "delivered_without_evidence")
    assert found == tuple(tjsp[name] for name in names)
    by_status = "select lower(commitment_status), sum(committed_idr)::bigint from {release}.mart_partner_commitments"
    assert dict(month.ask(f"{by_status} where committed_idr > 0 group by 1")) == tjsp["by_status"]
    capacity = "select indicator_code, sum(target_units)::integer from {release}.mart_partner_commitments"
    assert dict(month.ask(f"{capacity} where is_open group by 1")) == tjsp["capacity_units_by_indicator"]
    given = "select programme_label, sum(delivered_idr)::bigint from {release}.mart_partner_commitments"
    assert dict(month.ask(f"{given} where partner_code = 'BAZNAS' group by 1")) == baznas["by_programme"]


@pytest.mark.parametrize("period", MONTHS)
def test_every_rupiah_given(months: dict[str, Month], period: str) -> None:
    month, truth = months[period], months[period].truth
    assert {office: (rows, idr) for office, rows, idr in month.ask(LISTS)} == {
        office: (told["rows"], told["value"]) for office, told in truth["opd_deliveries"].items()
    }
    pkh, tjsp, village = truth["pkh_payment"], truth["tjsp"], truth["apbdes"]
    assert {feed: figures for feed, *figures in month.ask(FUNDS)} == {
        "pkh": [pkh["families"], pkh["delivered_total_all_rows"], pkh["delivered_total_paid"]],
        "blt_dd": [village["blt_families"], village["blt_total"], village["blt_total"]],
        # A pledge without proof is a pledge.
        "tjsp": [
            tjsp["delivered_rows"],
            tjsp["delivered_total"],
            tjsp["delivered_total"] - tjsp["delivered_without_evidence"],
        ],
        "baznas": [truth["baznas"]["rows"], truth["baznas"]["total"], truth["baznas"]["total"]],
    }
    unmapped = "select count(*) from {work}.int_interventions_unioned where programme_code = 'UNMAPPED'"
    assert month.ask(unmapped) == [(0,)]


@pytest.mark.parametrize("with_successor", [True, False])
def test_families_funded_and_left_as_delivered(months: dict[str, Month], with_successor: bool) -> None:  # noqa: FBT001
    month = months[MONTHS[-1]]
    expected = month.truth["priority_funding"]["as_delivered_p3ke"]
    # The truth orders by desil, then tier, then the family's number; order and lists are dated data here.
    month.ask("delete from {work}.funding_order where criterion = 'DEPRIVATIONS'")
    month.ask("update {work}.funding_order set position = case criterion when 'DESIL' then 1 else 2 end")
    month.ask("update {work}.priority_kecamatan set includes_successors = %(with)s", **{"with": with_successor})
    month.run(
        *("run", "--select", "int_regions_prioritised", "int_programme_budgets_costed"),
        *("int_household_needs_ranked", "mart_budget_coverage"),
    )
    needed = month.ask(
        "select household_id::bigint, needs.desil, coalesce(priority_tier, 3), is_fundable "
        "from {work}.int_household_needs_ranked as needs where programme_code = 'SEMBAKO_DAERAH'"
    )
    assert len(needed) == expected["eligible"]
    funded = [row for row in needed if row[3]]
    assert len(funded) == expected["funded"]
    tiers = Counter(f"{desil}/{tier}" for _, desil, tier, _ in needed)
    if with_successor:
        assert "1/3" not in tiers
    else:
        assert tiers == Counter({cell: n for cell, n in expected["eligible_by_decile_tier"].items() if n})
        assert Counter(f"{desil}/{tier}" for _, desil, tier, _ in funded) == Counter(
            {cell: n for cell, n in expected["funded_by_decile_tier"].items() if n}
        )
        assert sorted(row[0] for row in needed if not row[3]) == sorted(expected["residual_ids_tier_order"])
    ((fundable, residual),) = month.ask(
        "select fundable_households, residual_households from {release}.mart_budget_coverage "
        "where programme_code = 'SEMBAKO_DAERAH' and is_current_phase"
    )
    assert (fundable, residual) == (len(funded), len(needed) - len(funded))
