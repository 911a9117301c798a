"""Edges made into people: connected components, cut where they contradict themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from rbpk.errors import LinkageInconsistent
from rbpk.linkage.rules import REMEMBERED

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine

# One person in a dozen lists, each with a variant or two; more is a knot of strangers.
LARGEST_CLUSTER = 100


def components(unit_count: int, edges: pl.DataFrame) -> pl.DataFrame:
    """Return (unit, cluster); a cluster is named by its smallest unit, so no order of edges shows."""
    lowest = np.arange(unit_count, dtype=np.uint32)
    left, right = edges["left_unit"].to_numpy(), edges["right_unit"].to_numpy()
    while left.size:
        # Where the two ends of an edge go by two names, the larger name takes the smaller one …
        one, two = lowest[left], lowest[right]
        apart = one != two
        left, right, one, two = left[apart], right[apart], one[apart], two[apart]
        np.minimum.at(lowest, np.maximum(one, two), np.minimum(one, two))
        # … and whoever went by it follows, until every name stands for itself.
        while not np.array_equal(followed := lowest[lowest], lowest):
            lowest = followed
    return pl.DataFrame({"unit": np.arange(unit_count, dtype=np.uint32), "cluster": lowest})


def cut_contradictions(engine: Engine, edges: pl.DataFrame, units: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return (edges kept, clusters) after weak edges that join strangers are dropped.

    A cluster contradicts itself when rows whose NIKs are their own, and more than a slip apart, hold together
    only through rows without a usable NIK: such a row has stood between two people. The cluster's weakest edges
    go first, until it falls apart or agrees. A knot too large for one person is cut the same way.
    """
    own = units.filter(pl.col("is_nik_own")).select("unit", nik=pl.col("nik").hash())
    clusters = components(len(units), edges)
    doubted = edges.join(_suspects(engine, own, clusters, edges), on="left_unit", how="semi", maintain_order="left")
    if doubted.is_empty():
        return edges, clusters
    # Only a few clusters contradict themselves; the rest of the regency is looked at once.
    settled = edges.join(doubted, on=["left_unit", "right_unit"], how="anti", maintain_order="left")
    while True:
        inside = _components_of(doubted)
        suspects = _suspects(engine, own, inside, doubted)
        weakest = _weakest(doubted, inside.join(suspects, left_on="unit", right_on="left_unit", how="semi"))
        if weakest.is_empty():
            edges = pl.concat([settled, doubted]).sort("left_unit", "right_unit")
            return edges, components(len(units), edges)
        doubted = doubted.join(weakest, on=["left_unit", "right_unit"], how="anti", maintain_order="left")


def _suspects(engine: Engine, own: pl.DataFrame, clusters: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Return the units (as left_unit) of clusters that contradict themselves or are too large."""
    placed = own.join(clusters, on="unit")
    niks = placed.group_by("cluster").agg(first=pl.col("nik").min(), last=pl.col("nik").max())
    # Nearly every cluster has one NIK, and nothing to compare.
    placed = placed.join(niks.filter(pl.col("first") < pl.col("last")), on="cluster", how="semi")
    # Having been one person before does not prove that two numbers are: only a rule does.
    among_own = (
        edges.filter(pl.col("rule") != REMEMBERED.name)
        .join(placed, left_on="left_unit", right_on="unit", how="semi")
        .join(placed, left_on="right_unit", right_on="unit", how="semi")
    )
    cores = placed.join(_components_of(among_own), on="unit", how="left", suffix="_own")
    engine.load("cores", cores.select("unit", "cluster", core=pl.coalesce("cluster_own", "unit")))
    sizes = clusters.group_by("cluster").len()
    knots = sizes.filter(pl.col("len") > LARGEST_CLUSTER).select("cluster")
    suspects = pl.concat([engine.ask("contradictions"), knots])
    return clusters.join(suspects, on="cluster", how="semi").select(left_unit="unit")


def _components_of(edges: pl.DataFrame) -> pl.DataFrame:
    """Return (unit, cluster) of the units that have an edge."""
    ends = pl.concat([edges["left_unit"], edges["right_unit"]]).unique().sort()
    places = pl.DataFrame({"unit": ends}).with_row_index("place")
    numbered = (
        edges.join(places, left_on="left_unit", right_on="unit", maintain_order="left")
        .join(places, left_on="right_unit", right_on="unit", suffix="_right", maintain_order="left")
        .select("score", left_unit="place", right_unit="place_right")
    )
    grouped = components(len(places), numbered)
    named = places.with_columns(group=grouped["cluster"])
    return named.select("unit", cluster=pl.col("unit").min().over("group"))


def _weakest(edges: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return the edges with the lowest score of each cluster among `members` (unit, cluster)."""
    inside = edges.join(members, left_on="left_unit", right_on="unit")
    return inside.filter(pl.col("score") == pl.col("score").min().over("cluster"))


def refuse_knots(clusters: pl.DataFrame) -> int:
    """Return the size of the largest cluster.

    Raises:
        LinkageInconsistent: one cluster holds more units than any person has.
    """
    largest = int(clusters["cluster"].value_counts()["count"].max() or 0)  # type: ignore[arg-type] # a count of rows
    if largest > LARGEST_CLUSTER:
        message = (
            f"one person would own {largest} different sets of attributes (limit {LARGEST_CLUSTER}); "
            "a placeholder has probably passed as a NIK: find it in the landed deliveries and quarantine it"
        )
        raise LinkageInconsistent(message, reason="knot", largest=largest, limit=LARGEST_CLUSTER)
    return largest
