"""What marts.dim_programmes must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("dim_programmes", filled_columns=("programme_code",))
