"""NIK and family card numbers: real prefixes and dates, serials that no one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample import months
from sample.world import FEMALE, Cards, People

if TYPE_CHECKING:
    from sample.dice import Dice, Ints

LOWEST, HIGHEST = 9010, 9998
"""Serials handed out. A last digit rounded to 0 still gives 9010 or more, held by no one."""
_SERIALS = HIGHEST - LOWEST + 1
_STRIDE = 367  # shares no divisor with the number of serials: neighbours get scattered serials


def niks(dice: Dice, people: People, spare: Ints) -> Ints:
    """Give everyone a NIK of their own for life, in the order they entered the world."""
    birth = people.birth.copy()
    numbers = np.arange(len(people))
    # The number keeps the date first written, also where the birth date was corrected later.
    late = dice.happens("birth date corrected later", numbers, 0.007)
    birth[late] -= dice.between("corrected by", numbers[late], 1, 400)
    day = _date_digits(birth) + np.where(people.sex == FEMALE, 400_000, 0)
    return _numbered(dice, "nik", people.prefix, day, spare)


def card_numbers(dice: Dice, cards: Cards, spare: Ints) -> Ints:
    """Give every family card its number."""
    return _numbered(dice, "card", cards.kecamatan, _date_digits(cards.issued), spare)


def _date_digits(days: Ints) -> Ints:
    year, month, day = months.civil(days)
    return day * 10_000 + month * 100 + year % 100


def _numbered(dice: Dice, question: str, prefix: Ints, day: Ints, spare: Ints) -> Ints:
    prefix = prefix.astype(np.int64).copy()
    for attempt in range(len(spare) + 1):
        key = prefix * 1_000_000 + day
        rank = _rank(key)
        full = np.flatnonzero(rank >= _SERIALS)
        if not len(full):
            break
        # This office and day have no serial left: register the rest in another office.
        prefix[full] = spare[(dice.between(question, full, 0, len(spare) - 1) + attempt) % len(spare)]
    start = dice.between(f"{question} serial", key, 0, _SERIALS - 1)
    return key * 10_000 + LOWEST + (start + rank * _STRIDE) % _SERIALS


def _rank(key: Ints) -> Ints:
    """Count how many earlier rows carry the same key."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    new = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    start = np.flatnonzero(new)
    rank = np.arange(len(key)) - np.repeat(start, np.diff(np.append(start, len(key))))
    result = np.empty(len(key), dtype=np.int64)
    result[order] = rank
    return result
