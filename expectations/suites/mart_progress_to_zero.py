"""What marts.mart_progress_to_zero must hold."""

from __future__ import annotations

from expectations import village_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_progress_to_zero",
    filled_columns=("level", "families_remaining_on_list"),
    about=(words.ExpectEveryRegionPresent(), words.ExpectLevelsAgree()),
)
