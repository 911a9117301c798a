"""Judged rows as the CSV that COPY takes: an unquoted empty field is NULL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

LINEAGE = ("delivery_id", "regency_code", "period", "source_file")


def landed_csv(rows: pl.DataFrame, job: dict[str, Any], sheet: str) -> bytes:
    """Write rows to land, lineage first."""
    return _csv(rows.select(*_constants(job, LINEAGE, sheet), pl.all()))


def rejected_csv(rows: pl.DataFrame, job: dict[str, Any], sheet: str) -> bytes:
    """Write rows held back, in the order of `writing_columns`."""
    first = ("delivery_id", "regency_code", "period", "feed", "entity", "source_file")
    return _csv(rows.select(*_constants(job, first, sheet), pl.all()))


def _constants(job: dict[str, Any], names: Sequence[str], sheet: str) -> list[pl.Expr]:
    return [pl.lit(str(job[name])).alias(name) for name in names] + [pl.lit(sheet).alias("sheet")]


def _csv(rows: pl.DataFrame) -> bytes:
    text = rows.write_csv(include_header=False).encode()
    # PostgreSQL's text cannot hold the zero character; a cell that has one is damaged beyond that.
    return text.replace(b"\x00", b"") if b"\x00" in text else text
