"""What marts.mart_field_work must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_field_work",
    filled_columns=("officer_role",),
    about=(words.ExpectFieldWorkSums(),),
)
