"""A delivery before it is a file: titles, cells, and what is true of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from sample.damage.niks import plausible
from sample.world import DEAD, GONE

if TYPE_CHECKING:
    from sample.damage.marks import Marks
    from sample.dice import Flags, Ints
    from sample.registers import Register
    from sample.world import World

TRUTH = {
    "period": pl.String, "file": pl.String, "sheet": pl.String, "row_number": pl.Int32, "feed": pl.String,
    "entity": pl.String, "person_id": pl.Int64, "household_id": pl.Int64, "source_key": pl.String,
    "must_reject": pl.Boolean, "reject_reason": pl.String, "must_load": pl.Boolean, "nik_wrong": pl.Boolean,
    "nik_malformed": pl.Boolean, "dup_group": pl.Int32, "note": pl.String, "defects": pl.List(pl.String),
}  # fmt: skip
# Nothing in these justifies holding a row back.
_HARMLESS = ("name_", "mother_", "stale_", "kk_old", "village_text", "inclusion_error", "nik_apostrophe", "nik_space")


@dataclass
class Sheet:
    """One file to write."""

    path: str
    cells: pl.DataFrame
    truth: pl.DataFrame
    format: Literal["csv", "xlsx"] = "csv"
    encoding: str = "utf-8"
    delimiter: str = ";"
    sheet: str = ""
    titles: tuple[str, ...] = ()
    signature: str = ""
    numbers: dict[str, set[int]] = field(default_factory=dict)  # cells of text columns sent as numbers
    quote_all: bool = False

    @property
    def first_row(self) -> int:
        """Give the row a person sees the first record in."""
        return len(self.titles) + 2


def stale(world: World, register: Register, persons: Ints, marks: Marks) -> None:
    """Mark rows whose picture of the person is no longer true."""
    people, homes = world.people, world.homes
    then, now = register.home[persons], people.home[persons]
    here = people.state[persons] == 0
    marks.add("dead_listed", people.state[persons] == DEAD)
    marks.add("left_regency", people.state[persons] == GONE)
    marks.add("stale_household", here & (then != now))
    marks.add("stale_village", here & (register.village[then] != homes.village[now]))
    marks.add("kk_old", here & (then == now) & (register.card[then] != homes.card[now]))


def truth(world: World, feed: str, entity: str, persons: Ints, keys: list[str], niks: list[str | None], marks: Marks) -> pl.DataFrame:
    """Say what is true of rows that are records."""
    wrong = marks.has("nik_") & ~marks.has_only(("nik_apostrophe", "nik_space"), "nik_")
    sent = pl.Series(niks, dtype=pl.String)
    malformed = wrong & np.array([value is not None and not plausible(value) for value in sent.to_list()])
    malformed &= np.array([value not in (None, "-", "0") for value in niks])
    harmful = marks.has(*[defect for defect in marks.found if not defect.startswith(_HARMLESS)])
    return pl.DataFrame({
        "feed": [feed] * len(persons), "entity": entity, "person_id": persons.astype(np.int64),
        "household_id": world.people.home[persons].astype(np.int64), "source_key": keys, "must_reject": False,
        "reject_reason": pl.Series([None] * len(persons), dtype=pl.String), "must_load": ~harmful,
        "nik_wrong": wrong, "nik_malformed": malformed, "dup_group": np.full(len(persons), -1),
        "note": pl.Series([None] * len(persons), dtype=pl.String), "defects": marks.column(),
    })  # fmt: skip


def repeat(cells: pl.DataFrame, records: pl.DataFrame, chosen: Flags, defect: str, reason: str) -> tuple[pl.DataFrame, pl.DataFrame, Ints]:
    """Send some rows twice: the copies go to the end."""
    rows = np.flatnonzero(chosen)
    groups = np.full(len(cells), -1)
    groups[rows] = np.arange(len(rows))
    records = records.with_columns(dup_group=pl.Series(groups))
    copies = records[rows].with_columns(
        must_reject=pl.lit(value=True), reject_reason=pl.lit(reason), must_load=pl.lit(value=False),
        defects=pl.concat_list("defects", pl.lit(defect)),
    )  # fmt: skip
    return pl.concat([cells, cells[rows]]), pl.concat([records, copies]), rows
