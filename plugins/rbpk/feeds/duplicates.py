"""Which rows have been seen before in this file: eight bytes a row, sorted runs merged as they grow."""

from __future__ import annotations

import numpy as np
import polars as pl

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
