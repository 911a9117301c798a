"""What marts.mart_pkh_payments must hold."""

from __future__ import annotations

from expectations import release_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_pkh_payments",
    about=(words.ExpectPaidWithinDelivered(), words.ExpectAmountsByTheRule()),
    may_be_empty=True,
)
