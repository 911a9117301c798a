"""Some rows as read: columns `c0…` as text, `source_row`, `structure`, and what the cells' types told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one part of a file; `numeric` names positions whose cells were numbers, by row."""

    frame: pl.DataFrame
    sheet: str = ""
    numeric: pl.DataFrame | None = None
