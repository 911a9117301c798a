"""What marts.mart_funding_mix must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_funding_mix",
    filled_columns=("funder_type",),
    about=(words.ExpectSharesAddUp(),),
)
