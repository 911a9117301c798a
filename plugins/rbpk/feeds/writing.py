"""Judged rows as the CSV that COPY takes: an unquoted empty field is NULL."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

_LANDED = ("delivery_id", "regency_code", "period", "source_file")
_REJECTED = ("delivery_id", "regency_code", "period", "feed", "entity", "source_file")


def landed_csv(rows: pl.DataFrame, job: dict[str, Any], sheet: str) -> bytes:
    """Write rows to land, lineage first."""
    return _csv(rows, [*(job[name] for name in _LANDED), sheet])


def rejected_csv(rows: pl.DataFrame, job: dict[str, Any], sheet: str) -> bytes:
    """Write rows held back, in the order of `writing_columns`."""
    return _csv(rows, [*(job[name] for name in _REJECTED), sheet])


def _csv(rows: pl.DataFrame, lineage: Sequence[str]) -> bytes:
    written = io.BytesIO()
    rows.write_csv(written, include_header=False)
    text = written.getvalue()
    if text.count(b"\n") == rows.height:
        # One line a row: putting the constants in front of each line is far cheaper than five columns of them.
        before = _prefix(lineage)
        text = before + text.replace(b"\n", b"\n" + before)[: -len(before)] if text else text
    else:
        text = _with_columns(rows, lineage)
    # PostgreSQL's text cannot hold the zero character; a cell that has one is damaged beyond that.
    return text.replace(b"\x00", b"") if b"\x00" in text else text


def _prefix(lineage: Sequence[str]) -> bytes:
    line = io.StringIO()
    # Quoted throughout: an empty sheet is an empty text, not NULL.
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="").writerow(lineage)
    return line.getvalue().encode() + b","


def _with_columns(rows: pl.DataFrame, lineage: Sequence[str]) -> bytes:
    written = io.BytesIO()
    constants = (pl.lit(value).alias(f"lineage {i}") for i, value in enumerate(lineage))
    rows.select(*constants, pl.all()).write_csv(written, include_header=False)
    return written.getvalue()
