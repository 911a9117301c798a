"""What a spreadsheet's cell can hold of a text, and whether a cell that came back was changed by anybody."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Final

# Excel's limit; what is longer would make a workbook that cannot be opened.
LONGEST_CELL: Final = 32_767
# What a number of a spreadsheet keeps of its digits.
_KEPT_DIGITS: Final = 15
_TEXT_OF_DIGITS = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,15})?")
_NUMBER = re.compile(r"([0-9]{1,30}(?:[.,][0-9]{1,15})?)([eE]\+?[0-9]{1,2})?")


def as_written(text: str) -> str:
    """Give a text as our workbooks hold it."""
    # XML holds no control characters but these three.
    return "".join(char for char in text if char >= " " or char in "\t\n\r")[:LONGEST_CELL]


def is_unchanged(raw: str | None, back: str | None) -> bool:
    """Say whether a cell came back as it was written: cut or not, or as the number a spreadsheet made of its digits."""
    sent, returned = _plain(as_written(raw or "")), _plain(back or "")
    return sent == returned or _is_retyped(sent, returned)


def _is_retyped(sent: str, returned: str) -> bool:
    """Say whether a number is what a spreadsheet makes of a text: zeros in front are gone, or digits past the 15th.

    `6402061708959001` comes back as `6402061708959000` or `6,40206E+15`, `0640` as `640`, `64.10` as `64.1`. Nobody
    meant to change anything, and what was sent is the better of the two.
    """
    found = _NUMBER.fullmatch(returned)
    if not found or not _TEXT_OF_DIGITS.fullmatch(sent):
        return False
    mantissa, exponent = found[1].replace(",", "."), found[2] or ""
    digits = len(mantissa.replace(".", "")) if exponent else _KEPT_DIGITS
    number = Decimal(mantissa + exponent)
    return any(Context(digits, rounding).plus(Decimal(sent)) == number for rounding in (ROUND_DOWN, ROUND_HALF_UP))


def _plain(text: str) -> str:
    # Workbooks know one line end.
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
