"""Who keeps an id when groups and ids do not match one to one."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl
import pytest

from rbpk.linkage.continuity import CLAIM_SCHEMA, settle


class Case(NamedTuple):
    """`claims`: (group, old id, holds the anchor, votes, since)."""

    description: str
    claims: list[tuple[int, str, bool, int, int]]
    kept: dict[int, str]
    changes: set[tuple[str, int, str]]


CASES = [
    Case("one to one", [(1, "a", True, 2, 1), (2, "b", True, 1, 1)], {1: "a", 2: "b"}, set()),
    Case("nobody claims", [], {}, set()),
    Case("two ids meet: the older stays", [(1, "a", True, 9, 2), (1, "b", True, 1, 1)], {1: "b"}, {("a", 1, "merge")}),
    Case("of two of one age the larger stays", [(1, "a", True, 1, 1), (1, "b", True, 3, 1)], {1: "b"},
         {("a", 1, "merge")}),
    Case("an id that parts follows its anchor", [(1, "a", False, 5, 1), (2, "a", True, 1, 1)], {2: "a"},
         {("a", 1, "split")}),
    Case("without anchor it follows the majority", [(1, "a", False, 1, 1), (2, "a", False, 2, 1)], {2: "a"},
         {("a", 1, "split")}),
    Case("all equal: the first group", [(2, "a", False, 1, 1), (1, "a", False, 1, 1)], {1: "a"}, {("a", 2, "split")}),
    Case("a part moves into another id", [(1, "a", True, 2, 1), (2, "a", False, 1, 1), (2, "b", True, 2, 1)],
         {1: "a", 2: "b"}, {("a", 2, "split")}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.description)
def test_each_id_stays_with_one_group(case: Case) -> None:
    claims = pl.DataFrame(case.claims, schema=CLAIM_SCHEMA, orient="row")

    settlement = settle(claims)

    assert dict(settlement.kept.iter_rows()) == case.kept
    assert set(settlement.changes.iter_rows()) == case.changes
