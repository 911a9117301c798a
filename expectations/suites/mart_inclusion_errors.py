"""What marts.mart_inclusion_errors must hold."""

from __future__ import annotations

from expectations import household_vocabulary as words
from expectations.mart import mart_suite

# A month may be without errors.
SUITE = mart_suite(
    "mart_inclusion_errors",
    filled_columns=("programme_code", "reason_code"),
    about=(words.ExpectInclusionErrorsExplained(),),
    may_be_empty=True,
)
