"""Some rows as read: columns `c0…` as text, `source_row`, `structure`, and what the cells' types told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one part of a file; `numeric` names positions whose cells were numbers, by row."""

    frame: pl.DataFrame
    sheet: str = ""
    numeric: pl.DataFrame | None = None

    def marked(self, code: str) -> Batch:
        """Hold all its rows back, each for the same reason."""
        return replace(self, frame=self.frame.with_columns(pl.lit(code).alias("structure")))
