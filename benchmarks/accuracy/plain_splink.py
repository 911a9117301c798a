"""Splink as its tutorial uses it, beside ours: the same rows, its own blocking, comparisons, estimates, clusters."""

from __future__ import annotations

import time
from typing import NamedTuple

import duckdb
import polars as pl

from benchmarks.accuracy.labelled import PERSONS
from benchmarks.accuracy.pairs import pairwise
from rbpk.linkage.clusters import components

FIXED = 0.95
_THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999)
_COLUMNS = ("unit", "nik", "family_card", "name", "birth_date", "sex", "village_code")
Training = tuple[tuple[str, ...], ...]
"""The pairs weights are estimated from, one session each: those that agree on all of these columns."""
QUICK: Training = (("nik",), ("name", "birth_date"))
TUTORIAL: Training = (("name",), ("birth_date",))
"""The tutorial's own two sessions; as a regency grows they look at far more pairs than are worth a look."""


class Plain(NamedTuple):
    """`fixed`: rows clustered at FIXED · `best`: at `threshold`, chosen with the truth in hand · what it cost."""

    fixed: pl.DataFrame
    best: pl.DataFrame
    threshold: float
    seconds: float
    cpu: float


class Steps(NamedTuple):
    """`scored`: pairs with their probability · `clusters`: unit, person_id at FIXED · what Splink's own steps cost."""

    scored: pl.DataFrame
    clusters: pl.DataFrame
    seconds: float
    cpu: float


def plain(rows: pl.DataFrame, training: Training = QUICK) -> Plain:
    """Link the rows of persons at FIXED, and at the threshold that fits the truth best."""
    persons = rows.filter(pl.col("list").is_in(PERSONS)).with_row_index("unit")
    done = steps(persons, training)
    fixed = persons.join(done.clusters, on="unit")
    # Splink takes a second a threshold; what it makes of pairs is what every union of pairs makes of them.
    tried = {threshold: _cluster(persons, done.scored, threshold) for threshold in _THRESHOLDS}
    if not _is_same(fixed, tried[FIXED]):
        raise RuntimeError("Splink's clusters are not the components of its own pairs")
    threshold = max(tried, key=lambda one: pairwise(tried[one], "person_id", "true_person").f1)
    return Plain(fixed, tried[threshold], threshold, done.seconds, done.cpu)


def steps(persons: pl.DataFrame, training: Training = QUICK) -> Steps:
    """Register the rows, train on them, score every pair of a NIK, a card or name and birth date, cluster once."""
    import splink.comparison_library as cl  # noqa: PLC0415 - seconds to import, wanted here only
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415

    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unit",
        blocking_rules_to_generate_predictions=[
            block_on("nik"), block_on("family_card"), block_on("name", "birth_date"),
        ],
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.92, 0.88, 0.7]).configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("birth_date", input_is_string=False),
            cl.ExactMatch("nik"), cl.ExactMatch("family_card"), cl.ExactMatch("sex"), cl.ExactMatch("village_code"),
        ],
    )  # fmt: skip
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        began, worked = time.time(), time.process_time()
        api = DuckDBAPI(connection)
        linker = Linker(api.register(persons.select(_COLUMNS).to_arrow()), settings, log_level=50)
        linker.training.estimate_probability_two_random_records_match([block_on("nik")], recall=0.8)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for columns in training:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
        predicted = linker.inference.predict(threshold_match_probability=min(_THRESHOLDS))
        clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=FIXED
        )
        seconds, cpu = time.time() - began, time.process_time() - worked
        scored, clusters = (pl.DataFrame(one.as_duckdbpyrelation().to_arrow_table()) for one in (predicted, clustered))
    return Steps(scored, clusters.select("unit", person_id="cluster_id"), seconds, cpu)


def _cluster(persons: pl.DataFrame, scored: pl.DataFrame, threshold: float) -> pl.DataFrame:
    edges = scored.filter(pl.col("match_probability") >= threshold).select(
        left_unit="unit_l", right_unit="unit_r", score="match_probability"
    )
    clusters = components(len(persons), edges)
    return persons.join(clusters.rename({"cluster": "person_id"}), on="unit")


def _is_same(one: pl.DataFrame, two: pl.DataFrame) -> bool:
    both = one.select("unit", one="person_id").join(two.select("unit", two="person_id"), on="unit")
    groups = both.select("one", "two").unique()
    return len(groups) == both["one"].n_unique() == both["two"].n_unique()
