"""What marts.mart_budget_schedule must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_budget_schedule",
    filled_columns=("opd_code", "sub_kegiatan_code", "flag"),
    about=(words.ExpectSpendingWithinCeiling(), words.ExpectSpendingHasBudget()),
    may_be_empty=True,
)
