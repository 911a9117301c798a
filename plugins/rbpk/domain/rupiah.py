"""Money as offices write it: dots between thousands, a comma before cents."""

from __future__ import annotations

import re

_NOISE = re.compile(r"^(?:rp|idr)\.?|[\s\xa0']|,-+$|\.-+$", re.IGNORECASE)
_DOTS = re.compile(r"^-?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$", re.ASCII)
_COMMAS = re.compile(r"^-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$", re.ASCII)
_PLAIN = re.compile(r"^-?\d+(?:[.,]\d{1,2})?$", re.ASCII)


def parse_rupiah(raw: str | None) -> int | None:
    """Read a sent amount in whole rupiah; None if it is no amount."""
    text = _NOISE.sub("", (raw or "").strip(" \t\r\n\xa0"))
    text = _NOISE.sub("", text)
    if _DOTS.match(text):
        number = text.replace(".", "").replace(",", ".")
    elif _COMMAS.match(text):
        number = text.replace(",", "")
    elif _PLAIN.match(text):
        number = text.replace(",", ".")
    else:
        return None
    return round(float(number)) if "." in number else int(number)
