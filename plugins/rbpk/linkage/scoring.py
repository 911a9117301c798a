"""The probabilistic step: Splink scores what the rules left, with weights that were learned elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from rbpk.linkage.comparing import FIELDS, HOMES_THAT_VOUCH, MISSING, OTHERWISE
from rbpk.linkage.edges import EDGE_SCHEMA
from rbpk.linkage.model import trained_model
from rbpk.linkage.reaching import keep_reachable
from rbpk.linkage.rules import SCORED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    from rbpk.linkage.engine import Engine

GAMMA = "gamma_"
Weights = dict[str, dict[str, tuple[float, float]]]
"""Field → level → (how often among one person's rows, how often among two people's)."""


def scored_edges(engine: Engine, clusters: pl.DataFrame) -> pl.DataFrame:
    """Return edges for the pairs the model is sure of; table `scored` keeps what review.py may ask about."""
    model = trained_model()
    scored = score(engine, clusters, model.settings, model.review)
    engine.load("scored", scored)
    sure = scored.filter((pl.col("probability") >= model.link) & is_vouched_for())
    return sure.select(
        "left_unit", "right_unit", rule=pl.lit(SCORED.name), score=pl.col("probability") * SCORED.score
    ).cast(EDGE_SCHEMA)


def is_vouched_for() -> pl.Expr:
    """Say of a scored pair whether the home speaks for it; without that a person is asked, however likely it looks."""
    gammas = [levels_of("home").index(level) for level in HOMES_THAT_VOUCH]
    return pl.col(f"{GAMMA}home").is_in(gammas)


def score(engine: Engine, clusters: pl.DataFrame, settings: Mapping[str, Any], floor: float = 0.0) -> pl.DataFrame:
    """Return left_unit, right_unit, probability and one gamma a field for every pair the rules left.

    Nothing is estimated here: `settings` are a trained model's. Pairs that cannot reach `floor` are left out.
    """
    engine.load("clusters", clusters)
    engine.build("leftover", "leftover")
    engine.build("leftover_units", "leftover_units")
    pairs = keep_reachable(engine, settings, floor)
    engine.build("scorable_units", "scorable_units")
    if not pairs:
        gammas = {f"{GAMMA}{field.name}": pl.Int32 for field in FIELDS}
        units = {"left_unit": pl.UInt32, "right_unit": pl.UInt32}
        return pl.DataFrame(schema={**units, "probability": pl.Float64, **gammas})
    return _predict(engine, settings).sort("left_unit", "right_unit")


def load_splink() -> tuple[type[Linker], type[DuckDBAPI]]:
    """Import Splink, and the SQL dialect it would look for at its first word: a second, wanted by this step only."""
    import sqlglot.dialects.duckdb  # noqa: F401, PLC0415
    from splink import Linker  # noqa: PLC0415
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415

    return Linker, DuckDBAPI


def _predict(engine: Engine, settings: Mapping[str, Any]) -> pl.DataFrame:
    linker_class, api = load_splink()
    linker = linker_class(
        api(engine.connection).register("scorable_units"), dict(settings), log_level=50, validate_settings=False
    )
    found = linker.inference.predict(warning_mode="never")
    gammas = ", ".join(f"gamma_{field.name}" for field in FIELDS)
    relation = engine.connection.sql(
        "select least(unit_l, unit_r)::uinteger as left_unit, greatest(unit_l, unit_r)::uinteger as right_unit, "  # noqa: S608 - names from code
        f"match_probability as probability, {gammas} from {found.physical_name}"
    )
    frame = pl.from_arrow(relation.to_arrow_table())
    return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()


def settings_of(weights: Weights | None, prior: float) -> dict[str, Any]:
    """Return Splink's settings for the fields of comparing.py; without weights every level says nothing."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unit",
        "probability_two_random_records_match": prior,
        # Every pair has a number, and both its units carry it: Splink compares those pairs and no others.
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.pairs = r.pairs", "arrays_to_explode": ["pairs"], "sql_dialect": "duckdb"}
        ],
        "comparisons": [_comparison(field.name, field.levels, (weights or {}).get(field.name, {})) for field in FIELDS],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def levels_of(name: str) -> list[str]:
    """Return a field's levels by gamma, from 0 (OTHERWISE) up; `missing` is gamma -1 and not among them."""
    field = next(field for field in FIELDS if field.name == name)
    return [OTHERWISE, *reversed([level for level, _ in field.levels if level != MISSING])]


def _comparison(
    name: str, levels: tuple[tuple[str, str], ...], weights: Mapping[str, tuple[float, float]]
) -> dict[str, Any]:
    made = []
    for level, condition in (*levels, (OTHERWISE, "ELSE")):
        one: dict[str, Any] = {"sql_condition": condition, "label_for_charts": level}
        if level == MISSING:
            one["is_null_level"] = True
        else:
            one["m_probability"], one["u_probability"] = weights.get(level, (0.5, 0.5))
        made.append(one)
    return {"output_column_name": name, "comparison_levels": made}
