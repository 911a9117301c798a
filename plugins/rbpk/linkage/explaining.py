"""Why a row belongs to its person, field by field and without a value: nobody needs to see a NIK to check a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl
from psycopg2 import sql

from rbpk.errors import LinkUnknown
from rbpk.linkage.cascade import load_scores
from rbpk.linkage.comparing import FIELDS, MISSING
from rbpk.linkage.engine import open_engine
from rbpk.linkage.model import trained_model
from rbpk.linkage.reaching import weight
from rbpk.linkage.registry import PROFILE_SCHEMA
from rbpk.linkage.rules import ALONE, DECIDED, REMEMBERED, RULES, SAME_ATTRIBUTES, SCORED
from rbpk.linkage.scoring import GAMMA, levels_of, score
from rbpk.linkage.tables import read_frame
from rbpk.linkage.units import load_units
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from rbpk.warehouse import Warehouse

_MEANINGS = {
    **{rule.name: rule.meaning for rule in (*RULES, SCORED, DECIDED, REMEMBERED)},
    ALONE: "no other row is about this person",
    SAME_ATTRIBUTES: "the row says what another row of the person, or of an earlier month, says in every attribute",
}
_SCHEMA = {name: kind for name, kind in PROFILE_SCHEMA.items() if name not in {"is_anchor", "since"}}


class FieldSaid(NamedTuple):
    """How one field of the two rows compares, and its weight in bits: more than 0 speaks for one person."""

    field: str
    level: str
    weight: float


class Explanation(NamedTuple):
    """A link, and the row of the same person that speaks for it most (none: the row stands alone)."""

    record_id: str
    period: str
    person_id: str
    household_id: str
    rule: str
    score: float
    meaning: str
    other: str | None
    other_feed: str | None
    other_rule: str | None
    probability: float | None
    fields: tuple[FieldSaid, ...]


def explain(warehouse: Warehouse, regency: str, record_id: str) -> Explanation:
    """Return why a row was linked as it was in the latest month that has it.

    Raises:
        LinkUnknown: no month of the regency has linked such a row.
    """
    asked = {"regency": regency, "record": record_id}
    with warehouse.connect() as connection:
        with connection.cursor() as cursor:
            cursor.execute(statement("rbpk.linkage", "explained_link"), asked)
            found = cursor.fetchone()
            if found is None:
                message = f"no month of {regency} has linked a row {record_id!r}; row ids stand in linkage.person_links"
                raise LinkUnknown(message)
            bound = cursor.mogrify(statement("rbpk.linkage", "explained_profiles"), asked).decode()
        known = read_frame(connection, sql.SQL(bound), _SCHEMA)
    period, person, household, rule, said = found
    link = (record_id, str(period), str(person), str(household), str(rule), float(said), _MEANINGS.get(rule, rule))
    return Explanation(*link, *_best(known, record_id, str(person)))


def _best(
    known: pl.DataFrame, record_id: str, person: str
) -> tuple[str | None, str | None, str | None, float | None, tuple[FieldSaid, ...]]:
    """Compare the row with the others of its person as a run would, before they were joined."""
    units = known.sort("record_id").with_row_index("unit").with_columns(nik_feeds=pl.col("feed").n_unique().over("nik"))
    mine = units.filter((pl.col("person_id") == person) & (pl.col("record_id") == record_id))
    if mine.is_empty():  # its attributes are another row's, which has the profile
        mine = units.filter(person_id=person).head(1)
    others = units.filter((pl.col("person_id") == person) & ~pl.col("unit").is_in(mine["unit"].implode()))
    if mine.is_empty() or others.is_empty():
        return None, None, None, None, ()
    me = int(mine["unit"][0])
    pairs = others.select(
        left_unit=pl.min_horizontal(pl.lit(me, pl.UInt32), "unit"), right_unit=pl.max_horizontal(pl.lit(me), "unit")
    )
    others_person = pl.col("person_id").rank("dense").cast(pl.Int64)
    clusters = units.select("unit", cluster=pl.when(pl.col("unit") == me).then(-1).otherwise(others_person))
    with open_engine("200MB") as engine:
        load_units(engine, units)
        engine.load("candidates", pairs.with_columns(is_related=pl.lit(value=False)))
        engine.load("blocked", pairs)
        load_scores(engine)
        engine.build("comparisons", "comparisons")
        ruled = engine.ask("rules")
        scored = score(engine, clusters, trained_model().settings)
    keys = ["left_unit", "right_unit"]
    best = scored.join(ruled.cast(dict.fromkeys(keys, pl.UInt32)), on=keys, how="left").sort(
        ["score", "probability"], descending=True, nulls_last=True
    )
    chosen = best.row(0, named=True)
    other = units.row(chosen["right_unit"] if chosen["left_unit"] == me else chosen["left_unit"], named=True)
    return other["record_id"], other["feed"], chosen["rule"], chosen["probability"], _fields(chosen)


def _fields(chosen: dict[str, object]) -> tuple[FieldSaid, ...]:
    said = []
    for field, made in zip(FIELDS, trained_model().settings["comparisons"], strict=True):
        weights = {level["label_for_charts"]: weight(level) for level in made["comparison_levels"]}
        gamma = int(str(chosen[f"{GAMMA}{field.name}"]))
        level = MISSING if gamma < 0 else levels_of(field.name)[gamma]
        said.append(FieldSaid(field.name, level, round(weights.get(level, 0.0), 2)))
    return tuple(said)
