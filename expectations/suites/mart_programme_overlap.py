"""What marts.mart_programme_overlap must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_programme_overlap",
    filled_columns=("programme_a", "programme_b", "rule_code"),
    about=(words.ExpectOverlapsAllowed(),),
    may_be_empty=True,
)
