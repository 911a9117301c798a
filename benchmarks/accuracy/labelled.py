"""Sets of people whose truth is known: invented ones, a harder mix of the same, delivered ones where present."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

import polars as pl

from benchmarks.accuracy.delivered import person_records
from rbpk.linkage.records import RECORD_SCHEMA, in_order
from sample.generate import Order, generate

ROOT = Path(__file__).parents[2]
DELIVERED = ROOT.parent / "shared" / "deliveries"
REGIONS = ROOT / "dbt_project" / "seeds" / "regions.csv"
# Lists of persons: what accuracy is counted over. Lists of families and payments repeat the same people.
PERSONS = ("p3ke_individu", "dtks", "pkh_kpm", "pkh_komponen", "dtsen_anggota")
FACTS = ("list", "true_person", "true_household", "is_damaged")


class Labelled(NamedTuple):
    """`months`: one frame a month, the columns linkage reads, `sha256` and FACTS.

    `homes`: true_person, home: who truly lived where at the end of each month, where that is told.
    """

    name: str
    months: list[pl.DataFrame]
    homes: tuple[pl.DataFrame, ...] = ()


def invented(households: int, seed: int, period: str = "2026-03") -> Labelled:
    """Invent a regency of that many families."""
    with tempfile.TemporaryDirectory(prefix="rbpk-accuracy-") as folder:
        truth = generate(Order("64.02", period, households, seed, Path(folder), 1))
        return Labelled(f"invented, {households:,} families", [labelled(Path(folder), truth, period)])


def delivered() -> Labelled | None:
    """Read the labelled deliveries beside the repository, if there are any."""
    if not (DELIVERED / "truth").is_dir():
        return None
    rows = pl.read_parquet(DELIVERED / "truth" / "rows.parquet")
    months, periods = [], sorted(rows["period"].unique())
    for period in periods:
        truth = rows.filter(period=period).with_columns(pl.col("file").str.strip_prefix(f"{period}/"))
        months.append(labelled(DELIVERED / "64.02" / period, truth, period))
    return Labelled("delivered", months, tuple(_homes(period) for period in periods))


def _homes(period: str) -> pl.DataFrame:
    people = pl.read_parquet(DELIVERED / "truth" / f"persons_{period.replace('-', '')}.parquet")
    return people.filter("alive", "in_regency").select(true_person="person_id", home="household_id")


def labelled(folder: Path, truth: pl.DataFrame, period: str) -> pl.DataFrame:
    """The rows a correct landing would load, each with what is true of it."""
    about = truth.select(
        "must_reject", "nik_wrong", "file", list="feed", true_person="person_id", true_household="household_id",
        source_row=pl.col("row_number").cast(pl.Int64),
    )  # fmt: skip
    rows = person_records(folder, period, REGIONS).join(
        about, left_on=["source_file", "source_row"], right_on=["file", "source_row"]
    )
    kept = rows.filter(~pl.col("must_reject")).with_columns(is_damaged=pl.col("nik_wrong") | pl.col("nik").is_null())
    return in_order(kept.select(*RECORD_SCHEMA, "sha256", *FACTS))
