"""How often linkage is right, on people whose truth is known: floors, not records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from benchmarks.accuracy.harder import harder
from benchmarks.accuracy.labelled import DELIVERED, delivered, invented
from benchmarks.accuracy.pairs import among_damaged, largest, pairwise
from benchmarks.accuracy.solving import ours
from rbpk.linkage.cascade import household_edges, rule_edges

if TYPE_CHECKING:
    from benchmarks.accuracy.labelled import Labelled
    from benchmarks.accuracy.solving import Solved

MONTHS = ("2026-09", "2026-10")

needs_deliveries = pytest.mark.skipif(
    not (DELIVERED / "truth").is_dir(), reason="no labelled deliveries beside the repository"
)


@pytest.fixture(scope="module")
def two_months() -> list[Solved]:
    """Links and truth of both delivered months, the second remembering the first."""
    found = delivered()
    assert found is not None
    return ours(found)


@pytest.fixture(scope="module")
def people() -> Labelled:
    return invented(2_000, 7)


@needs_deliveries
@pytest.mark.parametrize("month", [0, 1], ids=MONTHS)
def test_people_of_the_delivered_months(two_months: list[Solved], month: int) -> None:
    persons = two_months[month].persons

    accuracy = pairwise(persons, "person_id", "true_person")

    assert accuracy.precision >= 0.996
    assert accuracy.recall >= 0.997
    assert among_damaged(persons, "person_id", "true_person", "is_damaged").f1 >= 0.985


@needs_deliveries
@pytest.mark.parametrize("month", [0, 1], ids=MONTHS)
def test_households_of_the_delivered_months(two_months: list[Solved], month: int) -> None:
    # The truth of a row is the family the sender listed; where lists are stale, the person has moved since.
    by_person = (
        two_months[month]
        .links.group_by("person_id")
        .agg(pl.col("household_id").first(), pl.col("true_household").mode().sort().first())
    )

    assert pairwise(by_person, "household_id", "true_household").f1 >= 0.99


@needs_deliveries
def test_ids_do_not_change_from_month_to_month(two_months: list[Solved]) -> None:
    first, second = (
        solved.links.group_by("true_person").agg(pl.col("person_id", "household_id").mode().sort().first())
        for solved in two_months
    )
    both = first.join(second, on="true_person")

    assert (both["person_id"] != both["person_id_right"]).mean() < 0.002
    assert (both["household_id"] != both["household_id_right"]).mean() < 0.005


def test_people_of_an_invented_regency(people: Labelled) -> None:
    (solved,) = ours(people)

    accuracy = pairwise(solved.persons, "person_id", "true_person")
    assert accuracy.precision >= 0.996
    assert accuracy.recall >= 0.996
    assert largest(solved.persons, "person_id") <= 10


def test_the_model_finds_more_and_joins_no_stranger(people: Labelled) -> None:
    worse = harder(people)
    rules, scored = (
        pairwise(ours(worse, producers)[0].persons, "person_id", "true_person")
        for producers in ((rule_edges, household_edges), None)
    )

    assert scored.recall > rules.recall
    assert scored.precision >= rules.precision - 0.0005
    assert scored.f1 >= 0.993
