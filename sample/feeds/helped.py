"""Whom an office, a village or a partner helps: the poor mostly, and some who should not be helped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import life, months, sheets, welfare
from sample.damage.rates import LOCAL, Rates
from sample.feeds import dtks, said
from sample.listing import Context, Rows, rows_of
from sample.world import HEAD, HERE

if TYPE_CHECKING:
    from sample.dice import Flags, Floats, Ints
    from sample.registers import Register

BARRED = ("PNS/TNI/Polri", "Pensiunan", "Pejabat Negara")
_ELIGIBLE = 4
_WEIGHTS = (10.0, 7.0, 4.0, 2.5, 0.8, 0.6, 0.5, 0.4, 0.35, 0.3)  # how often a list reaches a family, by decile


@dataclass(frozen=True)
class Office:
    """What an office of the regency knows of the families and how it writes."""

    context: Context
    register: Register

    @cached_property
    def known(self) -> Ints:
        """Give everyone it knows, in the order of villages and families."""
        return self.register.members()

    def people(self, who: Flags | None = None) -> Ints:
        """Give everyone it knows, or some of them."""
        known = self.known
        return known if who is None else known[who[known]]

    def heads(self) -> Ints:
        """Give the head of every family it knows."""
        known = self.known
        heads: Ints = known[self.register.relation[known] == HEAD]
        return heads

    def age(self, persons: Ints) -> Ints:
        """Give ages at the end of the month."""
        return months.age(self.context.world.people.birth[persons], months.last_day(self.context.month))

    def share(self, persons: Ints) -> Floats:
        """Say how well the families of these people truly live, from 0 to 1."""
        return dtks.place(self.context, self.register.home[persons])

    def jobs(self, persons: Ints) -> list[str]:
        """Say what each person does."""
        sex = self.context.world.people.sex[persons].astype(np.int64)
        return life.jobs(self.context.dice, persons, self.age(persons), sex, self.share(persons))

    def drawn(self, question: str, persons: Ints, count: int, weights: Floats | None = None) -> Ints:
        """Draw so many of these people for a list, the poor more often; in the order of the villages."""
        decile = welfare.decile(self.share(persons))
        weight = np.asarray(_WEIGHTS)[decile - 1] if weights is None else weights
        luck = (self.context.dice.uniform(f"{question} {self.context.month}", persons) + 1e-9) / weight
        chosen = np.sort(np.argsort(luck, kind="stable")[: min(count, len(persons))])
        return persons[chosen]

    def rows(self, feed: str, persons: Ints) -> tuple[Rows, Rates]:
        """List these people by hand, with the mistakes of that list."""
        rates = replace(LOCAL, feed=feed)
        rows = rows_of(self.context, self.register, rates, persons)
        self.mark(rows)
        return rows, rates

    def mark(self, rows: Rows) -> None:
        """Mark who is out of date, and who should not be helped."""
        sheets.stale(self.context, self.register, rows)
        rows.marks.add("inclusion_error", welfare.decile(self.share(rows.persons)) > _ELIGIBLE)
        rows.marks.add("job_ineligible", np.array([job in BARRED for job in self.jobs(rows.persons)], dtype=bool))

    def scaled(self, rate: float, least: int) -> int:
        """Give the length of a list for a regency of this size."""
        return max(least, round(rate * int(self.context.world.homes.alive.sum())))

    def sheet(self, sheet: sheets.Sheet, feed: str, written: Written) -> sheets.Sheet:
        """Complete a sheet with what is true of its rows; some rows are sent twice."""
        rows = written.rows
        records = sheets.truth(self.context, rows, feed, written.entity, [str(n) for n in rows.persons.tolist()])
        if written.value is not None:
            records = records.with_columns(value=pl.Series(written.value, dtype=pl.Int64))
        if written.note is not None:
            records = records.with_columns(note=pl.Series(written.note, dtype=pl.String))
        twice = self.context.dice.happens(f"{feed} {self.context.month} twice", rows.ids, written.twice)
        cells, records, copied = sheets.repeat(sheet.cells, records, twice, "dup_row", "DUPLICATE_ROW")
        numbers = {
            name: set(np.flatnonzero(np.concatenate([flags, flags[copied]])).tolist())
            for name, flags in written.numbers.items()
        }
        if sheet.format == "xlsx":
            cells = cells.insert_column(0, pl.Series("No", np.arange(1, len(cells) + 1)))
        return replace(sheet, cells=cells, truth=records, numbers=numbers)


@dataclass(frozen=True)
class Written:
    """Rows of a list with their amounts."""

    rows: Rows
    value: Ints | None = None  # rupiah
    note: list[str] | None = None
    entity: str = "household"
    numbers: dict[str, Flags] = None  # type: ignore[assignment]
    twice: float = LOCAL.dup_row

    def __post_init__(self) -> None:
        """Start without cells sent as numbers."""
        if self.numbers is None:
            object.__setattr__(self, "numbers", {})


def blank(count: int) -> pl.Series:
    """Give an empty text column."""
    return pl.Series([None] * count, dtype=pl.String)


def alive(office: Office) -> Flags:
    """Say who lives in the regency."""
    here: Flags = office.context.world.people.state == HERE
    return here


def heading(context: Context, title: str, office: str) -> tuple[str, ...]:
    """Write the lines above a list."""
    when = f"BULAN {said.MONTHS[context.month % 12].upper()} {context.month // 12}"
    return (title, f"{office} {context.regency.title}", when, "")
