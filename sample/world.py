"""The invented world: people, homes and family cards as columns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from sample.dice import Flags, Ints

HEAD, SPOUSE, CHILD, PARENT, GRANDCHILD, OTHER = range(6)
SINGLE, MARRIED, DIVORCED, WIDOWED = range(4)
HERE, DEAD, GONE = range(3)
MALE, FEMALE = 1, 2
NEVER = -1


@dataclass
class Columns:
    """Arrays of one length that grow together."""

    def __len__(self) -> int:
        """Give the number of rows."""
        return len(getattr(self, fields(self)[0].name))

    def append(self, more: Self) -> None:
        """Put rows at the end."""
        for field in fields(self):
            joined = np.concatenate([getattr(self, field.name), getattr(more, field.name)])
            setattr(self, field.name, joined)

    def take(self, rows: Ints) -> Self:
        """Give some rows, in the order asked for."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


@dataclass
class People(Columns):
    """Everyone who ever lived in the world."""

    home: Ints
    relation: Ints
    sex: Ints
    birth: Ints  # days since 1970
    marital: Ints
    culture: Ints
    words: Ints  # four words of the name
    prefix: Ints  # kecamatan of the first registration
    place: Ints  # of birth: NEVER = this regency, else a place elsewhere
    mother: Ints
    father: Ints
    state: Ints
    due: Ints  # month a child is expected, NEVER if none

    @property
    def here(self) -> Flags:
        """Say who is alive and in the regency."""
        here: Flags = self.state == HERE
        return here


@dataclass
class Homes(Columns):
    """Every family that ever was; one dwelling and one family card at a time."""

    village: Ints
    card: Ints
    culture: Ints
    founded: Ints
    alive: Flags


@dataclass
class Cards(Columns):
    """Every family card ever issued."""

    kecamatan: Ints
    issued: Ints  # days since 1970


@dataclass
class World:
    """The state at the end of a month."""

    month: int
    people: People
    homes: Homes
    cards: Cards

    def issue(self, homes: Ints, kecamatan: Ints, day: Ints) -> None:
        """Give homes a new family card."""
        start = len(self.cards)
        self.cards.append(Cards(kecamatan=kecamatan, issued=day))
        self.homes.card[homes] = np.arange(start, start + len(homes))

    def heads(self) -> Ints:
        """Give the head of each home, NEVER where it has none."""
        rows = np.flatnonzero(self.people.here & (self.people.relation == HEAD))
        result = np.full(len(self.homes), NEVER)
        result[self.people.home[rows]] = rows
        return result
