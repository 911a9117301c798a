"""This month's rows about people, as the staging models hand them over."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl
from psycopg2 import sql

from rbpk.errors import LinkageInconsistent, NothingDelivered
from rbpk.linkage.model import trained_model
from rbpk.linkage.rules import RULES_VERSION
from rbpk.linkage.tables import read_frame
from rbpk.linkage.verdicts import NOTHING_DECIDED
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

RECORDS_TABLE = "int_person_records_unioned"

RECORD_SCHEMA: dict[str, pl.DataType] = {
    "record_id": pl.String(),
    "feed": pl.String(),
    "entity": pl.String(),
    "delivery_id": pl.String(),
    "source_file": pl.String(),
    "sheet": pl.String(),
    "source_row": pl.Int64(),
    "nik": pl.String(),
    "family_card": pl.String(),
    "name": pl.String(),
    "birth_date": pl.Date(),
    "sex": pl.String(),
    "village_code": pl.String(),
    "source_family_id": pl.String(),
    "source_person_id": pl.String(),
    "is_family_head": pl.Boolean(),
    "mother_name": pl.String(),
}
# Senders that number persons; a model without the column links without it.
_OPTIONAL = "source_person_id"
_SLICE = 50_000
_PLACE = ("feed", "entity", "source_file", "sheet")


def read_records(connection: Connection, work_schema: str) -> pl.DataFrame:
    """Return the records in the order that decides anchors, whatever order the warehouse gives them in.

    Raises:
        NothingDelivered: no feed of the month holds a row about a person.
        LinkageInconsistent: a record stands there twice.
    """
    columns = [sql.Identifier(name) for name in RECORD_SCHEMA if name != _OPTIONAL]
    number: sql.Composable = sql.Identifier(_OPTIONAL)
    if not _has_person_numbers(connection, work_schema):
        number = sql.SQL("null::text as {}").format(number)
    query = sql.SQL("select {}, {} from {}").format(
        sql.SQL(", ").join(columns), number, sql.Identifier(work_schema, RECORDS_TABLE)
    )
    return in_order(read_frame(connection, query, RECORD_SCHEMA))


def in_order(records: pl.DataFrame) -> pl.DataFrame:
    """Sort records by content and place, and refuse what cannot be linked."""
    if records.is_empty():
        message = f"{RECORDS_TABLE} holds no record about a person; land a delivery, then run the month again"
        raise NothingDelivered(message)
    if records["record_id"].n_unique() != len(records):
        message = f"{RECORDS_TABLE} holds a record twice; a delivery was read twice or a join multiplied its rows"
        raise LinkageInconsistent(message, reason="record_twice", records=len(records))
    placed = records.with_columns(pl.col("sheet").fill_null(""), pl.col("is_family_head").fill_null(value=False))
    # Files are few and their names long: names are put in order once, rows by their numbers.
    named = [pl.col(name).cast(pl.Enum(placed[name].drop_nulls().unique().sort())) for name in _PLACE]
    return placed.sort(*named, "source_row", "record_id")


def inputs_hash(records: pl.DataFrame, decisions: pl.DataFrame = NOTHING_DECIDED) -> str:
    """Return a digest of everything the links depend on: records in order, rules, model, what people decided."""
    digest = hashlib.sha256(f"rules {RULES_VERSION} model {trained_model().version}\n".encode())
    digest.update(decisions.write_csv().encode())
    for part in records.iter_slices(_SLICE):
        digest.update(part.write_csv().encode())
    return digest.hexdigest()


def read_contents(connection: Connection, records: pl.DataFrame) -> dict[str, str]:
    """Return delivery_id → sha256 of the file, for every delivery of the records."""
    with connection.cursor() as cursor:
        deliveries = records["delivery_id"].unique().sort().to_list()
        cursor.execute(statement("rbpk.linkage", "read_contents"), {"deliveries": deliveries})
        return {str(delivery): str(sha256) for delivery, sha256 in cursor.fetchall()}


def _has_person_numbers(connection: Connection, work_schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "has_column"), (work_schema, RECORDS_TABLE, _OPTIONAL))
        return cursor.fetchone() is not None
