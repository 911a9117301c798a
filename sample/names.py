"""Names as up to four words chosen by frequency, so that namesakes grow with the number of people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import months
from sample.words import FATHERS, OLD, SERVANT_OF, YOUNG, Recipe
from sample.world import MALE

if TYPE_CHECKING:
    from sample.dice import Dice, Flags, Ints
    from sample.world import People

YOUNG_SINCE = 1992  # births after this year carry modern names
_AFTER_FATHER = 0.15  # of families: the children carry the father's given name as their last word
_MONONYM_TO_YOUNG = 0.15  # some older people carry modern names, some younger the old ones


@cache
def vocabulary() -> tuple[str, ...]:
    """Give every word once; position 0 is the empty word."""
    words = dict.fromkeys(["", "MUH.", *SERVANT_OF])
    for leads, given, tails, _ in [*OLD.values(), *YOUNG.values()]:
        words.update(dict.fromkeys([*leads, *given, *tails]))
    return tuple(words)


@cache
def _position(word: str) -> int:
    return vocabulary().index(word)


def _positions(words: list[str]) -> Ints:
    return np.array([_position(word) for word in words], dtype=np.int16)


def _by_rank(count: int) -> list[float]:
    return [1.0 / (rank + 3.5) for rank in range(count)]


@dataclass(frozen=True)
class Kind:
    """What decides which names are usual."""

    sex: Ints
    culture: Ints
    year: Ints  # of birth


def give(dice: Dice, ids: Ints, family: Ints, kind: Kind) -> Ints:
    """Name people: an array of four words (lead, given, middle, tail) per person."""
    result = np.zeros((len(ids), 4), dtype=np.int16)
    modern = (kind.year >= YOUNG_SINCE) ^ dice.happens("name era", ids, _MONONYM_TO_YOUNG)
    for recipes, era in ((OLD, ~modern), (YOUNG, modern)):
        for (culture, sex), recipe in recipes.items():
            chosen = np.flatnonzero(era & (kind.culture == culture) & (kind.sex == sex))
            result[chosen] = _from(recipe, dice, ids[chosen], family[chosen])
    _call_after_fathers(result, dice, family, kind)
    return result


def _call_after_fathers(words: Ints, dice: Dice, family: Ints, kind: Kind) -> None:
    """Let some families carry the father's given name last; a father's own is that of his father."""
    for culture, fathers in FATHERS.items():
        rows = np.flatnonzero((kind.culture == culture) & dice.happens("called after father", family, _AFTER_FATHER))
        name = _positions(fathers)[dice.pick("father's given name", family[rows], _by_rank(len(fathers)))]
        words[rows, 3] = np.where(words[rows, 1] == name, 0, name)


def christen(dice: Dice, numbers: Ints, people: People, base: int) -> None:
    """Name people; some sons carry their father's name."""
    year, _, _ = months.civil(people.birth)
    people.words = give(dice, numbers, people.home, Kind(people.sex, people.culture, year))
    inside = people.father >= base
    carried = np.flatnonzero(inside & dice.happens("called after father", people.home, _AFTER_FATHER))
    people.words[carried, 3] = people.words[people.father[carried] - base, 1]
    same = np.flatnonzero(inside & (people.sex == MALE) & dice.happens("named after father", numbers, 0.02))
    people.words[same] = people.words[people.father[same] - base]
    # Twins are often called alike: the second keeps lead and tail of the first.
    twin = np.flatnonzero((people.birth[1:] == people.birth[:-1]) & (people.home[1:] == people.home[:-1])) + 1
    alike = twin[(people.sex[twin] == people.sex[twin - 1]) & dice.happens("twins called alike", numbers[twin], 0.7)]
    people.words[alike, 0] = people.words[alike - 1, 0]
    people.words[alike, 3] = people.words[alike - 1, 3]


def _from(recipe: Recipe, dice: Dice, ids: Ints, family: Ints) -> Ints:
    leads, given, tails, with_tail = recipe
    lead = _positions(list(leads))[dice.pick("name lead", ids, list(leads.values()))]
    name = _positions(given)[dice.pick("name given", ids, _by_rank(len(given)))]
    # Brothers and sisters often share the last word.
    key = np.where(dice.happens("name of the family", ids, 0.3), -1 - family, ids)
    tail = _positions(tails)[dice.pick("name tail", key, _by_rank(len(tails)))]
    tail = np.where(dice.happens("name has tail", ids, with_tail), tail, 0)
    middle = _positions(tails)[dice.pick("name middle", ids, _by_rank(len(tails)))]
    middle = np.where((tail > 0) & (middle != tail) & dice.happens("name has middle", ids, 0.2), middle, 0)
    servant = lead == _position("ABDUL")
    attribute = _positions(SERVANT_OF)[dice.pick("name attribute", ids, _by_rank(len(SERVANT_OF)))]
    name = np.where(servant, attribute, name)
    bare = servant & dice.happens("name attribute alone", ids, 0.75)
    tail = np.where(bare | (tail == name), 0, tail)
    middle = np.where(bare | (middle == name), 0, middle)
    lead = np.where(lead == name, 0, lead)
    return np.stack([lead, name, middle, tail], axis=1)


def write(words: Ints) -> pl.Series:
    """Turn words into full names."""
    table = pl.Series([word or None for word in vocabulary()], dtype=pl.String)
    parts = pl.DataFrame({str(place): table.gather(words[:, place]) for place in range(4)})
    return parts.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()


def with_fathers(names: pl.Series, fathers: pl.Series, sex: Ints, shown: Flags) -> pl.Series:
    """Add BIN or BINTI and the father's name where it is part of the name."""
    link = pl.when(pl.col("sex") == 1).then(pl.lit(" BIN ")).otherwise(pl.lit(" BINTI "))
    frame = pl.DataFrame({"name": names, "father": fathers, "sex": sex, "shown": shown})
    long = pl.col("name") + link + pl.col("father")
    return frame.select(
        pl.when(pl.col("shown") & pl.col("father").is_not_null()).then(long).otherwise(pl.col("name")),
    ).to_series()
