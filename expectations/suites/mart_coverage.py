"""What marts.mart_coverage must hold."""

from __future__ import annotations

from expectations import release_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_coverage",
    filled_columns=("programme_code",),
    about=(words.ExpectCoverageSums(), words.ExpectCoverageComplete()),
)
