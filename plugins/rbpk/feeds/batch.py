"""Some rows as read: columns `c0…` as text, `source_row`, `structure`, `line`, and what the cells' types told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

# What a cell of a spreadsheet can hold at most; a list of people has no longer one.
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one part of a file; `numeric` names positions whose cells were numbers, by row."""

    frame: pl.DataFrame
    sheet: str = ""
    numeric: pl.DataFrame | None = None
    # Whether the text it was read from shows that no cell is an error or longer than any should be.
    plain: bool = False

    def marked(self, code: str) -> Batch:
        """Hold all its rows back, each for the same reason."""
        return replace(self, frame=self.frame.with_columns_seq(pl.lit(code).alias("structure")))

    def within_limits(self) -> Batch:
        """Hold back the rows with a cell longer than any cell should be."""
        if self.plain:
            return self
        cells = pl.col(pl.String).exclude("structure", "line")
        if not self.frame.select_seq(pl.any_horizontal((cells.str.len_bytes() > LONGEST_CELL).any())).item():
            return self
        # Characters, not bytes: only a batch that has a suspect is looked at so closely.
        long = pl.any_horizontal((cells.str.len_chars() > LONGEST_CELL).fill_null(value=False))
        held = pl.when(long).then(pl.lit("CELL_TOO_LONG")).otherwise("structure").alias("structure")
        return replace(self, frame=self.frame.with_columns_seq(held))
