"""What marts.mart_feed_quality_reasons must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("mart_feed_quality_reasons", filled_columns=("feed", "reason_code"), may_be_empty=True)
