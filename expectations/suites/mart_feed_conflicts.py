"""What marts.mart_feed_conflicts must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("mart_feed_conflicts", filled_columns=("feed_a", "feed_b", "attribute"), may_be_empty=True)
