"""What marts.dim_dates must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

SUITE = mart_suite("dim_dates", filled_columns=("date_day", "month_period"))
