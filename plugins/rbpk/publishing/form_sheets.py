"""Writes the official forms as sheets: numbers as numbers, every text quoted so that none is a formula."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rbpk.feeds.people_sheets import open_workbook, put, sheet_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rbpk.publishing.forms import Form

_HEADER_ROW: Final = 3
# A sheet's number has 15 digits; a larger one is written as text rather than rounded.
_LARGEST: Final = 10**15


def write_forms(path: Path, filled: Sequence[tuple[Form, Sequence[tuple[Any, ...]]]], stamp: str) -> None:
    """Write one sheet a form, each with its title, the release it shows and the official column titles."""
    book, looks = open_workbook(path)
    plain = book.add_format({"font_name": "Calibri", "font_size": 11, "num_format": "#,##0.##"})
    whole = book.add_format({"font_name": "Calibri", "font_size": 11, "num_format": "#,##0"})
    for form, rows in filled:
        sheet = book.add_worksheet(sheet_name(form.sheet))
        put(sheet, 0, 0, form.description, looks.title)
        put(sheet, 1, 0, stamp, looks.note)
        for position, title in enumerate(form.titles):
            put(sheet, _HEADER_ROW, position, title, looks.optional)
            sheet.set_column(position, position, 18)
        for number, row in enumerate(rows, start=_HEADER_ROW + 1):
            for position, value in enumerate(row):
                if _is_number(value):
                    sheet.write_number(number, position, value, whole if value == value // 1 else plain)
                else:
                    put(sheet, number, position, _text(value), looks.cell)
        sheet.freeze_panes(_HEADER_ROW + 1, 0)
    book.close()


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return -_LARGEST < value < _LARGEST


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    return str(value)
