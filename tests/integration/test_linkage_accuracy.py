"""How often linkage is right, on people whose truth is known: floors, not records."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rbpk.linkage.engine import open_engine
from rbpk.linkage.records import RECORD_SCHEMA, in_order
from rbpk.linkage.registry import Memory, no_memory
from rbpk.linkage.resolving import Key, Resolution, resolve
from sample.generate import Order, generate
from tests.unit.linkage.accuracy import pairwise
from tests.unit.linkage.delivered import person_records
from tests.unit.linkage.people import grown

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
REGIONS = ROOT / "dbt_project" / "seeds" / "regions.csv"
MONTHS = ("2026-09", "2026-10")
LISTS_OF_PERSONS = ("p3ke_individu", "dtks", "pkh_kpm", "pkh_komponen")

needs_deliveries = pytest.mark.skipif(
    not (SHARED / "deliveries" / "truth").is_dir(), reason="no labelled deliveries beside the repository"
)


def solved(folder: Path, truth: pl.DataFrame, period: str, memory: Memory) -> tuple[Resolution, pl.DataFrame]:
    """Link the rows a correct landing would load; return the links beside the truth."""
    about = truth.select(
        "person_id", "household_id", "feed", "must_reject", file="file", source_row=pl.col("row_number").cast(pl.Int64)
    ).rename({"person_id": "true_person", "household_id": "true_household", "feed": "list"})
    delivered = person_records(folder, period, REGIONS).join(
        about, left_on=["source_file", "source_row"], right_on=["file", "source_row"]
    )
    kept = delivered.filter(~pl.col("must_reject"))
    contents = dict(kept.select("delivery_id", "sha256").unique().iter_rows())
    with open_engine() as engine:
        resolution = resolve(engine, in_order(kept.select(list(RECORD_SCHEMA))), memory, Key(b"accuracy", contents))
    facts = kept.select("record_id", "list", "true_person", "true_household")
    return resolution, resolution.links.join(facts, on="record_id")


@pytest.fixture(scope="module")
def two_months() -> list[pl.DataFrame]:
    """Links and truth of both delivered months, the second remembering the first."""
    rows = pl.read_parquet(SHARED / "deliveries" / "truth" / "rows.parquet")
    memory, months = no_memory(), []
    for since, period in enumerate(MONTHS, start=1):
        truth = rows.filter(period=period).with_columns(pl.col("file").str.strip_prefix(f"{period}/"))
        resolution, links = solved(SHARED / "deliveries" / "64.02" / period, truth, period, memory)
        memory = grown(memory, resolution, since)
        months.append(links)
    return months


@needs_deliveries
@pytest.mark.parametrize("month", [0, 1], ids=MONTHS)
def test_people_of_the_delivered_months(two_months: list[pl.DataFrame], month: int) -> None:
    persons = two_months[month].filter(pl.col("list").is_in(LISTS_OF_PERSONS))

    accuracy = pairwise(persons, "person_id", "true_person")

    assert accuracy.precision >= 0.995
    assert accuracy.recall >= 0.993
    assert accuracy.f1 >= 0.995


@needs_deliveries
@pytest.mark.parametrize("month", [0, 1], ids=MONTHS)
def test_households_of_the_delivered_months(two_months: list[pl.DataFrame], month: int) -> None:
    # The truth of a row is the family the sender listed; where lists are stale, the person has moved since.
    by_person = (
        two_months[month]
        .group_by("person_id")
        .agg(pl.col("household_id").first(), pl.col("true_household").mode().sort().first())
    )

    assert pairwise(by_person, "household_id", "true_household").f1 >= 0.99


@needs_deliveries
def test_ids_do_not_change_from_month_to_month(two_months: list[pl.DataFrame]) -> None:
    first, second = (
        links.group_by("true_person").agg(pl.col("person_id", "household_id").mode().sort().first())
        for links in two_months
    )
    both = first.join(second, on="true_person")

    assert (both["person_id"] != both["person_id_right"]).mean() < 0.002
    assert (both["household_id"] != both["household_id_right"]).mean() < 0.005


def test_people_of_an_invented_regency(tmp_path: Path) -> None:
    truth = generate(Order("64.02", "2026-03", 2_000, 7, tmp_path, 1))

    _, links = solved(tmp_path, truth, "2026-03", no_memory())

    accuracy = pairwise(links.filter(pl.col("list").is_in(LISTS_OF_PERSONS)), "person_id", "true_person")
    assert accuracy.precision >= 0.995
    assert accuracy.recall >= 0.993
