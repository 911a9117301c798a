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

# As narrow as may be: a list of a million rows is remembered whole.
_WIDTHS = {
    "sheet": pl.UInt16, "row": pl.UInt32, "held": pl.UInt8, "nik": pl.UInt64,
    "family": pl.UInt64, "head": pl.UInt8, "same": pl.UInt64,
}  # fmt: skip
_Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]
_Array = np.ndarray[tuple[int], np.dtype[np.uint64]]


class Crowd:
    """Remembers of each row of a list what others are compared with."""

    def __init__(self, contract: Contract) -> None:
        self._people = contract.people
        self._sheets: list[str] = []
        self._kept: dict[str, list[_Array]] = {name: [] for name in _WIDTHS}

    def add(self, frame: pl.DataFrame, clean: dict[str, Identities], held: pl.Series, sheet: str) -> None:
        """Remember the rows of a batch."""
        if self._people is None or not frame.height:
            return
        if sheet not in self._sheets:
            self._sheets.append(sheet)
        nothing = pl.repeat(None, frame.height, dtype=pl.UInt64, eager=True)
        nik = clean[self._people.once].number if self._people.once in clean else nothing
        rows = frame.select_seq(
            sheet=pl.lit(self._sheets.index(sheet), pl.UInt16), row=pl.col("source_row"), held=held,
            # Zero is nobody's number; a hash of zero would cost one family its comparison, no more.
            nik=nik.fill_null(0), **_family(self._people, frame.columns),
        )  # fmt: skip
        rows = rows.select_seq(pl.col(name).cast(width) for name, width in _WIDTHS.items())
        for name in _WIDTHS:
            self._kept[name].append(rows[name].to_numpy())

    def notes(self, counter: Counter[str]) -> bytes:
        """Give the findings as lines of CSV: sheet, source row, finding; add them up."""
        if self._people is None or not self._kept["row"]:
            return b""
        sheet, row, held = (self._whole(name) for name in ("sheet", "row", "held"))
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        for finding, concerned in self._found(self._people):
            landed = np.flatnonzero(concerned & (held == 0))
            counter[finding] += len(landed)
            for i in landed.tolist():
                writer.writerow((self._sheets[int(sheet[i])], int(row[i]), finding))
        return out.getvalue().encode()

    def _whole(self, name: str) -> _Array:
        """Take one column as a whole; its parts are not needed again."""
        return np.concatenate(self._kept.pop(name))

    def _found(self, people: People) -> Iterator[tuple[str, _Bools]]:
        if people.once:
            yield f"{people.once}:{REPEATED}", _repeated(self._whole("nik"))
        family = self._whole("family")
        if people.family is None or not family.any():
            return
        order = np.argsort(family, kind="stable")
        family = family[order]
        starts = np.flatnonzero(np.concatenate(([True], family[1:] != family[:-1])))
        sizes = np.diff(np.append(starts, len(family)))

        def members(of_family: _Bools) -> _Bools:
            concerned = np.zeros(len(family), dtype=bool)
            concerned[order] = np.repeat(of_family, sizes) & (family != 0)
            return concerned

        if people.head_column:
            heads = np.add.reduceat(self._whole("head")[order], starts, dtype=np.uint32)
            yield f"{people.head_column}:HEAD_COUNT", members(heads != 1)
        if people.same:
            same = self._whole("same")[order]
            varies = np.minimum.reduceat(same, starts) != np.maximum.reduceat(same, starts)
            yield f"{people.same[0]}:DESIL_FAMILY_VARIES", members(varies)


def _family(people: People, present: list[str]) -> dict[str, pl.Expr]:
    needed = {people.family, people.head_column, *people.same}
    if people.family is None or needed - {None} - set(present):
        return {"family": pl.lit(0), "head": pl.lit(0), "same": pl.lit(0)}
    family = pl.col(people.family).str.strip_chars()
    head = pl.col(people.head_column or people.family).str.strip_chars().str.to_uppercase()
    same = [pl.col(name).str.strip_chars().fill_null("") for name in people.same]
    return {
        "family": pl.when(family != "").then(family.hash(seed=2)).otherwise(0),
        "head": head.is_in(list(people.head_values)).fill_null(value=False),
        "same": (pl.concat_str(*same, separator="|") if same else pl.lit("")).hash(seed=2),
    }


def _repeated(numbers: _Array) -> _Bools:
    order = np.argsort(numbers, kind="stable")
    equal = (numbers[order][1:] == numbers[order][:-1]) & (numbers[order][1:] != 0)
    concerned = np.zeros(len(numbers), dtype=bool)
    concerned[order[1:][equal]] = True
    concerned[order[:-1][equal]] = True
    return concerned
