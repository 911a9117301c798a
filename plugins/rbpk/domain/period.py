"""The month that a delivery or a release is about: `2026-10`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rbpk.domain.dates import MONTHS

_FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_SAID = re.compile(
    r"\b(?:PERIODE|BULAN|PER)\b\W*(?:(20\d\d)[-/. ]?(0[1-9]|1[0-2])\b|([A-Z]{3,9})\W+(20\d\d)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2026-10`; anything else is a ValueError."""
        found = _FORM.fullmatch(text)
        if not found:
            message = f"not a period (expected YYYY-MM): {text[:20]!r}"
            raise ValueError(message)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def said_in(cls, title: str) -> Period | None:
        """Find the month that a title line states, e.g. `PERIODE 202609` or `Bulan September 2026`."""
        for year, month, word, year_after in _SAID.findall(title):
            if year:
                return cls(int(year), int(month))
            number = MONTHS.get(word.casefold())
            if number:
                return cls(int(year_after), number)
        return None

    def months_before(self, count: int) -> Period:
        """Go back some months."""
        index = self.year * 12 + self.month - 1 - count
        return Period(index // 12, index % 12 + 1)

    @property
    def compact(self) -> str:
        """Write it as in delivery and release ids: `202610`."""
        return f"{self.year:04d}{self.month:02d}"

    def __str__(self) -> str:
        """Write it as everywhere else: `2026-10`."""
        return f"{self.year:04d}-{self.month:02d}"
