"""What marts.mart_lp2kd_indicators must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("mart_lp2kd_indicators", filled_columns=("indicator_code", "section", "line_number"))
