"""Dates as offices write them: ISO, day first, month names in Indonesian, Excel's day numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february pebruari feb peb", "maret march mar mrt", "april apr",
            "mei may", "juni june jun", "juli july jul", "agustus august agu ags agt aug", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Day 60 of Excel is a day that never was; no birth date worth keeping is before it.
EXCEL_EPOCH: Final = date(1899, 12, 30)
EXCEL_RANGE: Final = (61, 73415)  # to the end of 2100

_TIME = r"(?:[T ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)?"
ISO: Final = rf"^(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}$"
DAY_FIRST: Final = rf"^(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){_TIME}$"
# `Senin, 3 November 2026`
NAMED: Final = rf"^(?:[^\d,]{{4,7}}, *)?(\d{{1,2}})[-/. ]+([A-Za-z]{{3,9}})\.?[-/. ]+(\d{{4}}){_TIME}$"
# `20261103`; the day first would need a year before 1900 to be read so.
COMPACT: Final = r"^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$"
SERIAL: Final = r"^(\d{2,5})(?:\.0+)?$"

_ISO, _DAY_FIRST, _NAMED, _COMPACT, _SERIAL = (
    re.compile(form, re.ASCII) for form in (ISO, DAY_FIRST, NAMED, COMPACT, SERIAL)
)
_OUTSIDE = " \t\r\n\xa0'\u2019\u200b\ufeff"


def parse_date(raw: str | None) -> date | None:
    """Read a sent date; day before month, never the other way round."""
    text = (raw or "").strip(_OUTSIDE)
    if found := _ISO.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(text):
        return _date(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.match(text):
        return _date(int(found[3]), MONTHS.get(found[2].casefold(), 0), int(found[1]))
    if found := _COMPACT.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _SERIAL.match(text)) and EXCEL_RANGE[0] <= int(found[1]) <= EXCEL_RANGE[1]:
        return EXCEL_EPOCH + timedelta(days=int(found[1]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
