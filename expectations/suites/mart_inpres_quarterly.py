"""What marts.mart_inpres_quarterly must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

# A month without a budget has nothing to report.
SUITE = mart_suite(
    "mart_inpres_quarterly", filled_columns=("sub_kegiatan_code", "strategy", "line_number"), may_be_empty=True
)
