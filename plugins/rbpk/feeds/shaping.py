"""Positions of a file become promised columns, and judged rows become rows of the landing table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import IDENTIFIERS
from rbpk.feeds.workbook_evidence import letters_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rbpk.feeds.headers import Layout
    from rbpk.feeds.judge_identity import Identities

_BLANK = " \t\r\n\xa0\u200b\ufeff"
_NULL = pl.lit(None, pl.String)


def untitled(frame: pl.DataFrame, layout: Layout) -> dict[int, str]:
    """Name the columns of a batch that have cells but no title, as the spreadsheet does."""
    titled = {f"c{position}" for position, _ in (*layout.columns, *layout.unknown)}
    others = [name for name in frame.columns if name not in titled and name[1:].isdigit()]
    # An untitled column holds hardly anything, if there is one at all.
    kept = [name for name in others if frame[name].null_count() < frame.height]
    if not kept:
        return {}
    filled = frame.select_seq((pl.col(kept).str.strip_chars(_BLANK) != "").any()).row(0, named=True)
    taken = {name for _, name in (*layout.columns, *layout.extra_names)}
    names = {}
    for position in sorted(int(name[1:]) for name in kept if filled[name]):
        name = f"kolom_{letters_of(position).decode()}"
        names[position] = name if name not in taken else f"{name}_"
    return names


def promised_columns(frame: pl.DataFrame, layout: Layout, without_title: dict[int, str]) -> pl.DataFrame:
    """Name the columns of a batch; unknown ones by their titles, untitled ones by their letters."""
    named = (*layout.columns, *layout.extra_names, *without_title.items())
    positions = list(dict.fromkeys(f"c{position}" for position, _ in named))
    # Most columns have no cell that is quoted emptiness, and lines that land as they stand have none:
    # these are taken as they are, without a copy.
    sought = positions if "line" not in frame.columns else []
    quoted = frame.select_seq((pl.col(sought) == "").any()).row(0, named=True) if sought else {}
    columns = [
        (_sent(position) if quoted.get(f"c{position}") else pl.col(f"c{position}")).alias(name)
        for position, name in named
    ]
    rest = [name for name in ("overflow", "line") if name in frame.columns]
    there = {name for _, name in layout.columns}
    constants = [pl.lit(value).alias(name) for name, value in layout.contract.constants if name not in there]
    return frame.select_seq("source_row", "structure", *columns, *constants, *rest)


def _sent(position: int) -> pl.Expr:
    # An empty cell is null whether the sender quoted its emptiness or not.
    column = pl.col(f"c{position}")
    return pl.when(column != "").then(column)


def landing_rows(
    frame: pl.DataFrame,
    layout: Layout,
    without_title: Sequence[str],
    clean: dict[str, Identities],
    judged: pl.DataFrame,
) -> pl.DataFrame:
    """Give a batch the columns of the landing table, from source_row on.

    `judged` holds the judged columns. Lines that land as they stand take the place of their cells.
    """
    contract, extra = layout.contract, (*(name for _, name in layout.extra_names), *without_title)
    names = [column.name for column in contract.columns]
    if "line" in frame.columns:
        cells = {name for _, name in layout.columns}
        names = list(dict.fromkeys("line" if name in cells else name for name in names))
    sent = [pl.col(name) if name in frame.columns else _NULL.alias(name) for name in names]
    cleaned = [
        (pl.lit(clean[c.name].clean) if c.name in clean else _NULL).alias(f"{c.name}_clean")
        for c in contract.of_kind(*IDENTIFIERS)
    ]
    return frame.select_seq(
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
