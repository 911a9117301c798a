"""What marts.mart_feed_agreement must hold."""

from __future__ import annotations

from expectations import release_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_feed_agreement",
    about=(
        words.ExpectAgreementTotals(),
        words.ExpectAgreementCellsValid(),
        words.ExpectNoMorePeopleThanLinked(),
    ),
)
