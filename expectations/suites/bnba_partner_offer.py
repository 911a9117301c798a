"""What the list of families offered to partners must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite(
    "bnba_partner_offer",
    schema="restricted",
    filled_columns=("household_id", "offer_code", "offer_status"),
    may_be_empty=True,
)
