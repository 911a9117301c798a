"""What marts.mart_budget_coverage must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_budget_coverage",
    filled_columns=("programme_code", "phase"),
    about=(words.ExpectNeedIsFundedOrLeft(),),
)
