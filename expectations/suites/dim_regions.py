"""What marts.dim_regions must hold."""

from __future__ import annotations

from expectations import release_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "dim_regions",
    filled_columns=("region_code",),
    about=(words.ExpectVillagesUnderKecamatan(),),
)
