"""`python -m benchmarks.accuracy.training`: learn the model's weights from invented people, and write them down.

Weights come from counting: how often a level is reached by pairs of one person and by pairs of two, among those
pairs the rules leave. Thresholds come from a population of another seed, never from the sets accuracy is judged on.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from benchmarks.accuracy.harder import harder
from benchmarks.accuracy.labelled import invented
from rbpk.linkage.cascade import household_edges, rule_edges
from rbpk.linkage.comparing import FIELDS
from rbpk.linkage.edges import EDGE_SCHEMA
from rbpk.linkage.engine import open_engine
from rbpk.linkage.matching import match
from rbpk.linkage.model import FILE
from rbpk.linkage.records import RECORD_SCHEMA
from rbpk.linkage.registry import no_memory
from rbpk.linkage.rules import RULES_VERSION
from rbpk.linkage.scoring import GAMMA, Weights, is_vouched_for, levels_of, score, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rbpk.linkage.engine import Engine

ARTEFACT = Path(__file__).parents[2] / "plugins" / "rbpk" / "linkage" / "models" / FILE
# Seeds below are for training and for choosing thresholds; the harness and the tests use others.
TRAIN_SEEDS, CHOOSE_SEEDS = (101,), (201,)
# A joined pair should be right this often; a question should have a fair chance of the answer "same".
LINK_PRECISION, REVIEW_SHARE = 0.98, 0.15


def main() -> None:
    """Train, choose thresholds, write the artefact."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.training", description=__doc__)
    parser.add_argument("--households", type=int, default=60_000)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    chosen = parser.parse_args()
    silent = settings_of(None, 0.5)
    pairs, prints = labelled_pairs(chosen.households, TRAIN_SEEDS, silent)
    share = float(pairs["is_same"].mean() or 0.0)  # type: ignore[arg-type] # a share of booleans
    settings = settings_of(_weights(pairs), share)
    tried, _ = labelled_pairs(chosen.households, CHOOSE_SEEDS, settings)
    link = threshold(tried.filter(is_vouched_for()), LINK_PRECISION)
    is_linked = (pl.col("probability") >= link) & is_vouched_for()
    review = review_threshold(tried.filter(~is_linked))
    linked, asked = tried.filter(is_linked), tried.filter(~is_linked & (pl.col("probability") >= review))
    fingerprint = hashlib.sha256("".join(prints).encode()).hexdigest()
    artefact = {
        "version": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}-{fingerprint[:8]}",
        "trained_on": {
            "population": f"invented, {chosen.households} families, seeds {TRAIN_SEEDS}, usual and harder mix",
            "fingerprint": fingerprint,
            "rules_version": RULES_VERSION, "pairs": len(pairs), "same": int(pairs["is_same"].sum()),
        },
        "accuracy": {
            "population": f"invented, {chosen.households} families, seeds {CHOOSE_SEEDS}, usual and harder mix",
            "pairs": len(tried), "same": int(tried["is_same"].sum()),
            "linked": len(linked), "linked_same": int(linked["is_same"].sum()),
            "asked": len(asked), "asked_same": int(asked["is_same"].sum()),
        },
        "thresholds": {"link": link, "review": review},
        "splink": settings,
    }  # fmt: skip
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(artefact, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({name: artefact[name] for name in ("trained_on", "accuracy", "thresholds")}, indent=1))


def labelled_pairs(
    households: int, seeds: Iterable[int], settings: Mapping[str, Any]
) -> tuple[pl.DataFrame, list[str]]:
    """Return the pairs the rules leave, scored and labelled, and a fingerprint of each population."""
    found, prints = [], []
    for seed in seeds:
        usual = invented(households, seed)
        for population in (usual, harder(usual)):
            rows = population.months[0]
            prints.append(hashlib.sha256(rows.drop("sha256").write_csv().encode()).hexdigest())
            found.append(_left(rows, settings))
    return pl.concat(found), prints


def threshold(pairs: pl.DataFrame, precision: float) -> float:
    """Return the lowest probability from which on at least that share of pairs is one person."""
    ranked = pairs.sort("probability", descending=True).with_columns(
        right=pl.col("is_same").cum_sum() / pl.int_range(1, pl.len() + 1)
    )
    good = ranked.filter(pl.col("right") >= precision)
    return round(float(good["probability"].min()), 6) if len(good) else 1.0  # type: ignore[arg-type] # a float column


def review_threshold(pairs: pl.DataFrame) -> float:
    """Return the lowest probability down to which questions are answered "same" often enough to ask."""
    for floor in (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        asked = pairs.filter(pl.col("probability") >= floor)
        if len(asked) and float(asked["is_same"].mean() or 0.0) >= REVIEW_SHARE:  # type: ignore[arg-type] # a share
            return floor
    return 0.95


def _left(rows: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    scored: list[pl.DataFrame] = []

    def producer(engine: Engine, clusters: pl.DataFrame) -> pl.DataFrame:
        scored.append(score(engine, clusters, settings))
        return pl.DataFrame(schema=EDGE_SCHEMA)

    with open_engine() as engine:
        keyed, _ = match(
            engine, rows.select(list(RECORD_SCHEMA)), no_memory().profiles, (rule_edges, household_edges, producer)
        )
    truth = keyed.select("unit", "record_id").join(rows.select("record_id", "true_person"), on="record_id")
    truth = truth.unique("unit", keep="first", maintain_order=True)
    left, right = (
        truth.select(**{f"{side}_unit": "unit", f"{side}_true": "true_person"}) for side in ("left", "right")
    )
    named = scored[0].join(left, on="left_unit").join(right, on="right_unit")
    return named.with_columns(is_same=pl.col("left_true") == pl.col("right_true"))


def _weights(pairs: pl.DataFrame) -> Weights:
    """Count levels, each once more than seen: what was never seen is rare, not impossible."""
    weights: Weights = {}
    for field in FIELDS:
        levels = levels_of(field.name)
        seen = pairs.filter(pl.col(f"{GAMMA}{field.name}") >= 0)
        same, other = (seen.filter(pl.col("is_same") == verdict)[f"{GAMMA}{field.name}"] for verdict in (True, False))
        weights[field.name] = {
            level: (_share(same, gamma, len(levels)), _share(other, gamma, len(levels)))
            for gamma, level in enumerate(levels)
        }
    return weights


def _share(gammas: pl.Series, gamma: int, levels: int) -> float:
    return round((int((gammas == gamma).sum()) + 1) / (len(gammas) + levels), 6)


if __name__ == "__main__":
    main()
