"""dbt's sources are what the feed contracts promise, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rbpk.feeds.contract import Kind
from rbpk.feeds.registry import contracts
from tests.dbt.conftest import PROJECT

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract
    from tests.dbt.conftest import Manifest

IDENTIFYING = {Kind.NIK, Kind.FAMILY_CARD, Kind.PERSON_NAME, Kind.BIRTH_DATE}


@pytest.fixture(scope="module")
def landing(manifest: Manifest) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for node in manifest["sources"].values() if node["source_name"] == "landing"}


def test_there_is_a_source_for_every_contract_and_no_other(landing: dict[str, dict[str, Any]]) -> None:
    assert set(landing) == {contract.table for contract in contracts()}


@pytest.mark.parametrize("contract", contracts(), ids=lambda contract: contract.table)
def test_source_has_the_columns_of_its_contract(contract: Contract, landing: dict[str, dict[str, Any]]) -> None:
    assert list(landing[contract.table]["columns"]) == [name for name, _ in contract.landing_columns()]


@pytest.mark.parametrize("contract", contracts(), ids=lambda contract: contract.table)
def test_what_identifies_a_person_is_tagged(contract: Contract, landing: dict[str, dict[str, Any]]) -> None:
    columns = landing[contract.table]["columns"]
    identifying = {column.name for column in contract.columns if column.kind in IDENTIFYING}
    identifying |= {f"{column.name}_clean" for column in contract.columns if column.is_identifier} | {"extra"}
    assert identifying
    assert {name for name in identifying if "pii" not in columns[name]["tags"]} == set()


def test_every_landed_entity_is_staged_and_judged_for_quality(models: dict[str, dict[str, Any]]) -> None:
    staged = {
        parent.removeprefix("source.rbpk.landing.")
        for model in models.values()
        for parent in model["depends_on"]["nodes"]
        if model["fqn"][1] == "staging" and ".landing." in parent
    }
    assert staged == {contract.table for contract in contracts()}
    judged = {parent.rpartition("stg_")[2] for parent in models["int_landed_rows_counted"]["depends_on"]["nodes"]}
    assert judged == staged


def test_every_landed_entity_is_an_expected_feed(manifest: Manifest) -> None:
    seed = manifest["nodes"]["seed.rbpk.expected_feeds"]
    lines = (PROJECT / seed["original_file_path"]).read_text("utf-8").splitlines()[1:]
    expected = {"__".join(line.split(",")[:2]) for line in lines}
    assert expected == {contract.table for contract in contracts()}
