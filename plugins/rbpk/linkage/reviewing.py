"""Questions to people and their answers, in the warehouse: linkage.review_pairs and linkage.decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from psycopg2 import sql

from rbpk.linkage.tables import TableName, append_frame, read_frame
from rbpk.linkage.verdicts import DECISION_SCHEMA
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.linkage.registry import Snapshot

DECISIONS_VIEW = "stg_decisions__link_pairs"


def take_decisions(connection: Connection, regency: str, work_schema: str) -> pl.DataFrame:
    """Append this release's decisions to the log; return the last word on every pair of the regency."""
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "has_column"), (work_schema, DECISIONS_VIEW, "verdict_label"))
        if cursor.fetchone() is not None:
            sent = sql.Identifier(work_schema, DECISIONS_VIEW)
            query = sql.SQL(statement("rbpk.linkage", "take_decisions")).format(sent=sent)
            cursor.execute(query, {"regency": regency})
        bound = cursor.mogrify(statement("rbpk.linkage", "known_decisions"), {"regency": regency}).decode()
    return read_frame(connection, sql.SQL(bound), DECISION_SCHEMA)


def ask(connection: Connection, snapshot: Snapshot, asked: pl.DataFrame) -> int:
    """Write the questions of a run, withdraw those it would not ask, close those answered; return how many are open."""
    place = {"regency": snapshot.regency, "period": snapshot.period}
    rows = asked.with_columns(regency_code=pl.lit(snapshot.regency), period=pl.lit(snapshot.period))
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "close_pairs"), place)
        cursor.execute(statement("rbpk.linkage", "prepare_pairs"))
    append_frame(connection, TableName("pg_temp", "new_review_pairs"), rows)
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "withdraw_pairs"), place)
        cursor.execute(statement("rbpk.linkage", "add_pairs"))
    return count_open(connection, snapshot)


def count_open(connection: Connection, snapshot: Snapshot) -> int:
    """Return how many questions of the regency wait for people."""
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "count_open"), {"regency": snapshot.regency})
        (open_ones,) = cursor.fetchone() or (0,)
    return int(open_ones)
