"""The deterministic cascade: compare the candidate pairs, keep those a named rule explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.linkage.edges import EDGE_SCHEMA
from rbpk.linkage.rules import RULES

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine


def compare(engine: Engine) -> None:
    """Build table `comparisons` from tables `candidates` and `units`."""
    engine.build("comparisons", "comparisons")


def rule_edges(engine: Engine, clusters: pl.DataFrame) -> pl.DataFrame:  # noqa: ARG001 - the producers' protocol
    """Return one edge for every blocked pair that a rule explains, now or when its units were compared before."""
    load_scores(engine)
    compare(engine)
    edges = engine.ask("rules").cast(EDGE_SCHEMA)
    if engine.kept is None:
        return edges
    known = engine.table("known_pairs").join(_scores(), on="rule").select(EDGE_SCHEMA.names()).cast(EDGE_SCHEMA)
    edges = pl.concat([edges, known]).sort("left_unit", "right_unit")
    engine.kept.keep(engine, edges)
    return edges


def household_edges(engine: Engine, clusters: pl.DataFrame) -> pl.DataFrame:
    """Return edges inside families of different senders that already share a member.

    Two lists that agree on the mother are one family: there, a child without a NIK needs less proof.
    """
    load_scores(engine)
    engine.load("clusters", clusters)
    engine.build("candidates", "household_candidates")
    compare(engine)
    return engine.ask("household_rules").cast(EDGE_SCHEMA)


def load_scores(engine: Engine) -> None:
    """Load the scores of the rules."""
    engine.load("rule_scores", _scores())


def _scores() -> pl.DataFrame:
    scores = [(rule.name, rule.score) for rule in RULES]
    return pl.DataFrame(scores, schema={"rule": pl.String, "score": pl.Float64}, orient="row")
