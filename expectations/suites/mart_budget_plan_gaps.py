"""What marts.mart_budget_plan_gaps must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_budget_plan_gaps",
    filled_columns=("opd_code", "sub_kegiatan_code"),
    about=(words.ExpectListsHaveBudget(),),
    may_be_empty=True,
)
