"""What marts.mart_kecamatan_priorities must hold."""

from __future__ import annotations

from expectations import village_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_kecamatan_priorities", filled_columns=("kecamatan_code",), about=(words.ExpectEveryRegionPresent(),)
)
