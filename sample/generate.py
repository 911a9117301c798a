"""From a seed to the files of one or more months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import events, files, months, population, regions
from sample.archive import Archive
from sample.dice import Dice
from sample.feeds import (
    budgets,
    desa,
    dtks,
    dtsen,
    macro,
    opd_care,
    opd_work,
    p3ke,
    p3ke_verification,
    partners,
    pkh,
    pkh_exits,
    pkh_families,
    visits,
)
from sample.feeds.helped import Office
from sample.listing import Context
from sample.population import FOREIGN_PREFIX
from sample.registers import Register, due
from sample.sheets import TRUTH
from sample.world import World

if TYPE_CHECKING:
    from pathlib import Path

_HISTORY = 21  # months lived before the first delivery: the oldest list looks back that far


@dataclass(frozen=True)
class Order:
    """What to make."""

    regency: str
    period: str
    households: int
    seed: int
    out: Path
    months: int = 1


def generate(order: Order) -> pl.DataFrame:
    """Write the files; return what is true of every row of them."""
    dice = Dice(order.seed)
    regency = regions.load(order.regency, dice)
    first = months.parse(order.period)
    world = _founded(order, dice, regency, first - _HISTORY)
    cycles = {"p3ke": 0, "dtks": 12, "pkh": 8, "dtsen": 5, "local": 6}
    registers = {feed: Register(feed, cycle) for feed, cycle in cycles.items()}
    truths: list[pl.DataFrame] = []
    while world.month < first + order.months - 1:
        events.step(world, dice, regency)
        for register in registers.values():
            register.look(world, due(register, dice, world, first - _HISTORY + 1))
        if world.month >= first:
            archive = Archive.of(world, dice, regency.code)
            context = Context(world, archive, regency, dice, world.month, (world.month - first) % 2)
            truths += _deliver(context, registers, order, first)
    return pl.concat(truths)


def _founded(order: Order, dice: Dice, regency: regions.Regency, month: int) -> World:
    homes = np.arange(order.households)
    founding = population.Founding(homes, month, FOREIGN_PREFIX)
    return World(month, *population.found(dice, regency, founding))


def _deliver(context: Context, registers: dict[str, Register], order: Order, first: int) -> list[pl.DataFrame]:
    families, persons, payments = registers["p3ke"], registers["dtks"], registers["pkh"]
    for register in registers.values():
        register.grow(len(context.world.people), len(context.world.homes))
    p3ke.enlist(context, families)
    dtks.enlist(context, persons, first)
    pkh_families.enlist(context, payments, persons.listed)
    dtsen.enlist(context, registers["dtsen"])
    registers["local"].listed = registers["local"].seen >= 0
    quarter = context.month == first or context.month % 3 == 0
    folder = order.out if order.months == 1 else order.out / months.text(context.month)
    local = Office(context, registers["local"])
    listed, helped = Office(context, families), Office(context, payments)
    offices = (
        p3ke.sheets_of(context, families, payments),
        (p3ke_verification.sheet_of(listed, payments) for _ in range(1)),
        dtks.sheets_of(context, persons, payments),
        pkh.sheets_of(context, payments, persons.listed, pays=quarter),
        (pkh_exits.sheet_of(context, payments) for _ in range(1)),
        dtsen.sheets_of(context, registers["dtsen"]) if quarter else (),
        opd_care.sheets_of(local, families.listed),
        opd_work.sheets_of(local),
        desa.sheets_of(local, families),
        budgets.sheets_of(context),
        partners.sheets_of(local),
        visits.sheets_of(listed, local, helped),
        (macro.sheet_of(context) for _ in range(1)),
    )
    # One file at a time: its rows are written and forgotten before the next is made.
    # Nobody sends a list of nobody: a town has no villages, hence no village budgets.
    truths = [files.write(sheet, folder) for office in offices for sheet in office if len(sheet.cells)]
    stamp = pl.lit(months.text(context.month)).alias("period")
    return [
        truth.with_columns(stamp).select(pl.col(name).cast(kind) for name, kind in TRUTH.items()) for truth in truths
    ]
