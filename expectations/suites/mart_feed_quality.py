"""What marts.mart_feed_quality must hold."""

from __future__ import annotations

from expectations import agreement_vocabulary as agreement
from expectations import household_vocabulary as families
from expectations import release_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_feed_quality",
    filled_columns=("feed", "entity"),
    about=(
        words.ExpectQualityMatchesLedger(),
        words.ExpectSharesWithinHundred(),
        families.ExpectRequiredListsThere(),
        agreement.ExpectListsNoOlder(),
    ),
)
