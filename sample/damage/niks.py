"""How NIK and family card numbers come to harm in spreadsheets and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample.damage.marks import Hand, change
from sample.identifiers import HIGHEST, LOWEST

if TYPE_CHECKING:
    from collections.abc import Callable


_DUMMIES = ("0000000000000000", "9999999999999999", "1234567890123456", "1111111111111111")
_LOOKALIKE = {"0": "O", "1": "I", "5": "S"}
SPARED = -1
"""Identity of rows whose NIK takes no further harm."""


def _digit(value: str, bits: int) -> str:
    """Replace one digit; the 9 at the head of the serial stays, or it could be somebody's."""
    place = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15)[bits % 15]
    digit = str((int(value[place]) + 1 + (bits >> 8) % 9) % 10)
    damaged = value[:place] + digit + value[place + 1 :]
    return damaged if LOWEST <= int(damaged[-4:]) <= HIGHEST else value


def _transpose(value: str, bits: int) -> str:
    place = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14)[bits % 13]
    damaged = value[:place] + value[place + 1] + value[place] + value[place + 2 :]
    return damaged if LOWEST <= int(damaged[-4:]) <= HIGHEST else value


def _excel15(value: str, _: int) -> str:
    return value[:15] + "0"


def _sci(value: str, bits: int) -> str:
    digits = (5, 5, 8, 4)[bits % 4]
    mantissa = f"{value[0]}.{value[1 : digits + 1]}"
    if bits >> 8 & 1:
        mantissa = mantissa.rstrip("0")
    return (mantissa.replace(".", ",") if bits >> 9 & 3 == 0 else mantissa) + "E+15"


def _apostrophe(value: str, _: int) -> str:
    return "'" + value


def _space(value: str, bits: int) -> str:
    head, date, serial = value[:6], value[6:12], value[12:]
    forms = (
        f" {value} ", f"{value}\u00a0", f"{head} {date} {serial}", f"{head}.{date}.{serial}",
        f"{value[:4]}-{value[4:]}",
    )  # fmt: skip
    return forms[bits % len(forms)]


def _short(value: str, bits: int) -> str:
    place = 7 + (bits >> 8) % 5
    return (value[1:], value[:15], value[:place] + value[place - 1 :])[bits % 3]


def _missing(_: str, bits: int) -> str | None:
    return None if bits % 16 else ("-", "0")[bits >> 8 & 1]


def _placeholder(value: str, bits: int) -> str:
    forms = (*_DUMMIES, value[:12] + "0000", value[:4] + "0" * 12)
    return forms[bits % len(forms)]


def _temp(value: str, bits: int) -> str:
    return f"0{value[:6]}{bits % 1_000_000_000:09d}"


def _baddate(value: str, bits: int) -> str:
    day, month = (("00", ""), ("99", ""), ("75", ""), ("", "13"), ("", "00"), ("", "31"))[bits % 6]
    return value[:6] + (day or value[6:8]) + (month or value[8:10]) + value[10:]


def _ocr(value: str, bits: int) -> str:
    places = [place for place, digit in enumerate(value) if digit in _LOOKALIKE]
    if not places:
        return value
    place = places[bits % len(places)]
    return value[:place] + _LOOKALIKE[value[place]] + value[place + 1 :]


_CHANGES: dict[str, Callable[[str, int], str | None]] = {
    "nik_excel15": _excel15, "nik_sci": _sci, "nik_apostrophe": _apostrophe, "nik_space": _space,
    "nik_short": _short, "nik_digit": _digit, "nik_transpose": _transpose, "nik_missing": _missing,
    "nik_placeholder": _placeholder, "nik_temp": _temp, "nik_baddate": _baddate, "nik_ocr": _ocr,
}  # fmt: skip


def harm(hand: Hand, values: list[str | None], others: dict[str, list[str | None]], rates: dict[str, float]) -> None:
    """Damage NIKs in place; `others` gives the number written instead (the card, a relative's)."""
    bits = hand.bits("nik")
    for defect, struck in hand.one_of("nik", rates).items():
        rows = struck[hand.ids[struck] != SPARED]
        if defect in others:
            rows = np.array(
                [row for row in rows.tolist() if others[defect][row] not in {None, values[row]}], dtype=np.int64
            )
            for row in rows.tolist():
                values[row] = others[defect][row]
            hand.marks.add(defect, rows)
        else:
            hand.marks.add(defect, change(values, rows, _CHANGES[defect], bits))


def harm_cards(hand: Hand, values: list[str | None], rates: dict[str, float]) -> None:
    """Damage family card numbers in place."""
    bits = hand.bits("card")
    for defect, rows in hand.one_of("card", rates).items():
        how = _digit if defect == "kk_digit" else _missing
        hand.marks.add(defect, change(values, rows, how, bits))


def plausible(value: str | None) -> bool:
    """Say whether a value could be a NIK at all, as it was sent."""
    if not value or len(value) != 16 or not value.isdecimal() or value.endswith("0000") or len(set(value)) == 1:
        return False
    day, month = int(value[6:8]) % 40, int(value[8:10])
    return value[0] in "123456789" and 1 <= day <= 31 and 1 <= month <= 12 and int(value[6:8]) <= 71
