"""From this month's groups to identifiers that last: kept where the registry knows the group, minted where not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from rbpk.errors import LinkageInconsistent
from rbpk.linkage.continuity import CLAIM_SCHEMA, settle
from rbpk.linkage.identifiers import mint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rbpk.linkage.engine import Engine

# An anchor's id can be taken only after a split; twice over would be a row anchoring three people.
_TRIES = 5


class Identified(NamedTuple):
    """`ids`: item, id · `anchors`: entity, id, anchor of the new ones · `changes`: entity, kind, old_id, new_id."""

    ids: pl.DataFrame
    anchors: pl.DataFrame
    changes: pl.DataFrame


class Identifier(NamedTuple):
    """Gives ids to the groups of one entity."""

    engine: Engine
    entity: str
    token_key: bytes
    contents: Mapping[str, str]
    taken: pl.DataFrame

    def identify(self, records: pl.DataFrame, claims: pl.DataFrame) -> Identified:
        """Return an id for every group of `records` (item, record_id, delivery_id, sheet, source_row, in order).

        Args:
            records: the rows of each group; the first of a group is the anchor of a new id.
            claims: which registered ids each group may continue (see continuity.settle).
        """
        settlement = settle(claims.select(CLAIM_SCHEMA.keys()).cast(CLAIM_SCHEMA))
        first = records.unique("item", keep="first", maintain_order=True)
        anchors = first.join(settlement.kept, on="item", how="anti", maintain_order="left")
        minted = self._mint(anchors)
        ids = pl.concat([settlement.kept, minted.select("item", "id")]).sort("item")
        changes = (
            settlement.changes.join(ids, on="item", how="left")
            .select(entity=pl.lit(self.entity), kind="kind", old_id="old_id", new_id="id")
            .filter(pl.col("old_id") != pl.col("new_id"))
        )
        named = minted.join(anchors.select("item", anchor="record_id"), on="item")
        return Identified(ids, named.select(entity=pl.lit(self.entity), id="id", anchor="anchor").sort("id"), changes)

    def _mint(self, anchors: pl.DataFrame) -> pl.DataFrame:
        """Mint ids; an id that somebody else already has is minted again from the same anchor, numbered."""
        taken = self.taken.filter(entity=self.entity).select("id")
        waiting, given = anchors.with_columns(entity=pl.lit(self.entity)), []
        for again in range(_TRIES):
            minted = mint(self.engine, waiting.with_columns(again=pl.lit(again)), self.token_key, self.contents)
            fresh = minted.join(taken, on="id", how="anti").filter(pl.col("id").is_first_distinct())
            given.append(fresh.select("item", "id"))
            taken = pl.concat([taken, fresh.select("id")])
            waiting = waiting.join(fresh, on="item", how="anti", maintain_order="left")
            if waiting.is_empty():
                return pl.concat(given).sort("item")
        message = f"{len(waiting)} new {self.entity} ids are already in use; the registry and the deliveries disagree"
        raise LinkageInconsistent(message, reason="key_reused", entity=self.entity, ids=len(waiting))
