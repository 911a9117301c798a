"""Which rows have been seen before in this file: eight bytes a row, sorted runs merged as they grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from rbpk.feeds.contract import Unique

_UInt64s = np.ndarray[tuple[int], np.dtype[np.uint64]]


class Seen:
    """Remembers hashes over all batches of a file."""

    def __init__(self) -> None:
        self._runs: list[_UInt64s] = []

    def again(self, hashes: pl.Series) -> pl.Series:
        """Say for each hash whether it came before, in this batch or an earlier one."""
        values = hashes.to_numpy()
        order = np.argsort(values, kind="stable")
        ordered = values[order]
        repeated = np.zeros(len(values), dtype=bool)
        repeated[1:] = ordered[1:] == ordered[:-1]
        for run in self._runs:
            places = np.searchsorted(run, ordered)
            places[places == len(run)] = 0
            repeated |= run[places] == ordered
        self._remember(ordered[~repeated])
        result = np.empty(len(values), dtype=bool)
        result[order] = repeated
        return pl.Series(result)

    def _remember(self, fresh: _UInt64s) -> None:
        if not len(fresh):
            return
        self._runs.append(fresh)
        # Merging runs of like size keeps their number logarithmic, so the cost per row stays flat.
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            merged = np.concatenate([self._runs.pop(), self._runs.pop()])
            merged.sort(kind="stable")
            self._runs.append(merged)


def once_more(frame: pl.DataFrame, unique: Unique, seen: Seen, among: pl.Series) -> pl.Series:
    """Say which of the rows repeat one that may be there once only."""
    nothing = pl.repeat(value=False, n=frame.height, eager=True)
    if {*unique.columns, unique.where_column or unique.columns[0]} - set(frame.columns):
        return nothing
    if unique.where_column:
        state = frame[unique.where_column].str.strip_chars().str.to_uppercase()
        among &= state.is_in(list(unique.where_values)).fill_null(value=False)
    keys = frame.select_seq(pl.col(name).str.strip_chars() for name in unique.columns)
    among &= keys.select_seq(pl.all_horizontal(pl.all().is_not_null()).alias("known"))["known"]
    index = among.arg_true()
    if not len(index):
        return nothing
    twice = index.filter(seen.again(keys[index].hash_rows(seed=1)))
    numbers: pl.Series = pl.arange(0, frame.height, eager=True)
    return numbers.is_in(twice.cast(pl.Int64).implode())
