"""The national identity number (NIK): parsed once, with the birth date and sex that it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rbpk.domain.identity import WOMEN, Reading, read_identity

Sex = Literal["L", "P"]
_OLDEST = 105


@dataclass(frozen=True, slots=True)
class Nik:
    """Sixteen plausible digits; that they are somebody's nobody but Dukcapil can say."""

    digits: str

    @classmethod
    def parse(cls, raw: str | None) -> Nik | None:
        """Read a sent value, after safe repairs only."""
        digits = read_nik(raw).digits
        return cls(digits) if digits else None

    @property
    def sex(self) -> Sex:
        """Tell the sex: women's day of birth carries 40 more."""
        return "P" if int(self.digits[6:8]) > WOMEN else "L"

    def birth_date(self, as_of: date) -> date:
        """Tell the birth date; of the two centuries, the one that gives an age from 0 to 105."""
        day, month, year = (int(self.digits[i : i + 2]) for i in (6, 8, 10))
        day -= WOMEN if day > WOMEN else 0
        for century in (2000, 1900):
            if month == 2 and day == 29 and century + year == 1900:
                continue
            born = date(century + year, month, day)
            if born <= as_of and as_of.year - born.year <= _OLDEST:
                return born
        return date(2000 + year, month, day)

    def masked(self) -> str:
        """Show no more than the region of first registration."""
        return f"{self.digits[:6]}**********"

    def __repr__(self) -> str:
        """Keep the number out of logs and tracebacks."""
        return f"Nik({self.masked()})"


def read_nik(raw: str | None) -> Reading:
    """Read a sent value as a NIK, or say why it is none."""
    return read_identity(raw, women=True)


def nik_code(raw: str | None) -> str | None:
    """Name the finding for a sent value that is no NIK."""
    refusal = read_nik(raw).refusal
    return f"NIK_{refusal.value}" if refusal else None
