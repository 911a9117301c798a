"""Which families PKH knows, who takes care of each, and what each member counts as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sample import archive, life, months, sheets, welfare
from sample.feeds import dtks
from sample.world import FEMALE, HEAD, NEVER, SPOUSE

if TYPE_CHECKING:
    from sample.dice import Flags, Ints
    from sample.listing import Context, Rows
    from sample.registers import Register

_LISTED = (0.70, 0.38, 0.125, 0.016, 0.034, 0.02, 0.006, 0.002, 0.0, 0.0)  # of families with a component
_ELIGIBLE = 4
_ELDERLY = 60
_PRIME = 9_999_991


@dataclass(frozen=True)
class Families:
    """The participating families: one caretaker each, and who counts."""

    caretakers: Ints
    members: Ints
    component: Ints  # of each member, NEVER for none
    numbers: dict[int, str]


def components(context: Context, register: Register, persons: Ints) -> Ints:
    """Say which component each person is, as seen by the office; NEVER for none."""
    homes, people = register.home[persons], context.world.people
    age = months.age(people.birth[persons], months.last_days(register.seen[homes]))
    expecting = register.due[persons] > register.seen[homes]
    leaves_early = context.dice.happens("left school", persons, 0.05)
    kinds = [
        expecting, age < 7, life.severely_disabled(context.dice, persons), age >= _ELDERLY,
        (age >= 16) & (age <= 18) & ~leaves_early, (age >= 13) & (age <= 15) & ~leaves_early, (age >= 7) & (age <= 12),
    ]  # fmt: skip
    return np.select(kinds, range(len(kinds)), NEVER)


def enlist(context: Context, register: Register, listed_by_dtks: Flags) -> None:
    """Choose the families: poor ones with a component, nearly all known to DTKS."""
    persons = np.flatnonzero(register.home != NEVER)
    counting = persons[components(context, register, persons) != NEVER]
    homes = np.arange(len(register.listed))
    has = np.bincount(register.home[counting], minlength=len(homes)) > 0
    chance = np.asarray(_LISTED)[welfare.decile(dtks.place(context, homes)) - 1]
    known = listed_by_dtks | context.dice.happens("pkh without dtks", homes, 0.12)
    register.listed = has & known & context.dice.happens("pkh listed", homes, chance) & (register.seen >= 0)


def families_of(context: Context, register: Register) -> Families:
    """Give the families on the list, each with its caretaker."""
    persons = register.members()
    people, homes = context.world.people, register.home[persons]
    # The caretaker is the wife or mother where there is one, else the head.
    wife = (register.relation[persons] == SPOUSE) & (people.sex[persons] == FEMALE)
    head = register.relation[persons] == HEAD
    order = np.lexsort((~wife & ~head, ~wife, homes))
    _, first = np.unique(homes[order], return_index=True)
    caretakers = np.sort(order[first])
    kept = homes[caretakers]
    numbers = dict(zip(kept.tolist(), numbers_of(context, register, kept), strict=True))
    return Families(persons[caretakers], persons, components(context, register, persons), numbers)


def numbers_of(context: Context, register: Register, homes: Ints) -> list[str]:
    """Make up the participant numbers of homes."""
    bps = [context.regency.bps[v] for v in register.village[homes].tolist()]
    serial = archive.scattered(homes, _PRIME).tolist()
    return [f"{code}{number:07d}" for code, number in zip(bps, serial, strict=True)]


def numbers(families: Families, homes: Ints) -> list[str]:
    """Give the participant number of each home."""
    return [families.numbers[home] for home in homes.tolist()]


def mark(context: Context, register: Register, rows: Rows) -> None:
    """Mark rows that are out of date, and families better off than the programme allows."""
    sheets.stale(context, register, rows)
    rows.marks.add("inclusion_error", welfare.decile(dtks.place(context, rows.homes)) > _ELIGIBLE)
