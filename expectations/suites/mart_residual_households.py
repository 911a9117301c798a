"""What marts.mart_residual_households must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_residual_households",
    filled_columns=("household_id", "priority_rank", "offer_status"),
    about=(words.ExpectOneOfferAHousehold(), words.ExpectOffersWithinPromise()),
    may_be_empty=True,
)
