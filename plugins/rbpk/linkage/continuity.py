"""Who keeps an identifier when this month's groups and last month's do not match one to one."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

CLAIM_SCHEMA = pl.Schema(
    {"item": pl.UInt32, "old_id": pl.String, "is_anchor": pl.Boolean, "votes": pl.UInt32, "since": pl.Int32}
)


class Settlement(NamedTuple):
    """`kept`: (item, id) of groups that keep an id; `changes`: (old_id, item, kind) of ids that moved."""

    kept: pl.DataFrame
    changes: pl.DataFrame


def settle(claims: pl.DataFrame) -> Settlement:
    """Give each old id to one group, and each group at most one old id.

    An id follows its anchor, then the majority. Where several ids meet in a group the oldest stays and the
    others are merged into it; the parts of a group that fell apart get ids of their own (a split).

    Args:
        claims: one row a (group, old id): does the group hold the id's anchor, how many members vote for it,
            and since which snapshot the id exists.
    """
    followed = claims.sort(["old_id", "is_anchor", "votes", "item"], descending=[False, True, True, False]).unique(
        "old_id", keep="first", maintain_order=True
    )
    # Seniority, not size: an id that was published for years outlives a newer one.
    kept = followed.sort(["item", "since", "votes", "old_id"], descending=[False, False, True, False]).unique(
        "item", keep="first", maintain_order=True
    )
    merged = followed.join(kept, on=["item", "old_id"], how="anti").with_columns(kind=pl.lit("merge"))
    parted = claims.join(followed, on=["item", "old_id"], how="anti").with_columns(kind=pl.lit("split"))
    changes = pl.concat([merged, parted]).select("old_id", "item", "kind").sort("old_id", "item", "kind")
    return Settlement(kept.select("item", id="old_id"), changes)
