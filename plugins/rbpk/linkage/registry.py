"""What linkage remembers from one month to the next, and how a run reads only what came before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
from psycopg2 import sql

from rbpk.linkage.tables import TableName, append_frame, read_frame
from rbpk.linkage.units import ATTRIBUTES
from rbpk.linkage.verdicts import NOTHING_DECIDED
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

_ATTRIBUTE_SCHEMA: dict[str, pl.DataType] = {
    name: pl.Date() if name == "birth_date" else pl.String() for name in ATTRIBUTES
}
PROFILE_SCHEMA: dict[str, pl.DataType] = {
    "record_id": pl.String(),
    "person_id": pl.String(),
    **_ATTRIBUTE_SCHEMA,
    "rule": pl.String(),
    "score": pl.Float64(),
    "is_anchor": pl.Boolean(),
    "since": pl.Int32(),
}
HOME_SCHEMA: dict[str, pl.DataType] = {
    "person_id": pl.String(),
    "household_id": pl.String(),
    "is_head": pl.Boolean(),
    "since": pl.Int32(),
}
ID_SCHEMA: dict[str, pl.DataType] = {"entity": pl.String(), "id": pl.String()}


class Memory(NamedTuple):
    """`profiles` of registered people, `homes` where they lived, `ids` ever given, `decisions` of people."""

    profiles: pl.DataFrame
    homes: pl.DataFrame
    ids: pl.DataFrame
    decisions: pl.DataFrame = NOTHING_DECIDED


def no_memory() -> Memory:
    """Return the memory of a first month."""
    return Memory(pl.DataFrame(schema=PROFILE_SCHEMA), pl.DataFrame(schema=HOME_SCHEMA), pl.DataFrame(schema=ID_SCHEMA))


class Learned(NamedTuple):
    """What a run adds to the registry.

    `profiles`: record_id, person_id, attributes, rule, score · `homes`: person_id, household_id, is_head ·
    `anchors`: entity, id, anchor (the record an id was made from) · `changes`: entity, kind, old_id, new_id.
    """

    profiles: pl.DataFrame
    homes: pl.DataFrame
    anchors: pl.DataFrame
    changes: pl.DataFrame


@dataclass(frozen=True)
class Snapshot:
    """One month's records as linked once; `number` orders snapshots by when they were first linked."""

    regency: str
    period: str
    inputs_hash: str
    release_id: str
    number: int

    def parameters(self) -> dict[str, str | int]:
        """Return what the statements of this room refer to."""
        return {
            "regency": self.regency,
            "period": self.period,
            "inputs_hash": self.inputs_hash,
            "release_id": self.release_id,
            "snapshot": self.number,
        }


def open_snapshot(connection: Connection, regency: str, period: str, inputs: str, release_id: str) -> Snapshot:
    """Return the snapshot of these records: the one that linked them before, or the next one."""
    with connection.cursor() as cursor:
        asked = {"regency": regency, "period": period, "inputs_hash": inputs}
        cursor.execute(statement("rbpk.linkage", "find_snapshot"), asked)
        this_one, next_one = cursor.fetchone() or (None, 1)
        snapshot = Snapshot(regency, period, inputs, release_id, int(this_one or next_one))
        cursor.execute(statement("rbpk.linkage", "add_snapshot"), snapshot.parameters())
    return snapshot


def recall(connection: Connection, snapshot: Snapshot) -> Memory:
    """Return what was known before `snapshot`."""
    return Memory(
        _read(connection, "known_profiles", snapshot, PROFILE_SCHEMA).sort("record_id"),
        _read(connection, "known_homes", snapshot, HOME_SCHEMA).sort("person_id"),
        _read(connection, "known_ids", snapshot, ID_SCHEMA),
    )


def is_remembered(connection: Connection, snapshot: Snapshot) -> bool:
    """Say whether a snapshot was written before: then it is left as it is."""
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "is_written"), snapshot.parameters())
        return cursor.fetchone() is not None


def remember_people(connection: Connection, snapshot: Snapshot, profiles: pl.DataFrame, anchors: pl.DataFrame) -> None:
    """Append what a run learned of people."""
    rows = profiles.select(
        pl.lit(snapshot.regency).alias("regency_code"), pl.lit(snapshot.number).alias("snapshot"), pl.all()
    )
    append_frame(connection, TableName("linkage", "person_profiles"), rows)
    _append_ids(connection, snapshot, "person", anchors)


def remember_homes(connection: Connection, snapshot: Snapshot, learned: Learned) -> None:
    """Append what else a run learned: who lives where, new households, ids that merged or split."""
    homes = learned.homes.with_columns(regency_code=pl.lit(snapshot.regency), snapshot=pl.lit(snapshot.number))
    append_frame(connection, TableName("linkage", "household_members"), homes)
    _append_ids(connection, snapshot, "household", learned.anchors)
    _append_changes(connection, snapshot, learned.changes)


def _append_ids(connection: Connection, snapshot: Snapshot, entity: str, anchors: pl.DataFrame) -> None:
    rows = anchors.filter(entity=entity).select(
        "anchor", id="id", regency_code=pl.lit(snapshot.regency), first_period=pl.lit(snapshot.period)
    )
    append_frame(connection, TableName("linkage", f"{entity}s"), rows.rename({"id": f"{entity}_id"}))


def _append_changes(connection: Connection, snapshot: Snapshot, changes: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "prepare_changes"))
    rows = changes.with_columns(regency_code=pl.lit(snapshot.regency), period=pl.lit(snapshot.period))
    append_frame(connection, TableName("pg_temp", "new_id_changes"), rows)
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "add_changes"))


def _read(connection: Connection, name: str, snapshot: Snapshot, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    # COPY takes no parameters: the values are bound by the driver's own quoting.
    with connection.cursor() as cursor:
        bound = cursor.mogrify(statement("rbpk.linkage", name), snapshot.parameters()).decode()
    return read_frame(connection, sql.SQL(bound), schema)
