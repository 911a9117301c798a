"""Lists by name: each names its reader, and what is personal is said to be so and goes nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rbpk.publishing.shelves import LISTS
from tests.dbt.test_published_models import IDENTIFYING

if TYPE_CHECKING:
    from tests.dbt.conftest import Manifest

Models = dict[str, dict[str, Any]]

# What each role may be told of a person; everything else of them stays where it is.
PERSONAL = {
    "case_worker": {"head_name", "head_nik", "address"},
    "opd_reader": {"recipient_name", "recipient_nik", "address"},
    "partner_reader": {"head_name", "address"},
}


@pytest.fixture(scope="session")
def lists(models: Models) -> Models:
    return {name: model for name, model in models.items() if model["fqn"][1] == "restricted"}


def test_every_list_has_a_reader_and_every_reader_a_list(lists: Models) -> None:
    assert set(lists) == set(LISTS)
    for name, model in lists.items():
        assert LISTS[name].scope_column in model["columns"], name
        assert model["columns"][LISTS[name].scope_column]["data_type"] == "text", name


def test_a_list_has_an_enforced_shape_described_in_both_languages(lists: Models) -> None:
    for name, model in lists.items():
        assert model["config"]["contract"]["enforced"], name
        assert list(model["columns"])[:4] == ["row_id", "regency_code", "period", "release_id"], name
        for part in (model, *model["columns"].values()):
            assert part["description"].strip(), name
            assert part["config"]["meta"]["description_id"].strip(), name


def test_a_list_tells_of_a_person_only_what_its_role_needs(lists: Models) -> None:
    for name, model in lists.items():
        tagged = {column["name"] for column in model["columns"].values() if "pii" in column["tags"]}
        looks_personal = {column for column in model["columns"] if IDENTIFYING.search(column)}
        assert tagged <= PERSONAL[LISTS[name].readers[0]], name
        assert looks_personal <= tagged, name


def test_no_mart_is_made_of_a_list_or_of_names(manifest: Manifest, models: Models) -> None:
    """Follow every mart to its parents: none reads a list by name, and none the contacts they are made of."""
    named = {name for name, model in models.items() if model["fqn"][1] == "restricted" or "contacts" in name}
    named |= {"int_person_records_unioned"}
    assert [
        (name, parent)
        for name, model in models.items()
        if model["fqn"][1] == "marts"
        for parent in model["depends_on"]["nodes"]
        if parent.rpartition(".")[2] in named
    ] == []
