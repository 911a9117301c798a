"""Frames in and out of the warehouse, by COPY."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from rbpk.warehouse import copy_in, copy_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg2 import sql
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

_SLICE = 20_000


class TableName(NamedTuple):
    """Schema and name of a table."""

    schema: str
    name: str


def read_frame(connection: Connection, query: sql.Composable, types: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return the rows of a query, its columns cast to `types`; columns not named there are left out."""
    # A file of the system's own: the driver hands over row by row, and a file in Python would cost as much again.
    with tempfile.TemporaryFile() as stream:
        copy_out(connection, query, stream)
        stream.seek(0)
        text = pl.read_csv(stream, infer_schema=False)
    return text.select(_cast(name, kind) for name, kind in types.items())


def append_frame(connection: Connection, table: TableName, frame: pl.DataFrame) -> int:
    """Append a frame to a table that has its columns."""
    if frame.is_empty():
        return 0
    # The server takes rows in while the next ones are written out: two processors work at once.
    incoming, outgoing = os.pipe()
    with ThreadPoolExecutor(1) as writer:
        written = writer.submit(_write, frame, outgoing)
        with os.fdopen(incoming, "rb") as stream:
            taken = copy_in(connection, table, frame.columns, stream)
    written.result()
    return taken


def _write(frame: pl.DataFrame, outgoing: int) -> None:
    with os.fdopen(outgoing, "wb") as sink:
        for rows in frame.iter_slices(_SLICE):
            rows.write_csv(sink, include_header=False, quote_style="non_numeric")


def _cast(name: str, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Boolean:
        return pl.col(name) == "t"
    if kind == pl.Date:
        return pl.col(name).str.to_date("%Y-%m-%d")
    return pl.col(name).cast(kind)
