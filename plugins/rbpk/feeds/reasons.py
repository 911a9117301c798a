"""Every reason a row is held back for, in words a sender can act on; no value of the row in them."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, str]] = {
    "ROW_SHORT": "The row has fewer fields than the header: it was cut off or a delimiter is missing. "
    "Send the row again, whole.",
    "ROW_LONG": "The row has more fields than the header: a cell holds the delimiter. "
    "Put that cell in quotes or send .xlsx.",
    "FORMULA_ERROR": "A cell holds a formula error or a formula without a result. "
    "Replace formulas by values and send the row again.",
    "CELL_TOO_LONG": "A cell is longer than any spreadsheet allows (32,767 characters): a quote or a line end is "
    "missing, or something was pasted into it. Shorten it and send the row again.",
    "SHEET_HIDDEN": "The row is on a hidden sheet beside a visible one of the same kind, most often an older copy. "
    "Show the sheet and send the list again if its rows count.",
    "NO_IDENTITY": "Neither a name nor a usable identity number: nobody can tell whom the row is about. "
    "Add at least one.",
    "TENANT_MISMATCH": "The row's region is in another regency. Move it to that regency's list, or correct the region.",
    "REG_UNKNOWN": "Neither the region code nor the names of kecamatan and village are known. "
    "Correct the region cells.",
    "DESIL_RANGE": "The welfare decile is outside the range of this list. Correct it.",
    "BUDGET_CODE": "The sub-activity code has not the form of that year's nomenclature "
    "(u.bb.pp.k.kk.nnnn since 2024). Correct it.",
    "VER_NO_BA": "A decision of a village meeting needs the number and the date of its minutes. Add them.",
    "VER_EMPTY_REASON": "A negative decision without a reason, or with one that only repeats it. Say why.",
    "PAY_DUP": "The same family is paid twice for the same stage. Confirm which payment stands and drop the other.",
}


def reason(code: str, column: str | None) -> str:
    """Say why a row is held back, and what to do."""
    return f"{column}: {REASONS[code]}" if column else REASONS[code]
