"""What only a whole list tells: numbers given to two people, families without one head or of two deciles.

The rows concerned have landed by then, so these are findings and hold nothing back (reference 2.3 ID14, 4.2).
Eight bytes are kept of what is compared, never a name.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from rbpk.feeds.contract import REPEATED

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from rbpk.feeds.contract import Contract, People
    from rbpk.feeds.judge_identity import Identities

_Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]
_Kept = dict[str, np.ndarray[tuple[int], np.dtype[np.uint64]]]
_NAMES = ("sheet", "row", "held", "nik", "family", "head", "same")


class Crowd:
    """Remembers of each row of a list what others are compared with."""

    def __init__(self, contract: Contract) -> None:
        self._people = contract.people
        self._sheets: list[str] = []
        self._kept: list[_Kept] = []

    def add(self, frame: pl.DataFrame, clean: dict[str, Identities], held: pl.Series, sheet: str) -> None:
        """Remember the rows of a batch."""
        if self._people is None or not frame.height:
            return
        if sheet not in self._sheets:
            self._sheets.append(sheet)
        nothing = pl.repeat(None, frame.height, dtype=pl.UInt64, eager=True)
        nik = clean[self._people.once].number if self._people.once in clean else nothing
        rows = frame.select(
            sheet=pl.lit(self._sheets.index(sheet), pl.UInt64), row=pl.col("source_row"), held=held,
            # Zero is nobody's number; a hash of zero would cost one family its comparison, no more.
            nik=nik.fill_null(0), **_family(self._people, frame.columns),
        )  # fmt: skip
        rows = rows.with_columns(pl.col(name).cast(pl.UInt64) for name in _NAMES)
        self._kept.append({name: rows[name].to_numpy() for name in _NAMES})

    def notes(self, counter: Counter[str]) -> bytes:
        """Give the findings as lines of CSV: sheet, source row, finding; add them up."""
        if self._people is None or not self._kept:
            return b""
        kept = {name: np.concatenate([part[name] for part in self._kept]) for name in _NAMES}
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        for finding, concerned in _found(self._people, kept):
            landed = np.flatnonzero(concerned & (kept["held"] == 0))
            counter[finding] += len(landed)
            for i in landed.tolist():
                writer.writerow((self._sheets[int(kept["sheet"][i])], int(kept["row"][i]), finding))
        return out.getvalue().encode()


def _family(people: People, present: list[str]) -> dict[str, pl.Expr]:
    needed = {people.family, people.head_column, *people.same}
    if people.family is None or needed - {None} - set(present):
        return {"family": pl.lit(0), "head": pl.lit(0), "same": pl.lit(0)}
    family = pl.col(people.family).str.strip_chars()
    head = pl.col(people.head_column or people.family).str.strip_chars().str.to_uppercase()
    same = (pl.col(name).str.strip_chars().fill_null("") for name in people.same)
    return {
        "family": pl.when(family != "").then(family.hash(seed=2)).otherwise(0),
        "head": head.is_in(list(people.head_values)).fill_null(value=False),
        "same": pl.concat_str(pl.lit(""), *same, separator="|").hash(seed=2),
    }


def _found(people: People, kept: _Kept) -> Iterator[tuple[str, _Bools]]:
    if people.once:
        yield f"{people.once}:{REPEATED}", _repeated(kept["nik"])
    if people.family is None or not kept["family"].any():
        return
    order = np.argsort(kept["family"], kind="stable")
    family = kept["family"][order]
    starts = np.flatnonzero(np.concatenate(([True], family[1:] != family[:-1])))
    sizes = np.diff(np.append(starts, len(family)))

    def members(of_family: _Bools) -> _Bools:
        concerned = np.zeros(len(family), dtype=bool)
        concerned[order] = np.repeat(of_family, sizes)
        concerned &= kept["family"] != 0
        return concerned

    if people.head_column:
        heads = np.add.reduceat(kept["head"][order], starts)
        yield f"{people.head_column}:HEAD_COUNT", members(heads != 1)
    if people.same:
        same = kept["same"][order]
        varies = np.minimum.reduceat(same, starts) != np.maximum.reduceat(same, starts)
        yield f"{people.same[0]}:DESIL_FAMILY_VARIES", members(varies)


def _repeated(numbers: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> _Bools:
    order = np.argsort(numbers, kind="stable")
    equal = (numbers[order][1:] == numbers[order][:-1]) & (numbers[order][1:] != 0)
    concerned = np.zeros(len(numbers), dtype=bool)
    concerned[order[1:][equal]] = True
    concerned[order[:-1][equal]] = True
    return concerned
