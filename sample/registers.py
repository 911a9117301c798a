"""What each office knows: the families it lists, as they were when it last looked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sample.world import NEVER, World

if TYPE_CHECKING:
    from sample.dice import Dice, Flags, Ints


@dataclass
class Register:
    """One office's picture of the families."""

    feed: str
    cycle: int  # months between two looks at the same family; 0: one look, spread over some months
    home: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    relation: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int8))
    due: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    village: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    card: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    seen: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    listed: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))
    kin: Ints | None = None  # of each person the next one of the family; made when asked for

    def grow(self, people: int, homes: int) -> None:
        """Make room for people and families who entered the world."""
        self.kin = None
        for name, size, blank in (
            ("home", people, NEVER), ("relation", people, NEVER), ("due", people, NEVER),
            ("village", homes, 0), ("card", homes, 0), ("seen", homes, NEVER), ("listed", homes, False),
        ):  # fmt: skip
            array = getattr(self, name)
            more = np.full(size - len(array), blank, dtype=array.dtype)
            setattr(self, name, np.concatenate([array, more]))

    def look(self, world: World, homes: Flags) -> None:
        """Write down how the given families are now."""
        people = world.people
        self.grow(len(people), len(world.homes))
        now = people.here & homes[people.home]
        # Who died, left or married away since the last look is struck off, whole families too.
        self.home[(self.home != NEVER) & homes[self.home]] = NEVER
        homes = homes & world.homes.alive
        self.home[now] = people.home[now]
        self.relation[now] = people.relation[now]
        self.due[now] = people.due[now]
        self.village[homes] = world.homes.village[homes]
        self.card[homes] = world.homes.card[homes]
        self.seen[homes] = world.month

    def members(self) -> Ints:
        """Give the people in listed families, family by family, the head first."""
        rows = np.flatnonzero(self.home != NEVER)
        rows = rows[self.listed[self.home[rows]]]
        order = np.lexsort((rows, self.relation[rows], self.home[rows], self.village[self.home[rows]]))
        return rows[order]

    def relatives(self) -> Ints:
        """Give for each person the next one of the same family, himself if alone."""
        if self.kin is not None:
            return self.kin
        result = np.arange(len(self.home))
        rows = np.flatnonzero(self.home != NEVER)
        rows = rows[np.lexsort((rows, self.home[rows]))]
        after, before = np.roll(rows, -1), np.roll(rows, 1)
        result[rows] = np.where(
            self.home[after] == self.home[rows], after, np.where(self.home[before] == self.home[rows], before, rows)
        )
        self.kin = result
        return result


def due(register: Register, dice: Dice, world: World, census: int) -> Flags:
    """Say which families the office looks at this month."""
    homes = np.arange(len(world.homes))
    if register.cycle:
        phase = dice.between(f"{register.feed} look", homes, 0, register.cycle - 1)
        now: Flags = (world.month - phase) % register.cycle == 0
    else:
        now = census + dice.between(f"{register.feed} look", homes, 0, 6) == world.month
    return now
