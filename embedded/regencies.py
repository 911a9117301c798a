"""Names of the regencies served, from the platform's own region list."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from embedded.home import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence

REGIONS = REPOSITORY / "dbt_project" / "seeds" / "regions" / "regions.csv"


def named(codes: Sequence[str]) -> dict[str, str]:
    """Return code → name; a code the list lacks stands for itself."""
    known: dict[str, str] = {}
    if REGIONS.exists():
        with REGIONS.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                known[row.get("region_code", "")] = row.get("region_name", "")
    return {code: known.get(code) or code for code in codes}
