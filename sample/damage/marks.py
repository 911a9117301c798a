"""Which row suffered what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sample.dice import Bits, Dice, Flags, Ints


class Marks:
    """Defects of the rows of one file."""

    def __init__(self, rows: int) -> None:
        """Start with rows that suffered nothing."""
        self.rows = rows
        self.found: dict[str, Flags] = {}

    def add(self, defect: str, rows: Ints | Flags) -> None:
        """Mark rows, by number or by flag."""
        flags = self.found.setdefault(defect, np.zeros(self.rows, dtype=bool))
        flags[rows] = True

    def has(self, *defects: str) -> Flags:
        """Say which rows suffered any of these; a name ending in `_` stands for all that start so."""
        result = np.zeros(self.rows, dtype=bool)
        for defect, flags in self.found.items():
            if any(defect == wanted or (wanted[-1] == "_" and defect.startswith(wanted)) for wanted in defects):
                result |= flags
        return result

    def has_only(self, harmless: tuple[str, ...], prefix: str) -> Flags:
        """Say which rows suffered these and nothing else of the same kind."""
        others = [defect for defect in self.found if defect.startswith(prefix) and defect not in harmless]
        return self.has(*harmless) & ~(self.has(*others) if others else np.zeros(self.rows, dtype=bool))

    def column(self) -> pl.Series:
        """Give the list of defects per row."""
        rows: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        names: list[str] = []
        for defect, flags in sorted(self.found.items()):
            struck = np.flatnonzero(flags)
            rows.append(struck)
            names += [defect] * len(struck)
        where = np.concatenate(rows)
        order = np.argsort(where, kind="stable")
        flat = pl.Series(names, dtype=pl.String).gather(order)
        # Most rows suffered nothing: a list is made only for those that did.
        some = pl.DataFrame({"row": where[order], "defects": flat}).group_by("row", maintain_order=True).all()
        everyone = pl.DataFrame({"row": np.arange(self.rows)}).join(some, on="row", how="left", maintain_order="left")
        empty = pl.lit([], dtype=pl.List(pl.String))
        return everyone.select(pl.col("defects").fill_null(empty)).to_series()


@dataclass(frozen=True)
class Hand:
    """The hand that writes the rows of a feed: its chances, and its mistakes."""

    dice: Dice
    feed: str
    ids: Ints
    marks: Marks

    def rows(self, question: str, chance: float) -> Ints:
        """Give the rows something happens to."""
        return np.flatnonzero(self.dice.happens(f"{self.feed} {question}", self.ids, chance))

    def bits(self, question: str) -> Bits:
        """Give the chance of how it happens, per row."""
        return self.dice.bits(f"{self.feed} {question} how", self.ids)

    def one_of(self, question: str, rates: dict[str, float]) -> dict[str, Ints]:
        """Let at most one of several defects strike each row, each at its rate."""
        edges = np.cumsum(list(rates.values()))
        kind = np.searchsorted(edges, self.dice.uniform(f"{self.feed} {question}", self.ids), side="right")
        return {defect: np.flatnonzero(kind == place) for place, defect in enumerate(rates)}


def change(values: list[str | None], rows: Ints, how: Callable[[str, int], str | None], bits: Bits) -> Ints:
    """Change some values in place; return the rows whose value is another one now."""
    changed: list[int] = []
    for row, chance in zip(rows.tolist(), bits[rows].tolist(), strict=True):
        before = values[row]
        after = how(before, chance) if before else before
        if after != before:
            values[row] = after
            changed.append(row)
    return np.array(changed, dtype=np.int64)
