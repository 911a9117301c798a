"""The order in which rejected rows are copied; apart from `writing` so that landing needs no dataframe library."""

from __future__ import annotations

from typing import Final

REJECTED_COLUMNS: Final = (
    "delivery_id", "regency_code", "period", "feed", "entity", "source_file", "sheet",
    "source_row", "column_name", "reason_code", "message", "raw",
)  # fmt: skip
