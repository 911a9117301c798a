"""What marts.mart_coverage_summary must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("mart_coverage_summary", filled_columns=("level", "programme_code", "families"))
