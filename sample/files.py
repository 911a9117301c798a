"""Writing the files as offices save them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl
import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from sample.sheets import Sheet

_SAVED = dt.datetime(2025, 1, 2, 8, 0, tzinfo=dt.UTC).replace(tzinfo=None)  # a fixed stamp keeps bytes equal
_BATCH = 20_000


def write(sheet: Sheet, folder: Path) -> pl.DataFrame:
    """Write one file; return what is true of each of its rows."""
    path = folder / sheet.path
    path.parent.mkdir(parents=True, exist_ok=True)
    footer = 0
    if sheet.format == "csv":
        _write_csv(sheet, path)
    else:
        footer = _write_xlsx(sheet, path)
    return _located(sheet, footer)


def _write_csv(sheet: Sheet, path: Path) -> None:
    windows = sheet.encoding == "cp1252"
    text = sheet.cells.write_csv(
        separator=sheet.delimiter, line_terminator="\r\n" if windows else "\n",
        quote_style="necessary", null_value="",
    )  # fmt: skip
    path.write_bytes(text.encode(sheet.encoding, errors="replace" if windows else "strict"))


def _write_xlsx(sheet: Sheet, path: Path) -> int:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": _SAVED})
    page = book.add_worksheet(sheet.sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, title in enumerate(sheet.titles):
        if title:
            page.write_string(row, 0, title)
    start = sheet.first_row - 2
    for column, word in sheet.bands.items():
        page.write_string(start - 1, column, word)
    for column, title in enumerate(sheet.cells.columns):
        page.write_string(start, column, title)
    numbers = {sheet.cells.columns.index(name): rows for name, rows in sheet.numbers.items()}
    whole = {index for index, kind in enumerate(sheet.cells.dtypes) if kind.is_integer()}
    dates = {index for index, kind in enumerate(sheet.cells.dtypes) if kind == pl.Date}
    for number, cells in enumerate(sheet.cells.iter_rows(buffer_size=_BATCH)):
        row = start + 1 + number
        for column, value in enumerate(cells):
            if value is None:
                continue
            if column in dates:
                page.write_datetime(row, column, value, day)
            elif column in whole or (column in numbers and number in numbers[column]):
                page.write_number(row, column, int(value))
            else:
                page.write_string(row, column, value)
    footer = _write_footer(page, start + 1 + len(sheet.cells), sheet) if sheet.signature else 0
    book.close()
    return footer


def _write_footer(page: Worksheet, row: int, sheet: Sheet) -> int:
    total = f"{len(sheet.cells):,}".replace(",", ".")
    page.write_string(row, 0, "JUMLAH")
    page.write_string(row, 3, total)
    lines = (
        "",
        "Mengetahui,",
        sheet.signature,
        "",
        "(................................)",
        "NIP. ........................",
    )
    for offset, line in enumerate(lines, start=1):
        if line:
            page.write_string(row + offset, 2, line)
    return len(lines) + 1


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
