"""What marts.dim_indicators must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("dim_indicators", filled_columns=("indicator_code",))
