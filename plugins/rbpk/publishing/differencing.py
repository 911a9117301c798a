"""What a reader of the open tables could calculate: the attack the suppression has to withstand.

Known to the reader: every shown number, that totals are sums, that a hidden cell is at least one (zeros are
shown), and last month's shown numbers. Hidden cells are the unknowns of one linear system over all tables;
an integer solution found is a proof that the numbers could be otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from rbpk.publishing.open_tables import Cell, OpenTables

SECONDS: Final = 20


@dataclass(frozen=True)
class Need:
    """A secret is kept if the reader must hold `upper` or more possible, or `lower` or less (none: no such way)."""

    upper: int
    lower: int | None = None


def revealed(tables: OpenTables, withheld: Collection[Cell], needs: Mapping[Cell, Need]) -> set[Cell]:
    """Return the cells whose secret the shown numbers give away; a cell not withheld gives itself away."""
    unknowns = sorted(withheld)
    open_ = {one for one in needs if one not in set(withheld)}
    if not unknowns:
        return open_
    place = {one: number for number, one in enumerate(unknowns)}
    rows: list[int] = []
    columns: list[int] = []
    factors: list[int] = []
    sums: list[int] = []
    for total, parts in tables.sums():
        members = [(total, -1), *((part, 1) for part in parts)]
        hidden = [(one, factor) for one, factor in members if one in place]
        if not hidden:
            continue
        number = len(sums)
        sums.append(-sum(factor * tables.counts[one] for one, factor in members if one not in place))
        for one, factor in hidden:
            rows.append(number)
            columns.append(place[one])
            factors.append(factor)
    matrix = csr_array(coo_array((factors, (rows, columns)), shape=(len(sums), len(unknowns))))
    _, labels = connected_components(abs(matrix).T @ abs(matrix), directed=False)
    right = np.array(sums, dtype=float)
    for label in sorted({int(labels[place[one]]) for one in needs if one in place}):
        inside = np.flatnonzero(labels == label)
        part = matrix[:, inside]
        used = np.flatnonzero(np.diff(part.tocsr().indptr))
        asked = {place[one]: need for one, need in needs.items() if one in place and labels[place[one]] == label}
        local = {int(one): number for number, one in enumerate(inside)}
        left = _System(part[used], right[used]).unproved({local[one]: need for one, need in asked.items()})
        open_ |= {unknowns[int(inside[number])] for number in left}
    return open_


class _System:
    """Hidden cells that hang together: `matrix @ x == right`, x whole and at least one."""

    def __init__(self, matrix: csr_array, right: NDArray[np.float64]) -> None:
        self.size = int(matrix.shape[1])
        self.rules = [LinearConstraint(matrix, right, right)] if matrix.shape[0] else []

    def unproved(self, needs: Mapping[int, Need]) -> list[int]:
        """Return those for which no solution shows what they need; one solution may serve many."""
        left = dict(needs)
        for one in sorted(needs):
            for sign in (-1.0, 1.0):
                if one in left and (sign < 0 or left[one].lower is not None):
                    self._strike(left, self._solved(one, sign))
        return sorted(left)

    def _strike(self, left: dict[int, Need], found: NDArray[np.float64] | None) -> None:
        if found is None:
            return
        for one, need in list(left.items()):
            value = round(float(found[one]))
            if value >= need.upper or (need.lower is not None and value <= need.lower):
                del left[one]

    def _solved(self, one: int, sign: float) -> NDArray[np.float64] | None:
        aim = np.zeros(self.size)
        aim[one] = sign
        if not self.rules:
            return np.full(self.size, 1e6)
        answer = milp(
            aim,
            integrality=np.ones(self.size),
            # Without a bound a system that shows no number at all has no end.
            bounds=Bounds(1, 1e6),
            constraints=self.rules,
            options={"time_limit": SECONDS},
        )
        return None if answer.x is None else np.asarray(answer.x)


def neighbours(tables: OpenTables, cells: Sequence[Cell]) -> dict[Cell, list[Cell]]:
    """Return for each cell the cells it shares a sum with."""
    wanted = set(cells)
    found: dict[Cell, list[Cell]] = {one: [] for one in cells}
    for total, parts in tables.sums():
        members = (total, *parts)
        for one in wanted.intersection(members):
            found[one] += [other for other in members if other != one]
    return found
