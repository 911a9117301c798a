"""What every rule is made of: a measure, a limit, and words for the people who act on it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from great_expectations.expectations.core.expect_column_max_to_be_between import ExpectColumnMaxToBeBetween

if TYPE_CHECKING:
    from collections.abc import Mapping


class ExpectMeasureBetween(ExpectColumnMaxToBeBetween):
    """Expect one measured number within its limits; the batch has one row, so its maximum is the number."""


class ExpectNone(ExpectColumnMaxToBeBetween):
    """Expect a count of offending rows to be zero."""

    min_value: float = 0
    max_value: float = 0


def about(rule: str, description_id: str, *, owner: str, next_step: str, counts: bool = False) -> dict[str, Any]:
    """Return the meta of a rule.

    Args:
        rule: stable id, e.g. GATE-07.
        description_id: the description in Indonesian, for the department that reads the report.
        owner: who acts when the rule fails.
        next_step: what they do first, in Indonesian.
        counts: whether the measure is a number of offending rows.
    """
    return {
        "rule": rule,
        "description_id": description_id,
        "owner": owner,
        "next_step": next_step,
        "counts": counts,
    }


@cache
def measures(name: str) -> str:
    """Return the text of `measures/<name>.sql`."""
    return files("expectations").joinpath("measures", f"{name}.sql").read_text(encoding="utf-8")


def filled(name: str, parts: Mapping[str, str]) -> str:
    """Return measures whose `<<part>>` marks are replaced; the gate's own placeholders stay."""
    text = measures(name)
    for part, value in parts.items():
        text = text.replace(f"<<{part}>>", value)
    return text
