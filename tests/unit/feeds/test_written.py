"""A cell of our workbook came back: did anybody change it, or only the spreadsheet?"""

from __future__ import annotations

import pytest

from rbpk.feeds.written import is_unchanged

NIK = "6402061708959001"
CASES = [
    # as it was written, as it came back, unchanged
    ("JAHAB", "JAHAB", True),
    ("JAHAB", " JAHAB ", True),
    ("JAHAB", "TIMBAU", False),
    (None, "", True),
    ("", "0", False),
    # a spreadsheet keeps fifteen digits
    (NIK, "6402061708959000", True),
    (NIK, "6.402061708959E+15", True),
    (NIK, "6,40206E+15", True),
    # ... and these somebody typed
    (NIK, "6402061708959002", False),
    (NIK, "6402061708949000", False),
    (NIK, "6.40207E+15", False),
    (NIK, "640206170895900", False),
    # zeros in front, and behind a point
    ("064030900284258", "64030900284258", True),
    ("64.10", "64.1", True),
    ("64.10", "64.2", False),
    ("02", "20", False),
    ("1.500.000", "1500000", False),
]


@pytest.mark.parametrize(("sent", "returned", "unchanged"), CASES)
def test_a_number_a_spreadsheet_made_of_a_text_is_no_change(sent: str | None, returned: str, unchanged: bool) -> None:  # noqa: FBT001
    assert is_unchanged(sent, returned) is unchanged
