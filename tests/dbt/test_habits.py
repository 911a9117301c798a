"""Habits of the dbt project that can be checked: names, layers, keys, casts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from rbpk.feeds import contract_for
from tests.dbt.conftest import PROJECT

if TYPE_CHECKING:
    from tests.dbt.conftest import Manifest

Models = dict[str, dict[str, Any]]

NAMES = {
    "staging": re.compile(r"stg_(?P<feed>[a-z0-9_]+)__[a-z_]+s"),
    "intermediate": re.compile(r"int_[a-z0-9_]+_([a-z]+ed|read)"),
    "marts": re.compile(r"(dim|fct|mart)_[a-z0-9_]+"),
    "restricted": re.compile(r"bnba_[a-z0-9_]+"),
}


def test_no_model_has_hooks_or_grants(models: Models) -> None:
    """Our materializations do not look at them: a model's would be forgotten without a word."""
    assert [
        name
        for name, model in models.items()
        if any(model["config"][kind] for kind in ("pre-hook", "post-hook", "grants"))
    ] == []


def test_names_say_the_layer(models: Models) -> None:
    assert [name for name, model in models.items() if not NAMES[model["fqn"][1]].fullmatch(name)] == []


def test_staging_is_source_then_renamed_with_one_source_and_no_join(models: Models) -> None:
    for name, model in models.items():
        if model["fqn"][1] != "staging":
            continue
        ctes = re.findall(r"^([a-z_]+) as \($", model["raw_code"], re.MULTILINE)
        assert ctes == ["source", "renamed"], name
        assert " join " not in model["raw_code"], name
        assert model["config"]["materialized"] == "view", name
        landed = [parent for parent in model["depends_on"]["nodes"] if ".landing." in parent]
        assert len(landed) == 1, name
        contract = contract_for(*name.removeprefix("stg_").split("__"))
        sender = list(contract.sender) if contract.sender else ""
        assert f"is_frozen_in_this_release({sender})" in model["raw_code"], name


def test_layers_look_only_backwards(models: Models) -> None:
    order = ["staging", "intermediate", "marts", "restricted"]
    layer = {f"model.rbpk.{name}": order.index(model["fqn"][1]) for name, model in models.items()}
    assert [
        (name, parent)
        for name, model in models.items()
        for parent in model["depends_on"]["nodes"]
        if layer.get(parent, 0) > order.index(model["fqn"][1])
    ] == []


def test_every_model_has_a_key_somebody_watches(manifest: Manifest, models: Models) -> None:
    """A mart's key is PostgreSQL's to enforce while the mart is built, any other model's is tested."""
    tested = {
        node["attached_node"].removeprefix("model.rbpk.")
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") == "keyed"
    }
    enforced = {name for name, model in models.items() if {"type": "primary_key"} in constraints(model, "row_id")}
    assert not tested & enforced
    # What the `group by` that makes a row is by, is its key: asking again only reads everything once more.
    grouped = {
        "int_landed_rows_counted", "int_people_resolved", "int_feed_attributes_compared",
        "int_household_receipts_unioned", "int_household_visits_resolved",
    }  # fmt: skip
    # Every row of these is one of int_person_records_unioned, whose key is watched; that each has one link, and no
    # link is about another, linkage and the gate ask.
    union = "model.rbpk.int_person_records_unioned"
    parts = {
        parent.removeprefix("model.rbpk.")
        for parent in ancestors(models, union)
        if parent.startswith("model.") and parent != union
    } | {"int_person_records_linked"}
    # One row a person of int_people_pathways_assigned.
    parts |= {"int_people_measures_assigned"}
    assert set(models) - tested - enforced == grouped | parts


def ancestors(models: Models, name: str) -> set[str]:
    """Return a model and everything it is made of."""
    found, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += models.get(one.removeprefix("model.rbpk."), {}).get("depends_on", {}).get("nodes", [])
    return found


def test_a_promise_about_one_row_of_a_mart_is_a_constraint(manifest: Manifest, marts: Models) -> None:
    """Enforced while the table is built, it costs a hundredth of a test that asks afterwards."""
    asked = {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("attached_node") or "").removeprefix("model.rbpk.") in marts
        and (node.get("test_metadata") or {}).get("name")
        in {"not_null", "unique", "accepted_values", "filled", "one_of", "keyed"}
    }
    assert asked == set()
    for name, mart in marts.items():
        for column in ("regency_code", "period", "release_id"):
            assert {"type": "not_null"} in constraints(mart, column), f"{name}.{column}"


def constraints(model: dict[str, Any], column: str) -> list[dict[str, Any]]:
    found = model["columns"].get(column, {}).get("constraints", ())
    return [{"type": one["type"]} for one in found]


def test_every_seed_has_a_tested_key_and_typed_columns(manifest: Manifest) -> None:
    for node in manifest["nodes"].values():
        if node["resource_type"] != "seed":
            continue
        header = (PROJECT / node["original_file_path"]).read_text("utf-8").splitlines()[0]
        assert set(node["config"]["column_types"]) == set(header.split(",")), node["name"]


def test_policies_are_dated_and_sourced(manifest: Manifest) -> None:
    for node in manifest["nodes"].values():
        if node["resource_type"] == "seed" and "policy/" in node["original_file_path"]:
            columns = set(node["config"]["column_types"])
            assert columns & {"valid_from", "as_of", "payment_status"}, node["name"]
            assert columns & {"source", "reason", "owner"}, node["name"]


@pytest.mark.parametrize("path", sorted(PROJECT.glob("m*/**/*.sql")), ids=lambda path: path.stem)
def test_nothing_is_a_float_and_no_name_is_one_letter(path: Any) -> None:  # noqa: ANN401 - a Path
    code = re.sub(r"--[^\n]*|\{#[^#]*#\}", "", path.read_text("utf-8"))
    assert not re.search(r"\b(real|float[48]?|double precision)\b", code)
    assert not re.search(r"\bas [a-z]\b", code)


def test_the_project_holds_no_module_dbt_or_airflow_would_import() -> None:
    assert list(PROJECT.rglob("__init__.py")) == []
    assert list(PROJECT.rglob("*.py")) == []
    assert not (PROJECT / "packages.yml").exists()


def test_the_profile_takes_everything_from_the_environment() -> None:
    profile = (PROJECT / "profiles.yml").read_text("utf-8")
    for name in ("host", "port", "user", "password", "dbname"):
        assert re.search(rf"^ +{name}: \"{{{{ env_var\('DBT_{name.upper()}'\)", profile, re.MULTILINE), name
    assert "role: rbpk_owner" in profile


def test_rules_have_unit_tests(manifest: Manifest, models: Models) -> None:
    """Every model with a CASE of its own has a unit test beside it."""
    tested = {node for one in manifest["unit_tests"].values() for node in one["depends_on"]["nodes"]}
    ruled = {
        f"model.rbpk.{name}"
        for name, model in models.items()
        if re.search(r"\bcase\b|distinct on|row_number|filter \(", model["raw_code"])
    }
    assert ruled - tested == set()
