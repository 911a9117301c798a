"""Taking a release back: only the pointer moves, so readers feel nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from rbpk.errors import ReleaseUnknown
from rbpk.publishing.marts import tables_of
from rbpk.publishing.patience import patiently
from rbpk.publishing.publication import Publication, Release, begin, describe, find_release, move_pointer
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - likewise

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

ROOM = "rbpk.publishing"


def rollback(publisher: Warehouse, regency: str, release_id: str | None, changed_by: str) -> Publication:
    """Show readers the former release, or a named kept one; naming the shown one changes nothing.

    Raises:
        ReleaseUnknown: there is nothing to go back to, or the named release is not kept.
    """
    found = patiently(lambda: _rollback(publisher, regency, release_id, changed_by))
    log.info("rolled back regency=%s to release=%s", regency, found.release_id)
    return found


def _rollback(publisher: Warehouse, regency: str, release_id: str | None, changed_by: str) -> Publication:
    with publisher.connect() as connection, connection.cursor() as cursor:
        current = _current(connection, cursor, regency)
        target = find_release(cursor, release_id or _former(cursor, current))
        if target.release_id != current.release_id:
            _require_kept(cursor, target, regency)
            move_pointer(cursor, target, changed_by, "rollback")
            cursor.execute(
                statement(ROOM, "mark_rolled_back"), {"current": current.release_id, "target": target.release_id}
            )
        return describe(cursor, target.release_id)


def _current(connection: Connection, cursor: Cursor, regency: str) -> Release:
    query = statement(ROOM, "find_current")
    cursor.execute(query, {"regency": regency})
    row = cursor.fetchone()
    if row is None:
        message = f"{regency} shows no release; there is nothing to roll back"
        raise ReleaseUnknown(message, regency=regency)
    begin(connection, regency, row[0])
    # The pointer may have moved while we waited for our turn.
    cursor.execute(query, {"regency": regency})
    row = cursor.fetchone() or row
    return find_release(cursor, row[0])


def _former(cursor: Cursor, current: Release) -> str:
    cursor.execute(statement(ROOM, "find_former"), {"regency": current.regency, "current": current.release_id})
    row = cursor.fetchone()
    if row is None:
        message = f"{current.regency} has no kept release before {current.release_id}"
        raise ReleaseUnknown(message, regency=current.regency, release_id=current.release_id)
    return str(row[0])


def _require_kept(cursor: Cursor, target: Release, regency: str) -> None:
    if target.regency != regency or target.published_at is None:
        message = f"{target.release_id} was never published for {regency}"
        raise ReleaseUnknown(message, release_id=target.release_id, regency=regency)
    if not tables_of(cursor, target.schema):
        message = f"{target.release_id} is not kept any more; run its month again"
        raise ReleaseUnknown(message, release_id=target.release_id)
