"""Writing a worksheet whole columns at a time: cell by cell, a regency's lists take minutes.

The file is the smallest that spreadsheets open: one page, text beside its cell, and one format for dates.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

    from sample.sheets import Sheet

_BATCH = 20_000
_EXCEL_ZERO = 25_569  # the day spreadsheets count 1970-01-01 as
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def write(sheet: Sheet, path: Path, footer: dict[int, dict[int, str]]) -> None:
    """Write titles, cells and the lines below them; `footer` has lines by row, counted from 0, and column."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # A fixed stamp keeps the bytes of two runs equal.
        for name, text in _PARTS.items():
            archive.writestr(_stamped(name), _HEAD + text)
        archive.writestr(_stamped("xl/workbook.xml"), _HEAD + _book(sheet.sheet))
        with archive.open(_stamped("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as page:
            page.write((_HEAD + f'<worksheet xmlns="{_MAIN}"><sheetData>').encode())
            page.write(_lines(_above(sheet)).encode())
            for start in range(0, len(sheet.cells), _BATCH):
                page.write(_records(sheet, start).encode())
            page.write((_lines(footer) + "</sheetData></worksheet>").encode())


def _stamped(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _book(name: str) -> str:
    page = f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{page}</sheets></workbook>'


def _above(sheet: Sheet) -> dict[int, dict[int, str]]:
    lines = {row: {0: title} for row, title in enumerate(sheet.titles) if title}
    if sheet.bands:
        lines[sheet.first_row - 3] = sheet.bands
    lines[sheet.first_row - 2] = dict(enumerate(sheet.cells.columns))
    return lines


def _lines(lines: dict[int, dict[int, str]]) -> str:
    written = []
    for row, cells in lines.items():
        texts = (
            f'<c r="{_letters(column)}{row + 1}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for column, text in cells.items()
        )
        written.append(f'<row r="{row + 1}">{"".join(texts)}</row>')
    return "".join(written)


def _records(sheet: Sheet, start: int) -> str:
    batch = sheet.cells.slice(start, _BATCH)
    first = sheet.first_row + start
    batch = batch.with_columns(pl.Series("\0row", np.arange(first, first + len(batch))).cast(pl.String))
    cells = [_cell(sheet, name, place, start, len(batch)) for place, name in enumerate(sheet.cells.columns)]
    row = pl.concat_str(pl.lit('<row r="'), pl.col("\0row"), pl.lit('">'), *cells, pl.lit("</row>"))
    return "".join(batch.select(row).to_series().to_list())


def _cell(sheet: Sheet, name: str, place: int, start: int, count: int) -> pl.Expr:
    value, kind = pl.col(name), sheet.cells.schema[name]
    opened = f'<c r="{_letters(place)}'
    if kind.is_integer():
        written = pl.concat_str(pl.lit(opened), "\0row", pl.lit('"><v>'), value.cast(pl.String), pl.lit("</v></c>"))
    elif kind == pl.Date:
        serial = (value.cast(pl.Int32) + _EXCEL_ZERO).cast(pl.String)
        written = pl.concat_str(pl.lit(opened), "\0row", pl.lit('" s="1"><v>'), serial, pl.lit("</v></c>"))
    else:
        written = _text(value, opened)
        if rows := sheet.numbers.get(name):
            here = [row - start for row in rows if start <= row < start + count]
            flags = np.zeros(count, dtype=bool)
            flags[here] = True
            number = pl.concat_str(pl.lit(opened), "\0row", pl.lit('"><v>'), value, pl.lit("</v></c>"))
            written = pl.when(pl.lit(pl.Series(flags))).then(number).otherwise(written)
    return written.fill_null("")


def _text(value: pl.Expr, opened: str) -> pl.Expr:
    safe = value.str.replace_all("&", "&amp;", literal=True)
    safe = safe.str.replace_all("<", "&lt;", literal=True).str.replace_all(">", "&gt;", literal=True)
    # Blanks at the ends are part of what was sent.
    space = pl.when(value.str.contains(r"^\s|\s$")).then(pl.lit(' xml:space="preserve"')).otherwise(pl.lit(""))
    return pl.concat_str(
        pl.lit(opened), "\0row", pl.lit('" t="inlineStr"><is><t'), space, pl.lit(">"), safe, pl.lit("</t></is></c>")
    )


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
