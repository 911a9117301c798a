"""Edges made into people: connected components, cut where they contradict themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from rbpk.errors import LinkageInconsistent
from rbpk.linkage.rules import REMEMBERED

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine

# One person in a dozen lists, each with a variant or two; more is a knot of strangers.
LARGEST_CLUSTER = 100


def components(unit_count: int, edges: pl.DataFrame) -> pl.DataFrame:
    """Return (unit, cluster); a cluster is named by its smallest unit, so no order of edges shows."""
    left, right = edges["left_unit"].to_numpy(), edges["right_unit"].to_numpy()
    graph = coo_array((edges["score"].to_numpy(), (left, right)), shape=(unit_count, unit_count))
    _, labels = connected_components(graph, directed=False)
    units = pl.DataFrame({"unit": pl.Series(range(unit_count), dtype=pl.UInt32), "label": labels})
    return units.select("unit", cluster=pl.col("unit").min().over("label"))


def cut_contradictions(engine: Engine, edges: pl.DataFrame, units: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return (edges kept, clusters) after weak edges that join strangers are dropped.

    A cluster contradicts itself when rows whose NIKs are their own, and more than a slip apart, hold together
    only through rows without a usable NIK: such a row has stood between two people. The cluster's weakest edges
    go first, until it falls apart or agrees. A knot too large for one person is cut the same way.
    """
    own = units.filter(pl.col("is_nik_own")).select("unit")
    while True:
        clusters = components(len(units), edges)
        # Having been one person before does not prove that two numbers are: only a rule does.
        among_own = (
            edges.filter(pl.col("rule") != REMEMBERED.name)
            .join(own, left_on="left_unit", right_on="unit", how="semi")
            .join(own, left_on="right_unit", right_on="unit", how="semi")
        )
        engine.load("clusters", clusters)
        engine.load("cores", components(len(units), among_own).rename({"cluster": "core"}))
        suspects = engine.ask("contradictions", [LARGEST_CLUSTER])
        weakest = _weakest(edges, clusters.join(suspects, on="cluster", how="semi"))
        if weakest.is_empty():
            return edges, clusters
        edges = edges.join(weakest, on=["left_unit", "right_unit"], how="anti", maintain_order="left")


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
