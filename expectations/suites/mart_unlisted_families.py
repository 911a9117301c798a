"""What marts.mart_unlisted_families must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

# DTSEN comes by quarter; without it nobody is known to be forgotten by the lists.
SUITE = mart_suite("mart_unlisted_families", filled_columns=("households",), may_be_empty=True)
