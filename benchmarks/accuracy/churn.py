"""Whose id changed from one month to the next although nothing about them did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.accuracy.solving import Solved


class Churn(NamedTuple):
    """How many were there in both months, and how many of them got another id."""

    persons: int
    persons_changed: int
    households: int
    households_changed: int


def churn(months: Sequence[Solved], homes: Sequence[pl.DataFrame]) -> Churn:
    """Count people of both months, and households whose people are truly the same in both, as those people tell.

    Args:
        months: what linkage said in each of the two.
        homes: true_person, home: who truly lived where at the end of each.
    """
    first, second = (_commonest(one.links, "true_person", ["person_id", "household_id"]) for one in months)
    people = first.join(second, on="true_person", suffix="_after")
    families = _commonest(
        people.join(_unchanged(*homes), on="true_person"), "home", ["household_id", "household_id_after"]
    )
    return Churn(
        len(people),
        len(people.filter(pl.col("person_id") != pl.col("person_id_after"))),
        len(families),
        len(families.filter(pl.col("household_id") != pl.col("household_id_after"))),
    )


def _unchanged(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """(true_person, home) of the homes that hold the same people in both months."""
    first, second = (one.group_by("home").agg(people=pl.col("true_person").sort()) for one in (before, after))
    same = first.join(second, on=["home", "people"])
    return before.join(same.select("home"), on="home", how="semi").select("true_person", "home")


def _commonest(rows: pl.DataFrame, about: str, said: list[str]) -> pl.DataFrame:
    """One row for each `about`: the ids that most rows about it carry."""
    return rows.group_by(about).agg(pl.col(said).mode().sort().first())
