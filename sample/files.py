"""Writing the files as offices save them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from sample import workbooks

if TYPE_CHECKING:
    from pathlib import Path

    from sample.sheets import Sheet


def write(sheet: Sheet, folder: Path) -> pl.DataFrame:
    """Write one file; return what is true of each of its rows."""
    path = folder / sheet.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if sheet.format == "csv":
        _write_csv(sheet, path)
        return _located(sheet, 0)
    footer = _footer(sheet) if sheet.signature else {}
    workbooks.write(sheet, path, footer)
    return _located(sheet, max(footer) - min(footer) + 1 if footer else 0)


def _write_csv(sheet: Sheet, path: Path) -> None:
    windows = sheet.encoding == "cp1252"
    text = sheet.cells.write_csv(
        separator=sheet.delimiter, line_terminator="\r\n" if windows else "\n",
        quote_style="necessary", null_value="",
    )  # fmt: skip
    path.write_bytes(text.encode(sheet.encoding, errors="replace" if windows else "strict"))


def _footer(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Give the total and the signature below the rows; the signature ends at a line of its own."""
    row = sheet.first_row - 1 + len(sheet.cells)
    total = f"{len(sheet.cells):,}".replace(",", ".")
    lines = ("Mengetahui,", sheet.signature, "", "(................................)", "NIP. ........................")
    below = {row + offset: {2: line} for offset, line in enumerate(lines, start=2) if line}
    return {row: {0: "JUMLAH", 3: total}, **below}


def _located(sheet: Sheet, footer: int) -> pl.DataFrame:
    """Add the place of each row, and the rows that are no data."""
    rows = pl.concat([sheet.truth, sheet.truth.clear(footer)]) if footer else sheet.truth
    count = len(sheet.truth)
    last = pl.int_range(pl.len()) >= count
    return rows.with_columns(
        file=pl.lit(sheet.path), sheet=pl.lit(sheet.sheet),
        row_number=pl.int_range(pl.len()).cast(pl.Int32) + sheet.first_row,
        feed=pl.lit(sheet.truth["feed"][0] if count else ""),
        entity=pl.when(last).then(pl.lit("not_data")).otherwise("entity"),
        must_reject=pl.when(last).then(pl.lit(value=True)).otherwise("must_reject"),
        reject_reason=pl.when(last).then(pl.lit("NOT_DATA")).otherwise("reject_reason"),
        must_load=pl.when(last).then(pl.lit(value=False)).otherwise("must_load"),
        nik_wrong=pl.col("nik_wrong").fill_null(value=False),
        nik_malformed=pl.col("nik_malformed").fill_null(value=False),
        dup_group=pl.col("dup_group").fill_null(-1),
        defects=pl.when(last).then(pl.lit(["footer"])).otherwise("defects"),
    )  # fmt: skip
