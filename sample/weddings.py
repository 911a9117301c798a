"""Families founded and split: marriages, divorces, and the cards they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample import months
from sample.world import (
    DIVORCED,
    FEMALE,
    HEAD,
    MALE,
    MARRIED,
    NEVER,
    SINGLE,
    SPOUSE,
    Homes,
    World,
)

if TYPE_CHECKING:
    from sample.dice import Dice, Ints
    from sample.regions import Regency

_MARRY = 0.012  # a month, of those of age and free
_DIVORCE = 0.00028


def key(world: World, what: str) -> str:
    """Ask a question anew each month."""
    return f"{what} {world.month}"


def part(world: World, dice: Dice, regency: Regency) -> None:
    """Divorce: she goes with some of the children, or he goes alone and she becomes the head."""
    people = world.people
    numbers = np.arange(len(people))
    wife = people.here & (people.relation == SPOUSE) & (people.marital == MARRIED)
    wives = np.flatnonzero(wife & dice.happens(key(world, "divorce"), numbers, _DIVORCE))
    if not len(wives):
        return
    heads = world.heads()[people.home[wives]]
    wives, heads = wives[heads != NEVER], heads[heads != NEVER]
    people.marital[wives] = people.marital[heads] = DIVORCED
    card(world, dice, _new_homes(world, wives, people.home[wives]), regency)


def marry(world: World, dice: Dice, regency: Regency, age: Ints) -> None:
    """Let young people of different homes found a home of their own."""
    people = world.people
    numbers = np.arange(len(people))
    free = people.here & (people.marital == SINGLE) & (people.relation != HEAD)
    ready = free & dice.happens(key(world, "marriage"), numbers, _MARRY)
    grooms = np.flatnonzero(ready & (people.sex == MALE) & (age > 20) & (age < 36))
    brides = np.flatnonzero(ready & (people.sex == FEMALE) & (age > 18) & (age < 31))
    pairs = min(len(grooms), len(brides))
    # Pair people of the same kecamatan where possible.
    husbands, wives = (_near(world, dice, side, regency)[:pairs] for side in (grooms, brides))
    apart = (people.home[husbands] != people.home[wives]) & (np.abs(age[husbands] - age[wives]) < 12)
    _wed(world, dice, regency, husbands[apart], wives[apart])


def _near(world: World, dice: Dice, side: Ints, regency: Regency) -> Ints:
    kecamatan = regency.kecamatan[world.homes.village[world.people.home[side]]]
    order = np.lexsort((dice.bits(key(world, "pairing"), side), kecamatan))
    return side[order]


def _wed(world: World, dice: Dice, regency: Regency, grooms: Ints, brides: Ints) -> None:
    people = world.people
    fresh = _new_homes(world, grooms, people.home[grooms])
    people.home[brides] = fresh
    people.relation[brides] = SPOUSE
    people.marital[grooms] = people.marital[brides] = MARRIED
    card(world, dice, fresh, regency)


def _new_homes(world: World, founders: Ints, origin: Ints) -> Ints:
    """Give people homes of their own where they lived, each with a new card; return the homes."""
    people, homes = world.people, world.homes
    start = len(homes)
    fresh = np.arange(start, start + len(founders))
    homes.append(Homes(
        village=homes.village[origin], card=np.zeros(len(fresh), dtype=homes.card.dtype),
        culture=people.culture[founders].astype(homes.culture.dtype),
        founded=np.full(len(fresh), world.month), alive=np.ones(len(fresh), dtype=bool),
    ))  # fmt: skip
    people.home[founders] = fresh
    people.relation[founders] = HEAD
    return fresh


def card(world: World, dice: Dice, homes: Ints, regency: Regency) -> None:
    """Issue a new family card on some day of the month."""
    first = months.first_day(world.month)
    day = first + dice.between(key(world, "card day"), homes, 0, months.last_day(world.month) - first)
    world.issue(homes, regency.kecamatan[world.homes.village[homes]], day)
