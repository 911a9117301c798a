"""The two 16-digit numbers of Indonesian civil registration share their form: what is repaired, what is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Spelled out rather than \s, because Python's and Rust's idea of white space differ.
SPACES: Final = " \t\r\n\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
MARKS: Final = "'\u2018\u2019\u201a\u201b`\u00b4\"\u201c\u201d"
JOINERS: Final = ".,:;/_=\\-\u2010-\u2015\u2212"
LOOSE: Final = f"[{SPACES}{MARKS}]"
STRIPPED: Final = f"[{SPACES}{MARKS}{JOINERS}]"
SCIENTIFIC: Final = r"^[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+$"
FLOAT_TAIL: Final = r"^([0-9]+)[.,]0{1,2}$"
OCR: Final = (("O", "0"), ("o", "0"), ("I", "1"), ("l", "1"), ("|", "1"))
EMPTY_WORDS: Final = (
    "", "0", "00", "000", "KOSONG", "NULL", "NIHIL", "NONE", "NAN", "NA", "TIDAKADA", "TDKADA",
    "BELUMADA", "BLMADA", "X", "XX", "XXX",
)  # fmt: skip
# `NIK: 6402...`, `No. KTP 6402...`: the cell says again what its column is; another label, that it is another number.
LABELS: Final = {
    True: r"^(?i:(?:NO(?:MOR)?)?(?:NIK|KTP|NIKKTP))([0-9])",
    False: r"^(?i:(?:NO(?:MOR)?)?(?:KK|KARTUKELUARGA))([0-9])",
}
DUMMIES: Final = (*(digit * 16 for digit in "0123456789"), "1234567890123456", "0123456789012345", "1234567812345678")
# First two digits: province of first registration, those of the 2022 split of Papua included.
PROVINCES: Final = (
    *range(11, 20), 21, *range(31, 37), 51, 52, 53, *range(61, 66), *range(71, 77), 81, 82, *range(91, 98),
)  # fmt: skip
WOMEN: Final = 40

_LOOSE = re.compile(LOOSE)
_STRIPPED = re.compile(STRIPPED)
_SCIENTIFIC = re.compile(SCIENTIFIC)
_FLOAT_TAIL = re.compile(FLOAT_TAIL)
_OCR = str.maketrans(dict(OCR))
_LABELS = {women: re.compile(form) for women, form in LABELS.items()}


class Refusal(StrEnum):
    """Why a sent value is no identity number; the first that applies."""

    NULL = "NULL"
    SCI = "SCI"
    CHARSET = "CHARSET"
    LENGTH = "LENGTH"
    DUMMY = "DUMMY"
    TEMP = "TEMP"
    SERIAL_0000 = "SERIAL_0000"
    BAD_DATE = "BAD_DATE"
    PREFIX = "PREFIX"


class Repair(StrEnum):
    """What was done to a sent value to read it; nothing is guessed."""

    STRIP = "STRIP"
    OCR = "OCR"
    FLOAT = "FLOAT"


@dataclass(frozen=True, slots=True)
class Reading:
    """A sent value read: sixteen plausible digits, or a refusal."""

    digits: str | None
    refusal: Refusal | None
    repair: Repair | None = None


def read_identity(raw: str | None, *, women: bool) -> Reading:
    """Read one sent value; `women` says whether the day of birth may carry the +40 of women."""
    if raw is None:
        return Reading(None, Refusal.NULL)
    loose = _LOOSE.sub("", raw)
    if _SCIENTIFIC.match(loose):
        return Reading(None, Refusal.SCI)
    tail = _FLOAT_TAIL.match(loose)
    compact = tail[1] if tail else _LABELS[women].sub(r"\1", _STRIPPED.sub("", raw))
    if compact.upper() in EMPTY_WORDS:
        return Reading(None, Refusal.NULL)
    digits = compact.translate(_OCR)
    refusal = _refusal(digits, women=women)
    if digits != compact:
        return Reading(None, Refusal.CHARSET) if refusal else Reading(digits, None, Repair.OCR)
    if refusal:
        return Reading(None, refusal)
    repair = Repair.FLOAT if tail else Repair.STRIP if digits != raw else None
    return Reading(digits, None, repair)


def _refusal(digits: str, *, women: bool) -> Refusal | None:  # noqa: PLR0911  (a table of rules reads best as one)
    if not re.fullmatch("[0-9]*", digits):
        return Refusal.CHARSET
    if len(digits) != 16:
        return Refusal.LENGTH
    if digits in DUMMIES:
        return Refusal.DUMMY
    if digits.startswith("0"):
        return Refusal.TEMP
    if digits.endswith("0000"):
        return Refusal.SERIAL_0000
    day, month, year = (int(digits[i : i + 2]) for i in (6, 8, 10))
    if women and day > WOMEN:
        day -= WOMEN
    if not is_day_of_some_century(day, month, year):
        return Refusal.BAD_DATE
    return None if int(digits[:2]) in PROVINCES else Refusal.PREFIX


def is_day_of_some_century(day: int, month: int, year: int) -> bool:
    """Say whether a day exists in 19yy or 20yy."""
    if not 1 <= month <= 12:
        return False
    if month == 2:
        return 1 <= day <= (29 if year % 4 == 0 else 28)
    return 1 <= day <= (30 if month in (4, 6, 9, 11) else 31)
