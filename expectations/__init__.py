"""Whether a batch or a release is fit to go on: thresholds are reviewed code.

Importing a suite imports Great Expectations, which takes seconds; so this door imports late.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rbpk.feeds.registry import entities

if TYPE_CHECKING:
    from rbpk.gate import Suite

# The candidate's tables in the order a person reads the report.
RELEASE_SUITES = (
    "release",
    "deliveries",
    "person_links",
    "dim_regions",
    "dim_programmes",
    "dim_indicators",
    "dim_partners",
    "dim_dates",
    "mart_households",
    "mart_feed_agreement",
    "mart_coverage",
    "mart_inclusion_errors",
    "mart_unlisted_families",
    "mart_feed_conflicts",
    "mart_household_history",
    "mart_programme_effectiveness",
    "mart_pkh_payments",
    "mart_release_changes",
    "mart_village_scorecard",
    "mart_handover_status",
    "mart_progress_to_zero",
    "mart_kecamatan_priorities",
    "mart_macro_indicators",
    "fct_interventions",
    "mart_programme_overlap",
    "mart_targeting_accuracy",
    "mart_opd_indicator_matrix",
    "mart_opd_deliveries_expected",
    "mart_recommended_interventions",
    "mart_pathway_mismatches",
    "mart_field_work",
    "mart_verification_conflicts",
    "fct_budget_lines",
    "mart_budget_schedule",
    "mart_budget_plan_gaps",
    "mart_funding_mix",
    "mart_village_budgets",
    "mart_budget_coverage",
    "mart_residual_households",
    "mart_partner_commitments",
    "mart_inpres_quarterly",
    "mart_oppkpke_semester",
    "mart_lp2kd_indicators",
    "mart_coverage_summary",
    "mart_feed_quality",
    "mart_feed_quality_reasons",
    "bnba_exclusion_errors",
    "bnba_inclusion_errors",
    "bnba_verification_worklist",
    "bnba_opd_delivery",
    "bnba_partner_offer",
    "totals",
)


def delivery_suites(feed: str) -> tuple[Suite, ...]:
    """Return the suite of every list of a feed; the gate asks a delivery the one about its table."""
    return tuple(_delivery_suite(feed, entity) for name, entity in entities() if name == feed)


def release_suites() -> tuple[Suite, ...]:
    """Return the suites a candidate release must pass."""
    return tuple(import_module(f"expectations.suites.{name}").SUITE for name in RELEASE_SUITES)


def _delivery_suite(feed: str, entity: str) -> Suite:
    name = f"expectations.suites.{feed}__{entity}"
    suite: Suite = (
        import_module(name).SUITE
        if find_spec(name)
        # A new feed is checked from its first day, with the limits every list has.
        else import_module("expectations.landed").landed_suite(feed, entity)
    )
    return suite
