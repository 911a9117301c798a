"""Founding families: heads, spouses, children with twins, and the relatives who live with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sample import months, names
from sample.regions import elsewhere
from sample.words import CULTURE_WEIGHTS
from sample.world import (
    CHILD,
    DIVORCED,
    FEMALE,
    GRANDCHILD,
    HEAD,
    HERE,
    MALE,
    MARRIED,
    NEVER,
    OTHER,
    PARENT,
    SINGLE,
    SPOUSE,
    WIDOWED,
    Cards,
    Homes,
    People,
)

if TYPE_CHECKING:
    from sample.dice import Dice, Floats, Ints
    from sample.regions import Regency

FOREIGN_PREFIX = 0.18
# lower bound of each age band of heads, and how many heads per hundred fall into it
_HEAD_AGES = (20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 78)
_HEAD_WEIGHTS = (3, 8, 12, 14, 14, 12, 11, 9, 7, 5, 3.5, 1.5)
_CHILDREN = (0.06, 0.15, 0.31, 0.26, 0.12, 0.06, 0.04)  # ever born
_TWINS = 0.012


@dataclass
class _Draft:
    """Members before they are put in order of their homes."""

    home: list[Ints]
    relation: list[Ints]
    sex: list[Ints]
    birth: list[Ints]
    marital: list[Ints]

    def add(self, home: Ints, relation: int, sex: Ints, birth: Floats, marital: Ints) -> None:
        self.home.append(home)
        self.relation.append(np.full(len(home), relation))
        self.sex.append(sex)
        self.birth.append(birth.astype(np.int64))
        self.marital.append(marital)

    def ordered(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        columns = [np.concatenate(part) for part in (self.home, self.relation, self.sex, self.birth, self.marital)]
        order = np.lexsort((columns[3], columns[1], columns[0]))
        home, relation, sex, birth, marital = (column[order] for column in columns)
        return home, relation, sex, birth, marital


@dataclass(frozen=True)
class Founding:
    """Which homes to found when, and how many people and cards the world has so far."""

    homes: Ints
    month: int
    foreign: float  # share of people first registered elsewhere
    people_so_far: int = 0
    cards_so_far: int = 0


def found(dice: Dice, regency: Regency, founding: Founding) -> tuple[People, Homes, Cards]:
    """Found families with the given home numbers."""
    ids, month = founding.homes, founding.month
    today = months.last_day(month)
    village = dice.pick("home village", ids, regency.weights)
    culture = dice.pick("home culture", ids, CULTURE_WEIGHTS)
    draft = _Draft([], [], [], [], [])
    mother_age = _couple(dice, ids, draft, today)
    _children(dice, ids, draft, today, mother_age)
    _relatives(dice, ids, draft, today, mother_age)
    home, relation, sex, birth, marital = draft.ordered()
    numbers = np.arange(len(home)) + founding.people_so_far
    mother, father = _parents(ids, home, relation, sex, numbers)
    position = home - ids[0]
    people = People(
        home=home, relation=relation.astype(np.int8), sex=sex.astype(np.int8), birth=birth,
        marital=marital.astype(np.int8), culture=culture[position].astype(np.int8),
        words=np.zeros((len(home), 4), dtype=np.int16),
        prefix=regency.kecamatan[village[position]], place=np.full(len(home), NEVER),
        mother=mother, father=father, state=np.full(len(home), HERE, dtype=np.int8),
        due=np.full(len(home), NEVER),
    )  # fmt: skip
    _origin(dice, numbers, people, founding.foreign, regency)
    names.christen(dice, numbers, people, founding.people_so_far)
    issued = today - (dice.uniform("card age", ids) ** 1.7 * 14 * months.YEAR_DAYS).astype(np.int64) - 1
    homes = Homes(
        village=village, card=np.arange(len(ids)) + founding.cards_so_far, culture=culture,
        founded=np.full(len(ids), month), alive=np.ones(len(ids), dtype=bool),
    )  # fmt: skip
    return people, homes, Cards(kecamatan=regency.kecamatan[village], issued=issued)


def _couple(dice: Dice, ids: Ints, draft: _Draft, today: int) -> Floats:
    band = dice.pick("head age", ids, _HEAD_WEIGHTS)
    edges = np.array([*_HEAD_AGES, 90])
    age = edges[band] + dice.uniform("head age within", ids) * (edges[band + 1] - edges[band])
    widowed = np.clip((age - 45) / 110, 0.0, 0.3)
    woman = dice.happens("head woman", ids, 0.05 + widowed)
    married = ~woman & dice.happens("head married", ids, np.where(age < 26, 0.62, 0.93 - widowed))
    alone = np.where(age < 28, SINGLE, np.where(dice.happens("head divorced", ids, 0.35), DIVORCED, WIDOWED))
    marital = np.where(married, MARRIED, alone)
    draft.add(ids, HEAD, np.where(woman, FEMALE, MALE), today - age * months.YEAR_DAYS, marital)
    gap = 3.0 + 2.6 * dice.bell("spouse gap", ids)
    her_age = np.maximum(age - gap, 17.5)
    wives = np.flatnonzero(married)
    everywhere = np.full(len(wives), MARRIED)
    draft.add(ids[wives], SPOUSE, np.full(len(wives), FEMALE), today - her_age[wives] * months.YEAR_DAYS, everywhere)
    mother_age = np.where(woman, age, her_age)
    childless = marital == SINGLE
    return np.where(childless, 0.0, mother_age)


def _children(dice: Dice, ids: Ints, draft: _Draft, today: int, mother_age: Floats) -> None:
    born = dice.pick("children born", ids, _CHILDREN)
    since = 19.0 + 8.0 * dice.uniform("first birth", ids)
    for slot in range(len(_CHILDREN) - 1):
        key = ids * 16 + slot
        age = mother_age - since
        stays = np.select([age < 17, age < 20, age < 24, age < 28], [0.985, 0.92, 0.62, 0.30], 0.09)
        there = (born > slot) & (age > 0) & (since < 44) & dice.happens("child stays", key, stays)
        rows = np.flatnonzero(there)
        sex = np.where(dice.happens("child is a boy", key, 0.512), MALE, FEMALE)
        birth = today - age * months.YEAR_DAYS
        draft.add(ids[rows], CHILD, sex[rows], birth[rows], np.full(len(rows), SINGLE))
        twin = rows[dice.happens("twin", key[rows], _TWINS)]
        same = np.where(dice.happens("twin alike", key[twin], 0.6), sex[twin], MALE + FEMALE - sex[twin])
        draft.add(ids[twin], CHILD, same, birth[twin], np.full(len(twin), SINGLE))
        since = since + 1.4 + 3.6 * dice.uniform("child gap", key)


def _relatives(dice: Dice, ids: Ints, draft: _Draft, today: int, mother_age: Floats) -> None:
    age = np.clip(np.maximum(mother_age, 24.0) + 20 + 11 * dice.uniform("elder gap", ids), 48.0, 93.0)
    elder = np.flatnonzero((mother_age < 52) & dice.happens("elder lives here", ids, 0.09))
    sex = np.where(dice.happens("elder man", ids, 0.25), MALE, FEMALE)
    draft.add(ids[elder], PARENT, sex[elder], (today - age * months.YEAR_DAYS)[elder], np.full(len(elder), WIDOWED))
    small = np.flatnonzero((mother_age > 46) & dice.happens("grandchild lives here", ids, 0.11))
    boy = np.where(dice.happens("grandchild boy", ids, 0.51), MALE, FEMALE)
    young = today - 14 * months.YEAR_DAYS * dice.uniform("grandchild age", ids)
    draft.add(ids[small], GRANDCHILD, boy[small], young[small], np.full(len(small), SINGLE))
    other = np.flatnonzero(dice.happens("other lives here", ids, 0.035))
    man = np.where(dice.happens("other man", ids, 0.5), MALE, FEMALE)
    birth = today - (8 + 40 * dice.uniform("other age", ids)) * months.YEAR_DAYS
    draft.add(ids[other], OTHER, man[other], birth[other], np.full(len(other), SINGLE))


def _parents(ids: Ints, home: Ints, relation: Ints, sex: Ints, numbers: Ints) -> tuple[Ints, Ints]:
    """Say who bore and who begot each child, where both live in the same home."""
    position = home - ids[0]
    adult = (relation == HEAD) | (relation == SPOUSE)
    woman = np.full(len(ids), NEVER)
    man = np.full(len(ids), NEVER)
    hers, his = adult & (sex == FEMALE), adult & (sex == MALE)
    woman[position[hers]] = numbers[hers]
    man[position[his]] = numbers[his]
    child = relation == CHILD
    return np.where(child, woman[position], NEVER), np.where(child, man[position], NEVER)


def _origin(dice: Dice, numbers: Ints, people: People, foreign: float, regency: Regency) -> None:
    """Let some have been registered elsewhere first; the number they got there is theirs for life."""
    codes, _ = elsewhere(regency.code)
    # Whole families come; small children are mostly registered where they are born.
    family = dice.happens("family from elsewhere", people.home, foreign * 0.72)
    outside = np.where(
        family, dice.happens("member came along", numbers, 0.86), dice.happens("came alone", numbers, foreign * 0.45)
    )
    chosen = dice.pick("elsewhere", np.where(family, people.home, -1 - numbers), np.linspace(3.0, 0.6, len(codes)))
    neighbour = regency.kecamatan[dice.pick("kecamatan of birth", numbers, regency.weights)]
    moved = dice.happens("born in another kecamatan", numbers, 0.14)
    home_prefix = np.where(moved, neighbour, people.prefix)
    people.prefix = np.where(outside, codes[chosen], home_prefix)
    people.place = np.where(outside, chosen, NEVER)
