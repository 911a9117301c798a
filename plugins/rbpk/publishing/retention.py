"""Clearing away: old releases go only when nobody can still be looking at them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.errors import ConfigurationMissing, WarehouseBusy
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

ROOM = "rbpk.publishing"
# The shown release and the one a rollback goes to.
LEAST = 2
PATIENCE = "10s"


def retain(publisher: Warehouse, keep: int) -> list[str]:
    """Drop all but the newest `keep` releases of each regency; return those dropped.

    A release is left for the next time while any transaction is older than the moment it was
    superseded: such a reader would find the mart empty, without an error.

    Raises:
        ConfigurationMissing: the login may not see other sessions' transactions.
    """
    dropped = []
    with publisher.connect(autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("set role rbpk_publisher")
        cursor.execute("set lock_timeout = '2s'")
        _require_sight(cursor)
        cursor.execute(statement(ROOM, "find_work"))
        for (schema,) in cursor.fetchall():
            _drop_schema(cursor, schema)
        cursor.execute(statement(ROOM, "find_dispensable"), {"keep": max(keep, LEAST)})
        dispensable = cursor.fetchall()
    for release_id, schema in dispensable:
        try:
            if _drop(publisher, release_id, schema):
                dropped.append(release_id)
        except WarehouseBusy:
            # Whoever reads the parent is waited for by every release of it: one wait is enough.
            log.info("kept release=%s and those after it: a session holds a lock", release_id)
            break
    return dropped


def _require_sight(cursor: Cursor) -> None:
    cursor.execute("select pg_has_role('pg_read_all_stats', 'usage')")
    if not (cursor.fetchone() or (False,))[0]:
        message = (
            "retention must see every session's transaction or it could empty a report under its reader; "
            "as administrator: grant pg_read_all_stats to rbpk_publisher"
        )
        raise ConfigurationMissing(message)


def _drop(publisher: Warehouse, release_id: str, schema: str) -> bool:
    # DETACH … CONCURRENTLY refuses to run inside a transaction; what was begun is finished next time.
    with publisher.connect(autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("set role rbpk_publisher")
        # Waiting to detach keeps nobody else waiting.
        cursor.execute(sql.SQL("set lock_timeout = {}").format(sql.Literal(PATIENCE)))
        cursor.execute(statement(ROOM, "find_old_readers"), {"release_id": release_id})
        readers = int((cursor.fetchone() or (1,))[0])
        if readers:
            log.info("kept release=%s: %d transactions are older than its end", release_id, readers)
            return False
        cursor.execute(statement(ROOM, "find_partitions"), {"schema": schema})
        for mart, is_pending, shelf, part in cursor.fetchall():
            if is_pending:
                log.info("release=%s: finishing what a killed clearing began", release_id)
            cursor.execute(
                sql.SQL("alter table {} detach partition {} {}").format(
                    sql.Identifier(shelf, part),
                    sql.Identifier(schema, mart),
                    sql.SQL("finalize" if is_pending else "concurrently"),
                )
            )
        _drop_schema(cursor, schema)
    log.info("dropped release=%s", release_id)
    return True


def _drop_schema(cursor: Cursor, schema: str) -> None:
    cursor.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema)))
