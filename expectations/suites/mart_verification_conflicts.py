"""What marts.mart_verification_conflicts must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_verification_conflicts",
    filled_columns=("seen_by_both",),
    about=(words.ExpectRolesAgree(),),
)
