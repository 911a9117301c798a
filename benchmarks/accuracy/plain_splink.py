"""Splink as its tutorial uses it, beside ours: the same rows, its own blocking, comparisons and estimates."""

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


class Plain(NamedTuple):
    """`fixed`: rows clustered at FIXED · `best`: at `threshold`, chosen with the truth in hand · seconds."""

    fixed: pl.DataFrame
    best: pl.DataFrame
    threshold: float
    seconds: float


def plain(rows: pl.DataFrame) -> Plain:
    """Register, train, predict and cluster the rows of persons."""
    persons = rows.filter(pl.col("list").is_in(PERSONS)).with_row_index("unit")
    began = time.time()
    scored = predict(persons)
    fixed = _cluster(persons, scored, FIXED)
    seconds = time.time() - began
    tried = [(_cluster(persons, scored, threshold), threshold) for threshold in _THRESHOLDS]
    best, threshold = max(tried, key=lambda one: pairwise(one[0], "person_id", "true_person").f1)
    return Plain(fixed, best, threshold, seconds)


def predict(persons: pl.DataFrame) -> pl.DataFrame:
    """Train on the rows and score every pair that shares a NIK, a family card, or name and birth date."""
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
    columns = ["unit", "nik", "family_card", "name", "birth_date", "sex", "village_code"]
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        api = DuckDBAPI(connection)
        linker = Linker(api.register(persons.select(columns).to_arrow()), settings, log_level=50)
        training = linker.training
        training.estimate_probability_two_random_records_match([block_on("nik")], recall=0.8)
        training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        training.estimate_parameters_using_expectation_maximisation(block_on("nik"))
        training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth_date"))
        predicted = linker.inference.predict(threshold_match_probability=min(_THRESHOLDS))
        return pl.DataFrame(predicted.as_duckdbpyrelation().to_arrow_table())


def _cluster(persons: pl.DataFrame, scored: pl.DataFrame, threshold: float) -> pl.DataFrame:
    edges = scored.filter(pl.col("match_probability") >= threshold).select(
        left_unit="unit_l", right_unit="unit_r", score="match_probability"
    )
    clusters = components(len(persons), edges)
    return persons.join(clusters.rename({"cluster": "person_id"}), on="unit")
