"""The selectors split the project: nothing twice, nothing left out, nothing too early."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.dbt.conftest import Manifest

# What `dbt build` builds or runs; sources are read and exposures are read by others.
BUILT = {"model", "seed", "test", "unit_test", "snapshot"}


@pytest.fixture(scope="module")
def selected(dbt: Callable[..., str]) -> dict[str, set[str]]:
    def names(selector: str) -> set[str]:
        listed = dbt(
            "-q", "ls", "--selector", selector, "--output", "json", "--output-keys", "unique_id", "resource_type"
        )
        nodes = [json.loads(line) for line in listed.splitlines() if line.startswith("{")]
        return {node["unique_id"] for node in nodes if node["resource_type"] in BUILT}

    return {selector: names(selector) for selector in ("before_linkage", "after_linkage", "seeds_reviewed")}


def test_every_node_is_in_exactly_one_selector(selected: dict[str, set[str]], manifest: Manifest) -> None:
    nodes = {name for name, node in manifest["nodes"].items() if node["resource_type"] in BUILT}
    nodes |= set(manifest["unit_tests"])
    assert sorted(name for names in selected.values() for name in names) == sorted(nodes)


def test_no_month_asks_again_what_only_the_seeds_promise(selected: dict[str, set[str]], manifest: Manifest) -> None:
    about_seeds = {
        name
        for name, node in manifest["nodes"].items()
        if node["resource_type"] == "test" and all(parent.startswith("seed.") for parent in node["depends_on"]["nodes"])
    }
    assert about_seeds
    assert selected["seeds_reviewed"] == about_seeds


def test_nothing_before_linkage_needs_what_comes_after(selected: dict[str, set[str]], manifest: Manifest) -> None:
    nodes: dict[str, Any] = {**manifest["nodes"], **manifest["unit_tests"]}
    needed = {parent for name in selected["before_linkage"] for parent in nodes[name]["depends_on"].get("nodes", ())}
    assert not needed & selected["after_linkage"]
    assert "source.rbpk.linkage.person_links" not in needed


def test_linkage_reads_a_table_built_before_it(selected: dict[str, set[str]], manifest: Manifest) -> None:
    name = "model.rbpk.int_person_records_unioned"
    assert name in selected["before_linkage"]
    assert manifest["nodes"][name]["config"]["materialized"] == "table"
