"""What was found about the rows of a batch, and the first reason each is held back for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.reasons import REASONS, reason

if TYPE_CHECKING:
    from collections import Counter

    from rbpk.feeds.judge_values import Finding

_NOT_RAW = ("source_row", "structure", "line")


@dataclass(slots=True)
class Verdicts:
    """Findings and reasons of one batch, collected column by column."""

    height: int
    findings: list[Finding] = field(default_factory=list)
    reasons: list[tuple[pl.Series, str | None, str]] = field(default_factory=list)

    def find(self, rows: pl.Series, column: str, code: str) -> None:
        """Note a finding about some rows; null is none of them."""
        if rows.any():
            self.findings.append((rows.fill_null(value=False), column, code))

    def hold(self, rows: pl.Series, column: str | None, code: str) -> None:
        """Hold some rows back, null being none of them; an earlier reason stands."""
        if rows.any():
            self.reasons.append((rows.fill_null(value=False), column, code))

    def note(self, rows: pl.Series, column: str, code: str) -> None:
        """Hold rows back if the code is a reason to, else note a finding."""
        if code in REASONS:
            self.hold(rows, column, code)
        else:
            self.find(rows, column, code)

    def held(self) -> pl.Series:
        """Say which rows are held back."""
        result = pl.repeat(value=False, n=self.height, eager=True)
        for rows, _, _ in self.reasons:
            result |= rows
        return result

    def count_findings(self, counter: Counter[str], held: pl.Series) -> None:
        """Add up the findings of the rows that land."""
        for rows, column, code in self.findings:
            counter[f"{column}:{code}"] += int((rows & ~held).sum())

    def as_array(self) -> pl.Series:
        """Write each row's findings as PostgreSQL writes a text[]; null where there are none."""
        nothing = pl.repeat(None, self.height, dtype=pl.String, eager=True)
        found = pl.repeat(value=False, n=self.height, eager=True)
        for rows, _, _ in self.findings:
            found |= rows
        # Most rows have nothing to say: only the others are written.
        index = found.arg_true()
        if not len(index):
            return nothing
        told = pl.DataFrame({str(number): rows for number, (rows, _, _) in enumerate(self.findings)})[index]
        marks = [
            pl.when(str(number)).then(pl.lit(f"{column}:{code}"))
            for number, (_, column, code) in enumerate(self.findings)
        ]
        joined = "{" + pl.concat_str(marks, separator=",", ignore_nulls=True) + "}"
        return nothing.scatter(index, told.select_seq(joined).to_series())

    def rejected(self, frame: pl.DataFrame, held: pl.Series, counter: Counter[str]) -> pl.DataFrame:
        """Give the rows held back, each with its first reason and as it was sent."""
        which = self._first_reason().filter(held)
        for number, count in which.value_counts().iter_rows():
            counter[self.reasons[number][2]] += count
        numbers = list(range(len(self.reasons)))

        def say(values: list[str | None]) -> pl.Series:
            return which.replace_strict(numbers, values, return_dtype=pl.String)

        raw = pl.struct(name for name in frame.columns if name not in _NOT_RAW).struct.json_encode()
        return frame.filter(held).select_seq(
            "source_row",
            say([column for _, column, _ in self.reasons]).alias("column_name"),
            say([code for _, _, code in self.reasons]).alias("reason_code"),
            say([reason(code, column) for _, column, code in self.reasons]).alias("message"),
            # jsonb holds no zero character, escaped or not.
            raw.str.replace_all("\\u0000", "", literal=True).alias("raw"),
        )

    def _first_reason(self) -> pl.Series:
        which = pl.DataFrame({"which": pl.repeat(None, self.height, dtype=pl.Int32, eager=True)})
        for number, (rows, _, _) in enumerate(self.reasons):
            first = pl.col("which").is_null() & pl.lit(rows)
            which = which.with_columns_seq(pl.when(first).then(number).otherwise("which").cast(pl.Int32).alias("which"))
        return which["which"]
