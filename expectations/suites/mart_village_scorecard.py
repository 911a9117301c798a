"""What marts.mart_village_scorecard must hold."""

from __future__ import annotations

from expectations import village_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_village_scorecard",
    filled_columns=("desa_code", "total_score"),
    # A town has no desa; where there are some, each must have its row.
    may_be_empty=True,
    about=(words.ExpectEveryRegionPresent(), words.ExpectScoresPossible()),
)
