"""Positions of a file become promised columns, and judged rows become rows of the landing table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import IDENTIFIERS

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract
    from rbpk.feeds.headers import Layout
    from rbpk.feeds.judge_identity import Identities

_NULL = pl.lit(None, pl.String)


def promised_columns(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Name the columns of a batch; unknown ones by their titles."""
    columns = [_sent(position).alias(name) for position, name in (*layout.columns, *layout.extra_names)]
    rest = [name for name in ("overflow",) if name in frame.columns]
    there = {name for _, name in layout.columns}
    constants = [pl.lit(value).alias(name) for name, value in layout.contract.constants if name not in there]
    return frame.select("source_row", "structure", *columns, *constants, *rest)


def _sent(position: int) -> pl.Expr:
    # An empty cell is null whether the sender quoted its emptiness or not.
    column = pl.col(f"c{position}")
    return pl.when(column != "").then(column)


def landing_rows(
    frame: pl.DataFrame,
    contract: Contract,
    layout: Layout,
    clean: dict[str, Identities],
    judged: pl.DataFrame,
) -> pl.DataFrame:
    """Put a batch in the order of the landing table, from source_row on; `judged` holds the judged columns."""
    sent = [pl.col(c.name) if c.name in frame.columns else _NULL.alias(c.name) for c in contract.columns]
    cleaned = [
        (pl.lit(clean[c.name].clean) if c.name in clean else _NULL).alias(f"{c.name}_clean")
        for c in contract.of_kind(*IDENTIFIERS)
    ]
    extra = [name for _, name in layout.extra_names]
    return frame.select(
        "source_row",
        *sent,
        *cleaned,
        *(pl.lit(judged[name]).alias(name) for name in ("village_code", "village_rule", "numeric_cells", "findings")),
        (pl.struct(extra).struct.json_encode().str.replace_all("\\u0000", "", literal=True) if extra else _NULL).alias(
            "extra"
        ),
    )


def numeric_cells(sent: pl.DataFrame, numeric: pl.DataFrame | None) -> pl.Expr:
    """List per row the columns whose cells were numbers."""
    if numeric is None or not numeric.width:
        return _NULL
    marks = [pl.when(pl.lit(numeric[name] & sent[name].is_not_null())).then(pl.lit(name)) for name in numeric.columns]
    joined = pl.concat_str(marks, separator=",", ignore_nulls=True)
    return pl.when(joined != "").then(joined)
