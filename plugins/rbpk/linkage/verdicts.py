"""What people decided about pairs of rows, replayed in every run: MATCH joins, NO_MATCH separates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.linkage.clusters import components
from rbpk.linkage.edges import EDGE_SCHEMA
from rbpk.linkage.rules import DECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable

DECISION_SCHEMA: dict[str, pl.DataType] = {
    "left_record_id": pl.String(),
    "right_record_id": pl.String(),
    "same_person": pl.Boolean(),
}
NOTHING_DECIDED = pl.DataFrame(schema=DECISION_SCHEMA)


def decided_pairs(decisions: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Return left_unit, right_unit, same_person for the decisions whose rows are known (`places`: record_id, unit)."""
    named = pl.concat([decisions["left_record_id"], decisions["right_record_id"]]).unique()
    # A row may stand there twice, as known and as delivered.
    known = places.filter(pl.col("record_id").is_in(named.implode())).unique("record_id", keep="first")
    left = known.select("unit", left_record_id="record_id")
    right = known.select("unit", right_record_id="record_id")
    found = decisions.join(left, on="left_record_id").join(right, on="right_record_id", suffix="_right")
    return (
        found.select(
            left_unit=pl.min_horizontal("unit", "unit_right"),
            right_unit=pl.max_horizontal("unit", "unit_right"),
            same_person="same_person",
        )
        .filter(pl.col("left_unit") < pl.col("right_unit"))
        .unique(maintain_order=True)
    )


def decided_edges(decided: pl.DataFrame) -> pl.DataFrame:
    """Return an edge for each pair decided to be one person."""
    same = decided.filter("same_person")
    edges = same.select("left_unit", "right_unit", rule=pl.lit(DECIDED.name), score=pl.lit(DECIDED.score))
    return edges.cast(EDGE_SCHEMA)


def separated(edges: pl.DataFrame, decided: pl.DataFrame, unit_count: int) -> pl.DataFrame:
    """Return `edges` without those by which two rows decided to be two people would be one.

    Edges are taken from the strongest down; one that would bring such a pair together is left out, so each row
    stays with the side that speaks for it most.
    """
    apart = decided.filter(~pl.col("same_person"))
    if apart.is_empty():
        return edges
    clusters = components(unit_count, edges)
    left = clusters.rename({"unit": "left_unit"})
    right = clusters.rename({"unit": "right_unit"})
    together = apart.join(left, on="left_unit").join(right, on=["right_unit", "cluster"])
    inside = edges.join(left, on="left_unit").join(together.select("cluster").unique(), on="cluster", how="semi")
    if inside.is_empty():
        return edges
    ranked = inside.sort(["score", "left_unit", "right_unit"], descending=[True, False, False])
    sides = _sides(ranked.select("left_unit", "right_unit").rows(), together.select("left_unit", "right_unit").rows())
    placed = pl.DataFrame(
        {"unit": list(sides), "side": list(sides.values())}, schema={"unit": pl.UInt32, "side": pl.UInt32}
    )
    crossing = (
        ranked.join(placed, left_on="left_unit", right_on="unit")
        .join(placed, left_on="right_unit", right_on="unit", suffix="_right")
        .filter(pl.col("side") != pl.col("side_right"))
    )
    return edges.join(crossing, on=["left_unit", "right_unit"], how="anti", maintain_order="left")


def _sides(edges: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Join the ends of each edge in turn, unless that would join a pair to be kept apart; return unit → side."""
    side: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    strangers: dict[int, set[int]] = {}
    pairs = list(edges)
    for unit in {end for pair in pairs for end in pair}:
        side[unit], members[unit], strangers[unit] = unit, [unit], set()
    for left, right in apart:
        strangers[left].add(right)
        strangers[right].add(left)
    for left, right in pairs:
        one, two = side[left], side[right]
        if one == two or not strangers[one].isdisjoint(members[two]):
            continue
        for unit in members[two]:
            side[unit] = one
        members[one] += members.pop(two)
        strangers[one] |= strangers.pop(two)
    return side
