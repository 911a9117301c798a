"""What a month brings: deaths, births, marriages, divorces, moves, departures and arrivals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample import months, names, weddings
from sample.population import Founding, found
from sample.world import (
    CHILD,
    DEAD,
    FEMALE,
    GONE,
    GRANDCHILD,
    HEAD,
    HERE,
    MALE,
    MARRIED,
    NEVER,
    PARENT,
    SINGLE,
    SPOUSE,
    WIDOWED,
    People,
    World,
)

if TYPE_CHECKING:
    from sample.dice import Dice, Ints
    from sample.regions import Regency

# yearly chance of death from the age on
_DEATH_FROM = (0, 1, 15, 40, 55, 65, 75, 85)
_DEATH = (0.012, 0.0008, 0.0015, 0.004, 0.011, 0.026, 0.065, 0.15)
_CONCEIVE = 0.0062  # a month, married women of childbearing age
_PREGNANCY_MONTHS = 8
_MOVE = 0.0022
_LEAVE = 0.0007
_ARRIVE = 0.0009
_TWINS = 0.012
_FOREIGN = 0.9  # of those who arrive


def step(world: World, dice: Dice, regency: Regency) -> None:
    """Let one month pass."""
    world.month += 1
    age = months.age(world.people.birth, months.last_day(world.month))
    _die(world, dice, age)
    weddings.part(world, dice, regency)
    weddings.marry(world, dice, regency, age)
    _bear(world, dice, age)
    _leave(world, dice)
    _succeed(world, age)
    _move(world, dice, regency)
    _arrive(world, dice, regency)


def _widow(people: People, gone: Ints) -> None:
    """Mark the spouses of those who died."""
    couple = gone[people.marital[gone] == MARRIED]
    couple = couple[(people.relation[couple] == HEAD) | (people.relation[couple] == SPOUSE)]
    left = np.isin(people.home, people.home[couple]) & people.here & (people.marital == MARRIED)
    left &= (people.relation == HEAD) | (people.relation == SPOUSE)
    people.marital[left] = WIDOWED


def _die(world: World, dice: Dice, age: Ints) -> None:
    people = world.people
    numbers = np.arange(len(people))
    yearly = np.asarray(_DEATH)[np.searchsorted(_DEATH_FROM, np.maximum(age, 0), side="right") - 1]
    gone = np.flatnonzero(people.here & dice.happens(weddings.key(world, "death"), numbers, yearly / 12))
    people.state[gone] = DEAD
    _widow(people, gone)


def _bear(world: World, dice: Dice, age: Ints) -> None:
    people = world.people
    numbers = np.arange(len(people))
    mothers = np.flatnonzero(people.here & (people.due == world.month))
    twins = mothers[dice.happens(weddings.key(world, "twins"), mothers, _TWINS)]
    people.due[mothers] = NEVER
    fertile = people.here & (people.sex == FEMALE) & (people.marital == MARRIED)
    fertile &= ((people.relation == SPOUSE) | (people.relation == HEAD)) & (people.due == NEVER)
    chance = np.where(age < 20, 0.7, np.where(age < 33, 1.5, np.where(age < 43, 0.55, 0.0))) * _CONCEIVE
    people.due[fertile & dice.happens(weddings.key(world, "conception"), numbers, chance)] = (
        world.month + _PREGNANCY_MONTHS
    )
    _born(world, dice, np.sort(np.concatenate([mothers, twins])))


def _born(world: World, dice: Dice, mothers: Ints) -> None:
    people = world.people
    base = len(people)
    numbers = np.arange(base, base + len(mothers))
    fathers = world.heads()[people.home[mothers]]
    fathers = np.where((fathers != NEVER) & (people.sex[fathers] == MALE), fathers, NEVER)
    first = months.first_day(world.month)
    mother_heads = (people.relation[mothers] == HEAD) | (people.relation[mothers] == SPOUSE)
    babies = People(
        home=people.home[mothers], relation=np.where(mother_heads, CHILD, GRANDCHILD).astype(np.int8),
        sex=np.where(dice.happens("newborn boy", numbers, 0.512), MALE, FEMALE).astype(np.int8),
        birth=first + dice.between(weddings.key(world, "birthday"), mothers, 0, months.last_day(world.month) - first),
        marital=np.full(len(numbers), SINGLE, dtype=np.int8), culture=people.culture[mothers],
        words=np.zeros((len(numbers), 4), dtype=np.int16),
        prefix=world.cards.kecamatan[world.homes.card[people.home[mothers]]],
        place=np.full(len(numbers), NEVER), mother=mothers, father=fathers,
        state=np.full(len(numbers), HERE, dtype=np.int8), due=np.full(len(numbers), NEVER),
    )  # fmt: skip
    names.christen(dice, numbers, babies, base)
    people.append(babies)


def _leave(world: World, dice: Dice) -> None:
    homes = np.arange(len(world.homes))
    leaving = world.homes.alive & dice.happens(weddings.key(world, "leave"), homes, _LEAVE)
    people = world.people
    people.state[people.here & leaving[people.home]] = GONE


def _succeed(world: World, age: Ints) -> None:
    """Give homes without a head a new one, and close the empty homes."""
    people, homes = world.people, world.homes
    members = np.bincount(people.home[people.here], minlength=len(homes))
    homes.alive &= members > 0
    bereft = homes.alive & (world.heads() == NEVER)
    rows = np.flatnonzero(people.here & bereft[people.home])
    full_age = np.zeros(len(people), dtype=np.int64)
    full_age[: len(age)] = age
    adult = full_age[rows] >= 17
    order = np.lexsort(
        (-full_age[rows], people.relation[rows] == PARENT, people.relation[rows] != SPOUSE, ~adult, people.home[rows])
    )
    rows = rows[order]
    _, first = np.unique(people.home[rows], return_index=True)
    people.relation[rows[first]] = HEAD


def _move(world: World, dice: Dice, regency: Regency) -> None:
    ids = np.arange(len(world.homes))
    movers = np.flatnonzero(world.homes.alive & dice.happens(weddings.key(world, "move"), ids, _MOVE))
    near = dice.happens(weddings.key(world, "move near"), movers, 0.55)
    old = world.homes.village[movers]
    within = (
        regency.first_of_kecamatan[old]
        + dice.bits(weddings.key(world, "near"), movers).astype(np.int64) % regency.size_of_kecamatan[old]
    )
    far = dice.pick(weddings.key(world, "far"), movers, regency.weights)
    world.homes.village[movers] = np.where(near, within, far)
    weddings.card(world, dice, movers, regency)


def _arrive(world: World, dice: Dice, regency: Regency) -> None:
    count = round(int(world.homes.alive.sum()) * _ARRIVE)
    if not count:
        return
    start = len(world.homes)
    ids = np.arange(start, start + count)
    founding = Founding(ids, world.month, _FOREIGN, len(world.people), len(world.cards))
    people, homes, cards = found(dice, regency, founding)
    first = months.first_day(world.month)
    cards.issued = first + dice.between("arrival card", ids, 0, months.last_day(world.month) - first)
    world.people.append(people)
    world.homes.append(homes)
    world.cards.append(cards)
