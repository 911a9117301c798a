"""What a spreadsheet's cell can hold of a text, and whether a cell that came back was changed by anybody."""

from __future__ import annotations

from typing import Final

# Excel's limit; what is longer would make a workbook that cannot be opened.
LONGEST_CELL: Final = 32_767


def as_written(text: str) -> str:
    """Give a text as our workbooks hold it."""
    # XML holds no control characters but these three.
    return "".join(char for char in text if char >= " " or char in "\t\n\r")[:LONGEST_CELL]


def is_unchanged(raw: str | None, back: str | None) -> bool:
    """Say whether a cell came back as it was written, cut or not."""
    return _plain(as_written(raw or "")) == _plain(back or "")


def _plain(text: str) -> str:
    # Workbooks know one line end.
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
