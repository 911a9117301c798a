"""What marts.mart_targeting_accuracy must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_targeting_accuracy",
    filled_columns=("programme_code", "funder_type"),
    about=(words.ExpectTargetingSums(),),
    may_be_empty=True,
)
