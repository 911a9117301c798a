"""Pairs a person should look at: too likely to drop and too doubtful to join, and people with two numbers.

A question joins nobody and removes nobody; a pair that was decided is not asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.linkage.comparing import FIELDS, MISSING
from rbpk.linkage.model import trained_model
from rbpk.linkage.scoring import GAMMA, levels_of

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine

TWO_NIKS = "two_niks"
DOUBTFUL = "doubtful"
QUESTION_SCHEMA: dict[str, pl.DataType] = {
    "left_record_id": pl.String(),
    "right_record_id": pl.String(),
    "rule": pl.String(),
    "score": pl.Float64(),
    "agreement": pl.String(),
}
_PAIR_SCHEMA: dict[str, pl.DataType] = {
    "left_unit": pl.UInt32(), "right_unit": pl.UInt32(), "low": pl.UInt32(), "high": pl.UInt32(),
    "rule": pl.String(), "score": pl.Float64(), "agreement": pl.String(),
}  # fmt: skip


def questions(engine: Engine, units: pl.DataFrame, edges: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Return one row a question, QUESTION_SCHEMA: its two rows, why it is asked, how each field compares.

    Args:
        engine: holds `units`, `clusters` and, where the model ran, `scored`.
        units: unit, record_id, is_telling, cluster; a row that says too little about anyone is not asked about.
        edges: what joins the units.
        decided: left_unit, right_unit of pairs that people have decided.
    """
    asked = pl.concat([_between(engine, units), _within(engine, units, edges)])
    clusters = units.select("unit", "cluster")
    settled = decided.join(clusters, left_on="left_unit", right_on="unit").join(
        clusters, left_on="right_unit", right_on="unit", suffix="_right"
    )
    settled = settled.select(
        low=pl.min_horizontal("cluster", "cluster_right"), high=pl.max_horizontal("cluster", "cluster_right")
    )
    open_ones = asked.join(settled, on=["low", "high"], how="anti", maintain_order="left")
    names = units.filter("is_telling").select("unit", "record_id")
    named = open_ones.join(names, left_on="left_unit", right_on="unit").join(
        names, left_on="right_unit", right_on="unit", suffix="_right"
    )
    return named.select(
        left_record_id=pl.min_horizontal("record_id", "record_id_right"),
        right_record_id=pl.max_horizontal("record_id", "record_id_right"),
        rule="rule",
        score="score",
        agreement="agreement",
    ).sort("left_record_id", "right_record_id")


def _between(engine: Engine, units: pl.DataFrame) -> pl.DataFrame:
    """The likeliest pair between two groups that the model would not leave and did not join."""
    if not engine.has("scored"):
        return pl.DataFrame(schema=_PAIR_SCHEMA)
    scored = engine.table("scored")
    clusters = units.select("unit", "cluster")
    likely = (
        scored.filter(pl.col("probability") >= trained_model().review)
        .join(clusters, left_on="left_unit", right_on="unit")
        .join(clusters, left_on="right_unit", right_on="unit", suffix="_right")
        .filter(pl.col("cluster") != pl.col("cluster_right"))
        .with_columns(
            low=pl.min_horizontal("cluster", "cluster_right"), high=pl.max_horizontal("cluster", "cluster_right")
        )
    )
    order = ["low", "high", "probability", "left_unit", "right_unit"]
    best = likely.sort(order, descending=[False, False, True, False, False]).unique(
        ["low", "high"], keep="first", maintain_order=True
    )
    agreement = pl.concat_str([_level(field.name) for field in FIELDS], separator=" ")
    return best.select(
        "left_unit", "right_unit", "low", "high", rule=pl.lit(DOUBTFUL), score="probability", agreement=agreement
    )


def _within(engine: Engine, units: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Two valid numbers of their own, more than a slip apart, in one person: one question a person.

    Its score is that of the rule that joins the two: the lower, the sooner somebody should look.
    """
    engine.load("clusters", units.select("unit", "cluster"))
    engine.load("edges", edges.select("left_unit", "right_unit", "rule", "score"))
    found = engine.ask("two_niks")
    return found.select(
        pl.col("left_unit", "right_unit").cast(pl.UInt32),
        low="cluster",
        high="cluster",
        rule=pl.lit(TWO_NIKS),
        score=pl.col("score").cast(pl.Float64),
        agreement=pl.lit("nik=else"),
    )


def _level(name: str) -> pl.Expr:
    words = {-1: MISSING, **dict(enumerate(levels_of(name)))}
    level = pl.col(f"{GAMMA}{name}").replace_strict(words, return_dtype=pl.String)
    return pl.format("{}={}", pl.lit(name), level)
