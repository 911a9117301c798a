"""Small cells of open tables stay hidden from a reader who adds, subtracts and keeps last month's file."""

from __future__ import annotations

import itertools
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import SmallCellsUnprotected
from rbpk.publishing import small_cells
from rbpk.publishing.differencing import Need, revealed
from rbpk.publishing.open_tables import REGENCY, TOTAL, Area, Cell, OpenTables, cell, tabulate
from rbpk.publishing.small_cells import LEAST, secrets, withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TWO = {"a": ("x", "y", "z"), "b": ("p", "q")}
AREAS = (Area("1", "", REGENCY), Area("11", "", "1"), Area("12", "", "1"), Area("2", "", REGENCY), Area("21", "", "2"))


def made(seed: int, areas: tuple[Area, ...] = AREAS, sizes: tuple[int, ...] = (0, 0, 1, 2, 4, 6, 30)) -> OpenTables:
    dice = random.Random(seed)  # noqa: S311 - invented households
    desas = [one.code for one in areas if one.parent]
    return tabulate(
        areas,
        [
            (desa, {"a": a, "b": b}, dice.choice(sizes))
            for desa in desas
            for a, b in itertools.product(TWO["a"], TWO["b"])
        ],
        TWO,
    )


def moved(tables: OpenTables, seed: int) -> OpenTables:
    """Make the next month: a few households come into one cell of most desas, or leave it."""
    dice = random.Random(seed)  # noqa: S311 - invented households
    households = []
    for desa in (one.code for one in AREAS if one.parent):
        left = {name: tables.counts[cell("b", desa, name)] for name in TWO["b"]}
        for name in TWO["a"]:
            for other in TWO["b"]:
                part = min(left[other], tables.counts[cell("a", desa, name)])
                left[other] -= part
                households.append((desa, {"a": name, "b": other}, max(0, part + dice.choice((0, 0, 1, -2, 3, 8)))))
    return tabulate(AREAS, households, TWO)


def worlds(tables: OpenTables, hidden: Collection[Cell], most: int) -> Iterator[dict[Cell, int]]:
    """Enumerate, without the platform's solver, every way the hidden cells could be."""
    unknowns = sorted(hidden)
    sums = [(total, parts) for total, parts in tables.sums() if {total, *parts} & set(unknowns)]

    def fill(values: dict[Cell, int], at: int) -> Iterator[dict[Cell, int]]:
        for total, parts in sums:
            if all(one in values for one in (total, *parts)):
                if values[total] != sum(values[one] for one in parts):
                    return
            elif total in values and values[total] < sum(values.get(one, 1) for one in parts):
                return
        if at == len(unknowns):
            yield values
            return
        for value in range(1, most + 1):
            yield from fill({**values, unknowns[at]: value}, at + 1)

    yield from fill({one: count for one, count in tables.counts.items() if one not in hidden}, 0)


@pytest.mark.parametrize("seed", range(4))
def test_no_sum_of_neighbours_gives_a_small_cell_away(seed: int) -> None:
    tables = made(seed)
    hidden = withheld(tables)
    small = {one for one, count in tables.counts.items() if 0 < count < LEAST}
    assert small <= hidden
    assert not any(tables.counts[one] == 0 for one in hidden)
    assert hidden != {one for one, count in tables.counts.items() if count}
    assert not revealed(tables, hidden, dict.fromkeys(small, Need(LEAST)))
    # What only the primary cells would leave open: the attack is one that finds something.
    assert revealed(tables, small, dict.fromkeys(small, Need(LEAST)))


def test_enumeration_agrees_that_every_small_cell_could_be_large() -> None:
    desas = (Area("1", "", REGENCY), Area("11", "", "1"), Area("12", "", "1"))
    tables = tabulate(
        desas, [("11", {"a": "x"}, 2), ("11", {"a": "y"}, 9), ("12", {"a": "x"}, 7), ("12", {"a": "y"}, 8)],
        {"a": ("x", "y")},
    )  # fmt: skip
    hidden = withheld(tables)
    found = {one[cell("a", "11", "x")] for one in worlds(tables, hidden, 30)}
    assert {1, 5} <= found
    lone = {cell("a", "11", "x")}
    assert {one[cell("a", "11", "x")] for one in worlds(tables, lone, 30)} == {2}
    assert revealed(tables, lone, {cell("a", "11", "x"): Need(LEAST)}) == lone


def test_two_ones_that_must_share_two_are_not_left_alone() -> None:
    """A hidden cell is never zero: two of them that add up to two would both be known."""
    tables = tabulate((Area("1", "", REGENCY), Area("11", "", "1"), Area("12", "", "1")), [
        (desa, {"a": name}, many) for desa, name, many in (
            ("11", "x", 1), ("11", "y", 1), ("11", "z", 10), ("12", "x", 1), ("12", "y", 1), ("12", "z", 20))
    ], {"a": ("x", "y", "z")})  # fmt: skip
    hidden = withheld(tables)
    small = {one for one, count in tables.counts.items() if 0 < count < LEAST}
    assert not revealed(tables, hidden, dict.fromkeys(small, Need(LEAST)))


@pytest.mark.parametrize("seed", range(3))
def test_the_difference_of_two_months_names_nobody(seed: int) -> None:
    first = made(seed, sizes=(6, 8, 30))
    one_month = withheld(first)
    shown = {one: count for one, count in first.counts.items() if one not in one_month}
    second = moved(first, seed + 10)
    hidden = withheld(second, shown)
    close = {one for one, count in second.counts.items() if one in shown and 0 < abs(count - shown[one]) < LEAST}
    assert close
    assert close <= hidden
    assert not revealed(second, hidden, secrets(second.counts, shown))


def test_a_total_has_one_verdict_in_all_tables() -> None:
    tables = made(1)
    assert {one for one in tables.cells("a") if one.category == TOTAL} == {
        one for one in tables.cells("b") if one.category == TOTAL
    }


def test_leaves_nothing_behind_and_says_nothing_of_anybody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(Path.cwd().iterdir())
    withheld(made(2))
    monkeypatch.setattr(small_cells, "CHILD", tmp_path / "missing.py")
    with pytest.raises(SmallCellsUnprotected, match="nothing was written"):
        withheld(made(2))
    assert not list(tmp_path.iterdir())
    assert set(Path.cwd().iterdir()) == before
