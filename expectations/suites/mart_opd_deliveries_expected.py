"""What marts.mart_opd_deliveries_expected must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_opd_deliveries_expected",
    filled_columns=("office_code",),
    about=(words.ExpectListsReceived(),),
)
