"""Judged rows as the CSV that COPY takes: an unquoted empty field is NULL."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rbpk.feeds.writing_columns import Form

# A megabyte or so: little enough to stay in the processor's cache, which makes it cost half.
_ROWS_AT_ONCE = 4_000
_LANDED = ("delivery_id", "regency_code", "period", "source_file")
_REJECTED = ("delivery_id", "regency_code", "period", "feed", "entity", "source_file")


def landed_csv(rows: pl.DataFrame, job: dict[str, Any], sheet: str, form: Form) -> Iterator[bytes]:
    """Write rows to land, lineage first; a `line` takes the place of its cells."""
    there = set(rows.columns)
    names = dict.fromkeys(name if name in there else "line" for name in form.columns[len(_LANDED) + 1 :])
    return _csv(rows.select_seq(*names), [*(job[name] for name in _LANDED), sheet], form.delimiter)


def rejected_csv(rows: pl.DataFrame, job: dict[str, Any], sheet: str) -> Iterator[bytes]:
    """Write rows held back, in the order of `writing_columns`."""
    return _csv(rows, [*(job[name] for name in _REJECTED), sheet])


def _csv(rows: pl.DataFrame, lineage: Sequence[str], delimiter: str = ",") -> Iterator[bytes]:
    # The constants go in front of each line as part of the line end before it: far cheaper than columns of them.
    before = _prefix(lineage, delimiter)
    quotes: Literal["never", "necessary"] = "necessary"
    if "line" in rows.columns:
        quotes = "never"
        # Beside the line there are only codes and digits, and findings, which have commas.
        rows = rows.with_columns_seq(findings='"' + pl.col("findings") + '"')
    for some in rows.iter_slices(_ROWS_AT_ONCE):
        written = io.BytesIO()
        written.write(before.encode())
        some.write_csv(
            written, include_header=False, separator=delimiter, line_terminator=f"\n{before}", quote_style=quotes
        )
        written.truncate(written.tell() - len(before.encode()))
        text = written.getvalue()
        # PostgreSQL's text cannot hold the zero character; a cell that has one is damaged beyond that.
        yield text.replace(b"\x00", b"") if b"\x00" in text else text


def _prefix(lineage: Sequence[str], delimiter: str) -> str:
    line = io.StringIO()
    # Quoted throughout: an empty sheet is an empty text, not NULL.
    csv.writer(line, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="").writerow(lineage)
    return line.getvalue() + delimiter
