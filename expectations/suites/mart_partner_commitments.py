"""What marts.mart_partner_commitments must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_partner_commitments",
    filled_columns=("offer_code", "partner_code"),
    about=(words.ExpectGiftsHaveEvidence(),),
    may_be_empty=True,
)
