"""Region codes of the Ministry of Home Affairs (Kemendagri), and of BPS, which look alike and are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CodeSystem = Literal["kemendagri", "bps"]
_FORM = re.compile(r"(\d\d)(?:\.?(\d\d)(?:\.?(\d\d)(?:\.?(\d{4}))?)?)?", re.ASCII)
_OUTSIDE = " \t\r\n\xa0'\u2019\u200b\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class RegionCode:
    """A Kemendagri code of any level, written with dots: `64.02.06.2001`."""

    dotted: str
    system: CodeSystem = "kemendagri"

    @classmethod
    def parse(cls, raw: str | None) -> RegionCode | None:
        """Read a code with or without dots; None if it has not the form."""
        found = _FORM.fullmatch(undotted(raw))
        return cls(".".join(filter(None, found.groups()))) if found else None

    @property
    def regency(self) -> str:
        """Name the regency: `64.02`."""
        return self.dotted[:5]

    @property
    def kecamatan(self) -> str:
        """Name the sub-district: `64.02.06`."""
        return self.dotted[:8]

    @property
    def compact(self) -> str:
        """Write it without dots."""
        return self.dotted.replace(".", "")

    def __str__(self) -> str:
        """Write it with dots."""
        return self.dotted


def undotted(raw: str | None) -> str:
    """Reduce a sent code to its digits, if it is made of digits and separators only."""
    text = (raw or "").strip(_OUTSIDE)
    text = re.sub(r"^(\d{10})[.,]0$", r"\1", text)
    return re.sub(r"[.\-\s]", "", text)
