"""How our workbooks for people look and what keeps them from harm: every cell a text, none a formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from rbpk.feeds.written import as_written

if TYPE_CHECKING:
    from pathlib import Path

# Excel's limits; what is longer would make a workbook that cannot be opened.
_LONGEST_SHEET_NAME: Final = 31
_LONGEST_LIST: Final = 255
_STRING_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of one workbook; all of them quote what they hold."""

    title: Any
    note: Any
    required: Any
    optional: Any
    fixed: Any
    cell: Any
    wrong: Any


def open_workbook(path: Path) -> tuple[Any, Looks]:
    """Start a workbook whose strings stay strings."""
    book = xlsxwriter.Workbook(str(path), {**_STRING_OPTIONS, "in_memory": True})
    base = {"font_name": "Calibri", "font_size": 11, "quote_prefix": True}
    header = {**base, "bold": True, "border": 1, "text_wrap": True, "valign": "top"}
    looks = Looks(
        title=book.add_format({**base, "bold": True, "font_size": 14}),
        note=book.add_format({**base, "text_wrap": True, "valign": "top"}),
        required=book.add_format({**header, "bg_color": "#F4B084"}),
        optional=book.add_format({**header, "bg_color": "#DDEBF7"}),
        fixed=book.add_format({**base, "bg_color": "#EDEDED", "text_wrap": True, "valign": "top", "num_format": "@"}),
        cell=book.add_format({**base, "num_format": "@", "valign": "top"}),
        wrong=book.add_format({**base, "num_format": "@", "valign": "top", "bg_color": "#FFC7CE"}),
    )
    return book, looks


def put(sheet: Any, row: int, column: int, text: str | None, look: Any) -> None:  # noqa: ANN401  (xlsxwriter is untyped)
    """Write a text as it is: never as a formula, a link or a number."""
    if text:
        sheet.write_string(row, column, as_written(text), look)
    else:
        sheet.write_blank(row, column, None, look)


def drop_down(sheet: Any, column: int, first: int, last: int, source: list[str] | str) -> None:  # noqa: ANN401
    """Offer the values of a closed list; others are warned about, not forbidden."""
    sheet.data_validation(
        first, column, last, column,
        {
            "validate": "list", "source": source, "error_type": "warning",
            "error_title": "Di luar daftar", "error_message": "Pilih salah satu nilai dari daftar.",
        },
    )  # fmt: skip


def fits_in_a_list(codes: tuple[str, ...]) -> bool:
    """Say whether a drop-down can hold the codes itself; longer ones need cells to point at."""
    return len(",".join(codes)) <= _LONGEST_LIST and not any("," in code or code[:1] in "=+-@" for code in codes)


def sheet_name(text: str) -> str:
    """Make a name Excel takes."""
    return "".join(char for char in text if char not in "[]:*?/\\'")[:_LONGEST_SHEET_NAME] or "Lembar"
