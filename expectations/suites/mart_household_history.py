"""What marts.mart_household_history must hold."""

from __future__ import annotations

from expectations import household_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_household_history",
    filled_columns=("household_id", "valid_from"),
    about=(words.ExpectHistoryTellsToday(),),
)
