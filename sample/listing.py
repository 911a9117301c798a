"""Rows of people as an office lists them, with the harm done to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import months
from sample.damage import dates, niks, spelling
from sample.damage.marks import Marks
from sample.identifiers import HIGHEST, LOWEST

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


def rows_of(context: Context, register: Register, feed: str, persons: Ints, rates: Rates, *, twice: bool = False) -> Rows:
    """List people with everything that went wrong on the way."""
    dice, people, archive = context.dice, context.world.people, context.archive
    homes = register.home[persons]
    ordinal = _ordinals(homes)
    again = np.flatnonzero(dice.happens(f"{feed} dup_person", persons, rates.dup_person if twice else 0.0))
    order = np.argsort(np.concatenate([np.arange(len(persons)), again]), kind="stable")
    copies = np.concatenate([np.zeros(len(persons), dtype=bool), np.ones(len(again), dtype=bool)])[order]
    persons = np.concatenate([persons, persons[again]])[order]
    ordinal = np.concatenate([ordinal, ordinal[again] + 20])[order]
    homes = register.home[persons]
    marks = Marks(len(persons))
    ids = persons + copies * COPY
    card = register.card[homes]
    birth, no_birth = dates.harm(dice, feed, ids, people.birth[persons], rates.dob, marks)
    sex = people.sex[persons].astype(np.int64)
    rows = Rows(
        ids=ids, persons=persons, homes=homes, copies=copies, ordinal=ordinal, relation=register.relation[persons],
        village=_villages(context, feed, register.village[homes], ids, rates.village_wrong, marks), card=card,
        names=archive.names.gather(persons).to_list(), niks=texts(archive.niks[persons]), cards=texts(archive.cards[card]),
        mothers=archive.mothers.gather(persons).to_list(), birth=birth, no_birth=no_birth, sex=sex,
        age=months.age(people.birth[persons], months.last_days(register.seen[homes])), marks=marks,
    )  # fmt: skip
    _harm(context, feed, rows, rates)
    return rows


def _ordinals(homes: Ints) -> Ints:
    """Number people within each family; a family's rows follow one another."""
    start = np.flatnonzero(np.concatenate([[True], homes[1:] != homes[:-1]]))
    return np.arange(len(homes)) - np.repeat(start, np.diff(np.append(start, len(homes)))) + 1


def _villages(context: Context, feed: str, village: Ints, ids: Ints, rate: float, marks: Marks) -> Ints:
    regency, dice = context.regency, context.dice
    other = regency.first_of_kecamatan[village] + dice.bits(f"{feed} village how", ids).astype(np.int64) % regency.size_of_kecamatan[village]
    wrong = dice.happens(f"{feed} village", ids, rate) & (other != village)
    marks.add("village_wrong", wrong)
    return np.where(wrong, other, village)


def _harm(context: Context, feed: str, rows: Rows, rates: Rates) -> None:
    dice, marks = context.dice, rows.marks
    first = np.flatnonzero(rows.copies)
    for row, number in zip(first.tolist(), _old_niks(context, rows.persons[first]), strict=True):
        rows.niks[row] = number
    marks.add("nik_old", first)
    marks.add("dup_person", first)
    once = np.flatnonzero(~rows.copies)
    relatives: list[str | None] = [*rows.niks]
    # A neighbour in the list is mostly of the same family: that is how the wrong line gets copied.
    neighbour = np.where(np.roll(rows.homes, 1) == rows.homes, np.arange(len(rows.ids)) - 1, np.arange(len(rows.ids)) + 1)
    neighbour = np.minimum(neighbour, len(rows.ids) - 1)
    same = rows.homes[neighbour] == rows.homes
    others = {
        "nik_family": [relatives[n] if fits else None for n, fits in zip(neighbour.tolist(), same.tolist(), strict=True)],
        "nik_eq_kk": [*rows.cards],
    }
    struck = {defect: rate for defect, rate in rates.nik.items()}
    held = [rows.niks[row] for row in first.tolist()]
    niks.harm(dice, f"{feed}", rows.ids, rows.niks, others, struck, marks)
    for row, number in zip(first.tolist(), held, strict=True):
        rows.niks[row] = number
    for defect in rates.nik:
        if defect in marks.found:
            marks.found[defect][first] = False
    del once
    bare = context.archive.other_names.gather(rows.persons).to_list()
    spelling.harm(dice, feed, rows.ids, rows.names, rows.sex == 2, bare, rates.name, marks)  # noqa: PLR2004
    niks.harm_cards(dice, feed, np.asarray(rows.ids), rows.cards, rates.card, marks)
    rows.sex = dates.harm_sex(dice, feed, rows.ids, rows.sex, rates.sex_wrong, marks)


def _old_niks(context: Context, persons: Ints) -> list[str]:
    """Make up the number someone had before: another office, the same date, nobody's today."""
    dice, held = context.dice, context.archive.niks
    prefix = context.regency.kecamatan[dice.pick("old nik office", persons, context.regency.weights)]
    day = held[persons] // 10_000 % 1_000_000
    serial = dice.between("old nik serial", persons, LOWEST, HIGHEST)
    old = prefix * 10_000_000_000 + day * 10_000 + serial
    while len(clash := np.flatnonzero(np.isin(old, held))):
        serial[clash] = LOWEST + (serial[clash] + 1 - LOWEST) % (HIGHEST - LOWEST + 1)
        old = prefix * 10_000_000_000 + day * 10_000 + serial
    return [str(number) for number in old.tolist()]


def written_dates(days: Ints, missing: Flags, form: str) -> pl.Series:
    """Write dates in a form, empty where missing."""
    dates_ = pl.Series(days.astype(np.int32)).cast(pl.Date).dt.strftime(form)
    return pl.DataFrame({"day": dates_, "missing": missing}).select(
        pl.when("missing").then(None).otherwise("day"),
    ).to_series()


def picked(values: tuple[str, ...], positions: Ints) -> pl.Series:
    """Write codes as words."""
    return pl.Series(values, dtype=pl.String).gather(positions)


def yes(flags: Flags, words: tuple[str, str] = ("Tidak", "Ya")) -> pl.Series:
    """Write flags as words."""
    return picked(words, flags.astype(np.int64))
