"""What every producer of links hands over: pairs of units, the rule that joined them, its score."""

from __future__ import annotations

from typing import Protocol

import polars as pl

from rbpk.linkage.engine import Engine  # noqa: TC001 - part of the protocol's signature

EDGE_SCHEMA = pl.Schema({"left_unit": pl.UInt32, "right_unit": pl.UInt32, "rule": pl.String, "score": pl.Float64})


class EdgeProducer(Protocol):
    """Anything that can say which units are one person: the rule cascade, the registry, a scoring model.

    `clusters` (unit, cluster) is what the edges found so far amount to; a producer may look at it.
    """

    def __call__(self, engine: Engine, clusters: pl.DataFrame) -> pl.DataFrame:
        """Return edges with the columns of EDGE_SCHEMA, `left_unit` < `right_unit`."""
        ...
