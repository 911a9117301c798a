"""Records and what the registry remembers in, people out: nothing here touches the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from rbpk.linkage.blocking import make_candidates
from rbpk.linkage.cascade import household_edges, rule_edges
from rbpk.linkage.clusters import components, cut_contradictions, refuse_knots
from rbpk.linkage.review import questions
from rbpk.linkage.rules import ALONE, REMEMBERED
from rbpk.linkage.scoring import scored_edges
from rbpk.linkage.units import ATTRIBUTES, UNIT_KEY, is_telling, load_units, with_unit_key
from rbpk.linkage.verdicts import NOTHING_DECIDED, decided_edges, decided_pairs, separated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rbpk.linkage.edges import EdgeProducer
    from rbpk.linkage.engine import Engine

# What the registry says of a profile; of a row that it has not seen, nothing.
_REGISTERED = ("person_id", "is_anchor", "since")
# In this order: each looks at what those before it left.
PRODUCERS: tuple[EdgeProducer, ...] = (rule_edges, household_edges, scored_edges)


class Matching(NamedTuple):
    """`units`: unit, record_id of the row that stands for it, its attributes, _REGISTERED, cluster, rule, score.

    `asked`: what people should decide (see review.py).
    """

    units: pl.DataFrame
    edges: pl.DataFrame
    asked: pl.DataFrame
    candidates: int
    largest: int


def match(
    engine: Engine,
    records: pl.DataFrame,
    known: pl.DataFrame,
    producers: Sequence[EdgeProducer] = PRODUCERS,
    decisions: pl.DataFrame = NOTHING_DECIDED,
) -> tuple[pl.DataFrame, Matching]:
    """Return (record_id, unit) of each record in turn, and the units with the cluster each belongs to.

    Args:
        engine: where pairs are compared.
        records: this month's rows about people, in the order that decides anchors.
        known: profiles of registered people (see registry.py); empty in the first month.
        producers: what proposes links, in order.
        decisions: what people decided about pairs of records (see verdicts.py).
    """
    keyed, units = _make_units(records, known)
    engine.make_room(len(units))
    described = load_units(engine, units)
    if engine.kept is not None:
        engine.kept.recall(engine, units)
    candidates = make_candidates(engine)
    decided = decided_pairs(decisions, pl.concat([units.select("record_id", "unit"), keyed]))
    edges = separated(_strongest(pl.concat([_remembered(units), decided_edges(decided)])), decided, len(units))
    clusters = components(len(units), edges)
    for propose in producers:
        edges = _strongest(pl.concat([edges, propose(engine, clusters)]))
        edges = separated(edges, decided, len(units))
        edges, clusters = cut_contradictions(engine, edges, described)
    largest = refuse_knots(clusters)
    units = units.with_columns(is_telling=is_telling()).join(clusters, on="unit")
    asked = questions(engine, units, edges, decided)
    engine.drop("units", "blocked", "candidates", "comparisons", "leftover", "leftover_units", "scorable_units")
    engine.drop("prints", "seen", "known_pairs", "edges")
    explained = units.join(_best_reason(edges), on="unit", how="left").with_columns(
        pl.col("rule").fill_null(ALONE), pl.col("score").fill_null(1.0)
    )
    return keyed, Matching(explained.sort("unit"), edges, asked, candidates, largest)


def _make_units(records: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One unit for each different set of attributes, numbered by content so that row order leaves no trace."""
    columns = [*UNIT_KEY, "record_id", *ATTRIBUTES]
    keyed = with_unit_key(records.select("record_id", *ATTRIBUTES))
    seen = with_unit_key(known).select(*columns, *_REGISTERED)
    fresh = keyed.unique(UNIT_KEY, keep="first", maintain_order=True).join(seen, on=UNIT_KEY, how="anti")
    nothing = [pl.lit(None, known.schema[name]).alias(name) for name in _REGISTERED]
    units = pl.concat([seen, fresh.select(*columns, *nothing)])
    own = pl.when(~is_telling()).then("record_id")
    units = units.sort(*ATTRIBUTES, own).with_row_index("unit")
    units = units.with_columns(nik_feeds=pl.col("feed").n_unique().over("nik"))
    keyed = keyed.select("record_id", *UNIT_KEY)
    keyed = keyed.join(units.select("unit", *UNIT_KEY), on=UNIT_KEY, maintain_order="left")
    return keyed.drop(UNIT_KEY), units.drop(UNIT_KEY)


def _remembered(units: pl.DataFrame) -> pl.DataFrame:
    """What was one person last month stays one, until stronger evidence cuts it.

    The weakest of all edges: whatever joined these profiles then is compared again now, profiles against profiles.
    """
    known = units.filter(pl.col("person_id").is_not_null())
    starred = known.with_columns(left_unit=pl.col("unit").min().over("person_id"))
    return starred.filter(pl.col("unit") != pl.col("left_unit")).select(
        "left_unit", right_unit="unit", rule=pl.lit(REMEMBERED.name), score=pl.lit(REMEMBERED.score)
    )


def _strongest(edges: pl.DataFrame) -> pl.DataFrame:
    """One edge a pair: the strongest reason."""
    order = ["left_unit", "right_unit", "score", "rule"]
    return edges.sort(order, descending=[False, False, True, False]).unique(
        ["left_unit", "right_unit"], keep="first", maintain_order=True
    )


def _best_reason(edges: pl.DataFrame) -> pl.DataFrame:
    """(unit, rule, score): the strongest edge at each unit is why it belongs to its person."""
    ends = pl.concat([edges.select(unit=end, rule="rule", score="score") for end in ("left_unit", "right_unit")])
    return ends.sort(["unit", "score", "rule"], descending=[False, True, False]).unique(
        "unit", keep="first", maintain_order=True
    )
