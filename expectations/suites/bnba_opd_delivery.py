"""What the offices' delivery lists must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite(
    "bnba_opd_delivery",
    schema="restricted",
    filled_columns=("household_id", "opd_code", "programme_code"),
    may_be_empty=True,
)
