"""Rows of people as an office lists them, with the harm done to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import months
from sample.damage import dates, niks, spelling
from sample.damage.marks import Hand, Marks
from sample.identifiers import HIGHEST, LOWEST
from sample.world import FEMALE

if TYPE_CHECKING:
    from sample.archive import Archive
    from sample.damage.rates import Rates
    from sample.dice import Dice, Flags, Ints
    from sample.regions import Regency
    from sample.registers import Register
    from sample.world import World

COPY = 1 << 33  # added to a person's number: the same person listed once more meets other chances


@dataclass
class Rows:
    """People as listed, column by column, and what was done to each row."""

    ids: Ints
    persons: Ints
    homes: Ints
    copies: Flags
    ordinal: Ints
    relation: Ints
    village: Ints
    card: Ints
    names: list[str | None]
    niks: list[str | None]
    cards: list[str | None]
    mothers: list[str | None]
    birth: Ints
    no_birth: Flags
    sex: Ints
    age: Ints  # when the office last looked
    marks: Marks


@dataclass(frozen=True)
class Context:
    """What every feed draws from."""

    world: World
    archive: Archive
    regency: Regency
    dice: Dice
    month: int
    layout: int


def texts(values: Ints) -> list[str | None]:
    """Write numbers as text."""
    return pl.Series(values.astype(np.int64)).cast(pl.String).to_list()


def rows_of(context: Context, register: Register, rates: Rates, persons: Ints, *, twice: bool = False) -> Rows:
    """List people with everything that went wrong on the way; some are listed twice where that happens."""
    people, archive = context.world.people, context.archive
    ordinal = _ordinals(register.home[persons])
    again = np.flatnonzero(context.dice.happens(f"{rates.feed} dup_person", persons, rates.dup_person * twice))
    order = np.argsort(np.concatenate([np.arange(len(persons)), again]), kind="stable")
    copies = (np.arange(len(order)) >= len(persons))[order]
    ordinal = np.concatenate([ordinal, ordinal[again] + 20])[order]
    persons = np.concatenate([persons, persons[again]])[order]
    homes = register.home[persons]
    hand = Hand(context.dice, rates.feed, persons + copies * COPY, Marks(len(persons)))
    birth, no_birth = dates.harm(hand, people.birth[persons], rates.dob)
    card = register.card[homes]
    rows = Rows(
        ids=hand.ids, persons=persons, homes=homes, copies=copies, ordinal=ordinal, relation=register.relation[persons],
        village=_villages(context, hand, register.village[homes], rates.village_wrong), card=card,
        names=archive.names.gather(persons).to_list(), niks=texts(archive.niks[persons]),
        cards=texts(archive.cards[card]),
        mothers=archive.mothers.gather(persons).to_list(), birth=birth, no_birth=no_birth,
        sex=dates.harm_sex(hand, people.sex[persons].astype(np.int64), rates.sex_wrong),
        age=months.age(people.birth[persons], months.last_days(register.seen[homes])), marks=hand.marks,
    )  # fmt: skip
    _harm(context, register, hand, rows, rates)
    return rows


def _ordinals(homes: Ints) -> Ints:
    """Number people within each family; a family's rows follow one another."""
    start = np.flatnonzero(np.concatenate([[True], homes[1:] != homes[:-1]]))
    return np.arange(len(homes)) - np.repeat(start, np.diff(np.append(start, len(homes)))) + 1


def _villages(context: Context, hand: Hand, village: Ints, rate: float) -> Ints:
    regency = context.regency
    other = (
        regency.first_of_kecamatan[village] + hand.bits("village").astype(np.int64) % regency.size_of_kecamatan[village]
    )
    wrong = hand.rows("village", rate)
    wrong = wrong[other[wrong] != village[wrong]]
    hand.marks.add("village_wrong", wrong)
    written = village.copy()
    written[wrong] = other[wrong]
    return written


def _harm(context: Context, register: Register, hand: Hand, rows: Rows, rates: Rates) -> None:
    archive = context.archive
    twice = np.flatnonzero(rows.copies)
    hand.marks.add("nik_old", twice)
    hand.marks.add("dup_person", twice)
    for row, number in zip(twice.tolist(), _old_niks(context, rows.persons[twice]), strict=True):
        rows.niks[row] = number
    relatives = register.relatives()[rows.persons]
    others = {"nik_family": texts(archive.niks[relatives]), "nik_eq_kk": list(rows.cards)}
    # Who is listed twice already has an old number there: it takes no further harm.
    spared = replace(hand, ids=np.where(rows.copies, niks.SPARED, rows.ids))
    niks.harm(spared, rows.niks, others, rates.nik)
    bare = archive.other_names.gather(rows.persons).to_list()
    spelling.harm(hand, rows.names, context.world.people.sex[rows.persons] == FEMALE, bare, rates.name)
    niks.harm_cards(hand, rows.cards, rates.card)


def _old_niks(context: Context, persons: Ints) -> list[str]:
    """Make up the number someone had before: another office, the same date, nobody's today."""
    if not len(persons):
        return []
    dice, held = context.dice, context.archive.niks
    prefix = context.regency.kecamatan[dice.pick("old nik office", persons, context.regency.weights)]
    day = held[persons] // 10_000 % 1_000_000
    serial = dice.between("old nik serial", persons, LOWEST, HIGHEST)
    old = prefix * 10_000_000_000 + day * 10_000 + serial
    ordered = context.archive.niks_in_order
    while len(clash := np.flatnonzero(_among(ordered, old))):
        serial[clash] = LOWEST + (serial[clash] + 1 - LOWEST) % (HIGHEST - LOWEST + 1)
        old = prefix * 10_000_000_000 + day * 10_000 + serial
    return [str(number) for number in old.tolist()]


def _among(ordered: Ints, values: Ints) -> Flags:
    """Say which values are among some in ascending order."""
    found: Flags = ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values
    return found


def written_dates(days: Ints, missing: Flags, form: str) -> pl.Series:
    """Write dates in a form, empty where missing."""
    dates_ = pl.Series(days.astype(np.int32)).cast(pl.Date).dt.strftime(form)
    return (
        pl.DataFrame({"day": dates_, "missing": missing})
        .select(
            pl.when("missing").then(None).otherwise("day"),
        )
        .to_series()
    )


def picked(values: tuple[str, ...], positions: Ints) -> pl.Series:
    """Write codes as words."""
    return pl.Series(values, dtype=pl.String).gather(positions)


def yes(flags: Flags, words: tuple[str, str] = ("Tidak", "Ya")) -> pl.Series:
    """Write flags as words."""
    return picked(words, flags.astype(np.int64))
