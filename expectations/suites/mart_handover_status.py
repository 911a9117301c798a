"""What marts.mart_handover_status must hold."""

from __future__ import annotations

from expectations import village_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_handover_status", filled_columns=("desa_code", "handover_status"), about=(words.ExpectEveryRegionPresent(),)
)
