"""Which pairs could reach a probability at all: what the dear comparisons would say is taken at its best.

Most pairs the rules leave are neighbours of one birthday or one name whose NIKs differ: cheap fields say so, and
Splink need not look at them. Bounds are the model's own weights, so nothing that could be asked or joined is lost.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rbpk.linkage.engine import Engine

# From the first level that measures how far two names are apart, a field counts with the best of what remains.
_DEAR = re.compile(r"jaro_winkler|damerau_levenshtein\(core_key")
# A slip changes one digit or swaps two: counting places that differ is cheap and settles nearly every pair.
_SLIP = "damerau_levenshtein(nik_l, nik_r) = 1"
_QUICK_SLIP = f"case when length(nik_l) = length(nik_r) then hamming(nik_l, nik_r) <= 2 else true end and {_SLIP}"
_SIDED = re.compile(r"\b(\w+)_[lr]\b")
# Weights are sums of rounded numbers.
_SLACK = 0.01


def keep_reachable(engine: Engine, settings: Mapping[str, Any], floor: float) -> int:
    """Build table `scorable` (left_unit, right_unit, pair) from `leftover`; return its number of pairs.

    Args:
        engine: holds `leftover` and `leftover_units`.
        settings: a trained model's.
        floor: pairs that cannot reach this probability are left out; 0 keeps all.
    """
    limit = -math.inf if floor <= 0 else log_odds(floor) - _prior(settings) - _SLACK
    comparisons = settings["comparisons"]
    conditions = " ".join(level["sql_condition"] for field in comparisons for level in field["comparison_levels"])
    columns = sorted(set(_SIDED.findall(conditions)))
    sides = ", ".join(f"one.{name} as {name}_l, two.{name} as {name}_r" for name in columns)
    bound = " + ".join(_bound(field["comparison_levels"]) for field in comparisons)
    wanted = "true" if limit == -math.inf else f"{bound} >= {limit}"
    engine.connection.execute(
        "create or replace table scorable as with sides as ("  # noqa: S608 - names and conditions from the model
        f"select left_unit, right_unit, {sides} from leftover "
        "inner join leftover_units as one on left_unit = one.unit "
        "inner join leftover_units as two on right_unit = two.unit) "
        "select left_unit, right_unit, row_number() over (order by left_unit, right_unit) as pair "
        f"from sides where {wanted}"
    )
    return len(engine.connection.table("scorable"))


def log_odds(probability: float) -> float:
    """Return a probability as a weight, in bits."""
    return math.log2(probability / (1 - probability))


def quick(condition: str) -> str:
    """Return a condition that holds of the same pairs and costs less on DuckDB."""
    return condition.replace(_SLIP, _QUICK_SLIP)


def weight(level: Mapping[str, Any]) -> float:
    """Return what a level says, in bits; `missing` says nothing."""
    if level.get("is_null_level"):
        return 0.0
    return math.log2(level["m_probability"] / level["u_probability"])


def _prior(settings: Mapping[str, Any]) -> float:
    return log_odds(settings["probability_two_random_records_match"])


def _bound(levels: Sequence[Mapping[str, Any]]) -> str:
    """Return the most a field can say, as SQL; its cheap levels are looked at, the dear ones are not."""
    told: list[str] = []
    for place, level in enumerate(levels):
        condition = level["sql_condition"]
        if condition == "ELSE" or _DEAR.search(condition):
            most = max(weight(other) for other in levels[place:])
            return f"case {' '.join(told)} else {most} end" if told else f"{most}"
        told.append(f"when {quick(condition)} then {weight(level)}")
    return f"case {' '.join(told)} else 0.0 end"
