"""A delivery before it is a file: titles, cells, and what is true of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from sample.damage.niks import plausible
from sample.world import DEAD, GONE

if TYPE_CHECKING:
    from sample.dice import Flags, Ints
    from sample.listing import Context, Rows
    from sample.registers import Register

TRUTH: dict[str, type[pl.DataType] | pl.DataType] = {
    "period": pl.String, "file": pl.String, "sheet": pl.String, "row_number": pl.Int32, "feed": pl.String,
    "entity": pl.String, "person_id": pl.Int64, "household_id": pl.Int64, "source_key": pl.String,
    "must_reject": pl.Boolean, "reject_reason": pl.String, "must_load": pl.Boolean, "nik_wrong": pl.Boolean,
    "nik_malformed": pl.Boolean, "dup_group": pl.Int32, "value": pl.Int64, "note": pl.String,
    "defects": pl.List(pl.String),
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
    bands: dict[int, str] = field(default_factory=dict)  # words above groups of columns, by column
    signature: str = ""
    numbers: dict[str, set[int]] = field(default_factory=dict)  # cells of text columns sent as numbers

    @property
    def first_row(self) -> int:
        """Give the row a person sees the first record in."""
        return len(self.titles) + bool(self.bands) + 2


def stale(context: Context, register: Register, rows: Rows) -> None:
    """Mark rows whose picture of the person is no longer true."""
    people, homes, persons, marks = context.world.people, context.world.homes, rows.persons, rows.marks
    then, now = register.home[persons], people.home[persons]
    here = people.here[persons]
    marks.add("dead_listed", people.state[persons] == DEAD)
    marks.add("left_regency", people.state[persons] == GONE)
    marks.add("stale_household", here & (then != now))
    marks.add("stale_village", here & (register.village[then] != homes.village[now]))
    marks.add("kk_old", here & (then == now) & (register.card[then] != homes.card[now]))


def truth(context: Context, rows: Rows, feed: str, entity: str, keys: list[str]) -> pl.DataFrame:
    """Say what is true of rows that are records."""
    marks, count = rows.marks, len(rows.persons)
    wrong = marks.has("nik_") & ~marks.has_only(("nik_apostrophe", "nik_space"), "nik_")
    malformed = np.zeros(count, dtype=bool)
    for row in np.flatnonzero(wrong).tolist():
        malformed[row] = rows.niks[row] not in {None, "-", "0"} and not plausible(rows.niks[row])
    harmful = marks.has(*[defect for defect in marks.found if not defect.startswith(_HARMLESS)])
    nothing = pl.Series([None] * count, dtype=pl.String)
    return pl.DataFrame({
        "feed": pl.Series([feed] * count), "entity": entity, "person_id": rows.persons.astype(np.int64),
        "household_id": context.world.people.home[rows.persons].astype(np.int64), "source_key": keys,
        "must_reject": False, "reject_reason": nothing, "must_load": ~harmful, "nik_wrong": wrong,
        "nik_malformed": malformed,
        "dup_group": np.full(count, -1), "value": pl.Series([None] * count, dtype=pl.Int64), "note": nothing,
        "defects": marks.column(),
    })  # fmt: skip


def lines(feed: str, keys: list[str], values: list[int | None]) -> pl.DataFrame:
    """Say what is true of rows that name nobody."""
    count = len(keys)
    nobody = pl.Series([None] * count, dtype=pl.Int64)
    nothing = pl.Series([None] * count, dtype=pl.String)
    return pl.DataFrame({
        "feed": pl.Series([feed] * count, dtype=pl.String), "entity": "line", "person_id": nobody,
        "household_id": nobody, "source_key": pl.Series(keys, dtype=pl.String), "must_reject": False,
        "reject_reason": nothing, "must_load": True, "nik_wrong": False, "nik_malformed": False,
        "dup_group": np.full(count, -1), "value": pl.Series(values, dtype=pl.Int64), "note": nothing,
        "defects": pl.Series([[]] * count, dtype=pl.List(pl.String)),
    })  # fmt: skip


def repeat(
    cells: pl.DataFrame, records: pl.DataFrame, chosen: Flags, defect: str, reason: str
) -> tuple[pl.DataFrame, pl.DataFrame, Ints]:
    """Send some rows twice: the copies go to the end."""
    rows = np.flatnonzero(chosen)
    groups = np.full(len(cells), -1)
    groups[rows] = np.arange(len(rows))
    records = records.with_columns(dup_group=pl.Series(groups))
    copies = records[rows].with_columns(
        must_reject=pl.lit(value=True), reject_reason=pl.lit(reason), must_load=pl.lit(value=False),
        defects=pl.concat_list("defects", pl.lit(defect)),
    )  # fmt: skip
    return pl.concat([cells, cells[rows]]), pl.concat([records, copies], how="vertical_relaxed"), rows
