"""Names as up to four words chosen by frequency, so that namesakes grow with the number of people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample.words import OLD, SERVANT_OF, YOUNG, Recipe

if TYPE_CHECKING:
    from sample.dice import Dice, Flags, Ints

YOUNG_SINCE = 1992  # births after this year carry modern names
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
    return [1.0 / (rank + 9.0) for rank in range(count)]


def give(dice: Dice, ids: Ints, family: Ints, sex: Ints, culture: Ints, year: Ints) -> Ints:
    """Name people: an array of four words (lead, given, middle, tail) per person."""
    result = np.zeros((len(ids), 4), dtype=np.int16)
    modern = (year >= YOUNG_SINCE) ^ dice.happens("name era", ids, _MONONYM_TO_YOUNG)
    for recipes, era in ((OLD, ~modern), (YOUNG, modern)):
        for (kind, gender), recipe in recipes.items():
            chosen = np.flatnonzero(era & (culture == kind) & (sex == gender))
            result[chosen] = _from(recipe, dice, ids[chosen], family[chosen])
    return result


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
