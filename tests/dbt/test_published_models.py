"""What readers are promised: a shape, words in two languages, money in numeric, and no one's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from benchmarks.bi import queries

if TYPE_CHECKING:
    from tests.dbt.conftest import Manifest

Models = dict[str, dict[str, Any]]

PROMISED = {
    "dim_regions": set(),
    "dim_programmes": set(),
    "dim_indicators": set(),
    "dim_partners": set(),
    "mart_households": {
        *("household_id", "kecamatan_code", "desa_code", "members", "desil", "desil_source"),
        *("in_p3ke", "in_dtks", "in_pkh", "in_dtsen", "deprivation_count", "verification_status"),
        *("is_deprived_housing", "is_deprived_education", "is_deprived_health"),
        *("is_deprived_economy", "is_deprived_employment", "is_eligible", "programmes_received"),
        *("is_exclusion_error", "is_inclusion_error", "age_pathway", "months_excluded"),
    },
    "mart_feed_agreement": {"kecamatan_code", "desa_code", "grain", "in_p3ke", "in_dtks", "in_pkh", "count"},
    "mart_coverage": {
        *("kecamatan_code", "desa_code", "desil", "programme_code"),
        *("eligible", "served", "exclusion_errors", "inclusion_errors"),
    },
    "fct_interventions": {
        *("household_id", "person_id", "programme_code", "opd_code", "funder_type"),
        *("strategy", "indicator", "amount_idr", "delivered_on"),
    },
    "mart_programme_overlap": set(),
    "mart_targeting_accuracy": set(),
    "mart_opd_indicator_matrix": set(),
    "mart_recommended_interventions": set(),
    "mart_release_changes": {"change", "kecamatan_code", "desa_code", "count"},
    "mart_feed_quality": set(),
    "mart_village_scorecard": {"desa_code", "total_score", "weights_version"},
    "mart_handover_status": {"kecamatan_code", "desa_code", "village_kind", "handover_status"},
    "mart_progress_to_zero": {"level", "kecamatan_code", "desa_code", "families_remaining_on_list"},
    "fct_budget_lines": {
        *("sub_kegiatan_code", "opd_code", "phase", "fund_source", "month"),
        *("planned_idr", "ceiling_idr", "realised_idr"),
    },
    "mart_budget_coverage": {
        *("programme_code", "phase", "need_households", "unit_cost_idr", "ceiling_idr"),
        *("fundable_households", "residual_households"),
    },
    "mart_residual_households": {"household_id", "priority_rank", "offered_to", "offer_status"},
    "mart_funding_mix": set(),
    "mart_partner_commitments": set(),
    "mart_budget_schedule": {"sub_kegiatan_code", "month", "planned_idr", "realised_idr", "deviation_pct", "flag"},
}
# Names that say a person is meant, whatever anybody tagged; a count or a share of them is fine.
IDENTIFYING = re.compile(
    r"^(?!rows_|has_)(?!.*_pct$)(.*_)?(nik|nokk|kk|family_card|name_key|person_name|mother|birth|address|alamat|rt|rw|account|"
    r"rekening|id_dtks|participant_id|family_id|raw)(_|$)"
)


def test_the_warehouse_contract_is_kept(marts: Models) -> None:
    missing = {
        name: columns - set(marts[name]["columns"]) if name in marts else columns | {"the mart itself"}
        for name, columns in PROMISED.items()
    }
    assert {name: columns for name, columns in missing.items() if columns} == {}


def test_the_shape_is_enforced_and_starts_with_whose_and_when(marts: Models) -> None:
    for name, mart in marts.items():
        assert mart["config"]["contract"]["enforced"], name
        assert mart["config"]["materialized"] == "table", name
        assert mart["config"]["schema"] == "release", name
        assert list(mart["columns"])[:4] == ["row_id", "regency_code", "period", "release_id"], name


def test_every_mart_and_column_is_described_in_both_languages(marts: Models) -> None:
    silent = [
        f"{name}.{part.get('name', '')}"
        for name, mart in marts.items()
        for part in (mart, *mart["columns"].values())
        if not part["description"].strip() or not part["config"]["meta"].get("description_id", "").strip()
    ]
    assert silent == []


def test_inner_models_and_seeds_are_described_in_both_languages(manifest: Manifest) -> None:
    silent = [
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed")
        and not (node["description"].strip() and node["config"]["meta"].get("description_id", "").strip())
    ]
    assert silent == []


def test_no_published_column_identifies_a_person(marts: Models) -> None:
    exposed = [
        f"{name}.{column['name']}"
        for name, mart in marts.items()
        for column in mart["columns"].values()
        if "pii" in column["tags"] or IDENTIFYING.search(column["name"])
    ]
    assert exposed == []


def test_a_tagged_column_stops_before_the_marts(manifest: Manifest, marts: Models) -> None:
    tagged = {
        column["name"]
        for node in (*manifest["nodes"].values(), *manifest["sources"].values())
        for column in node.get("columns", {}).values()
        if "pii" in column.get("tags", ())
    }
    assert {"nik_clean", "nama", "name", "birth_date", "raw"} <= tagged
    published = {column for mart in marts.values() for column in mart["columns"]}
    assert published & tagged == set()


def test_marts_read_no_landed_row_directly(marts: Models) -> None:
    assert [
        (name, parent)
        for name, mart in marts.items()
        for parent in mart["depends_on"]["nodes"]
        if parent.startswith("source.rbpk.landing.") or ".stg_" in parent
    ] == []


def test_money_is_numeric_and_codes_are_text(marts: Models) -> None:
    for name, mart in marts.items():
        for column in mart["columns"].values():
            where = f"{name}.{column['name']}"
            if column["name"].endswith("_idr"):
                assert column["data_type"] == "numeric(18,2)", where
            if column["name"].endswith("_pct"):
                assert column["data_type"] == "numeric(5,2)", where
            if column["name"].endswith(("_code", "_id")):
                assert column["data_type"] == "text", where
            if column["name"].startswith(("is_", "has_", "in_")):
                assert column["data_type"] == "boolean", where
            assert column["data_type"] not in ("real", "double precision", "float"), where


def test_every_published_mart_has_a_reader(manifest: Manifest, marts: Models) -> None:
    read = {
        parent.rpartition(".")[2] for one in manifest["exposures"].values() for parent in one["depends_on"]["nodes"]
    }
    assert set(marts) == read
    assert all(one["owner"]["name"] for one in manifest["exposures"].values())


def test_an_index_is_there_for_a_dashboard_that_says_so(manifest: Manifest, marts: Models) -> None:
    """Every index of a published table is built in every month: one no question uses does not earn its place."""
    said = {
        tuple(index.rstrip(")").split(" (", 1))
        for exposure in manifest["exposures"].values()
        for index in exposure["config"]["meta"].get("indexes", ())
    }
    built = {
        (name, ", ".join(index["columns"]))
        for name, mart in marts.items()
        for index in mart["config"].get("indexes") or ()
    }
    assert said == {query.indexed for query in queries() if query.indexed}
    # Two keys that later models of the same month join on.
    assert said == built - {("mart_residual_households", "household_id"), ("dim_regions", "region_code")}
