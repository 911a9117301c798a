"""Kept releases without one person: their ids become ids nobody can make again, their names leave the lists.

What was counted stays counted: a published total, a budget decided on it, does not change. The content hash of
the release does; both hashes stand in `audit.release_rewrites`, so that `verify_release` compares with what the
release says now and anybody can see why it is not what was published.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from psycopg2 import sql

from rbpk.errors import WarehouseBusy
from rbpk.publishing.hashing import content_hash
from rbpk.publishing.marts import SURROGATE, Mart, tables_of
from rbpk.publishing.shelves import LIST_PREFIX
from rbpk.warehouse import lock_for_transaction, statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - likewise

ROOM = "rbpk.publishing"
_NIKS = ("head_nik", "recipient_nik")
_NAMES = ("head_name", "recipient_name")


@dataclass(frozen=True, slots=True)
class Erased:
    """Whom to take out of what readers see; `homes` are the households they were counted in."""

    person_id: str
    homes: tuple[str, ...] = ()
    is_alone: bool = False
    niks: tuple[str, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)


def hold_releases(connection: Connection, regency: str) -> None:
    """Let nobody build, sign or publish a month of the regency until the transaction ends.

    Raises:
        WarehouseBusy: a month is being built or waits for its signature.
    """
    lock_for_transaction(connection, "publish", regency)
    with connection.cursor() as cursor:
        cursor.execute("lock table audit.releases in share row exclusive mode")
        cursor.execute(statement(ROOM, "release_schemas"), {"regency": regency})
        building = [row[0] for row in cursor.fetchall() if row[2] == "candidate"]
    if building:
        message = f"{building[-1]} is being built or waits for a signature; erase when it is published or refused"
        raise WarehouseBusy(message, release_id=building[-1])


def number_erasure(connection: Connection) -> int:
    """Take the number of a new erasure."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('audit.erasures', 'erasure_id'))")
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def record_erasure(  # noqa: PLR0913, PLR0917 - each is a column of the row
    connection: Connection,
    erasure_id: int,
    regency: str,
    word: tuple[str, str, str],
    counts: dict[str, int],
    rewrites: list[dict[str, Any]],
) -> None:
    """Append what was done, on whose `word` (name, reason, number of the minutes), and each release it changed."""
    decided_by, reason, ba_number = word
    facts = {"erasure_id": erasure_id, "regency": regency, "decided_by": decided_by, "reason": reason,
             "ba_number": ba_number, "counts": json.dumps(counts)}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement(ROOM, "add_erasure"), facts)
        for rewrite in rewrites:
            cursor.execute(statement(ROOM, "add_rewrite"), {**rewrite, "erasure_id": erasure_id, "regency": regency})


def rewrite_releases(connection: Connection, regency: str, erased: Erased) -> list[dict[str, Any]]:
    """Take a person out of every kept release; return the releases that changed, with both hashes and counts.

    Work schemas of the regency are dropped: they hold every name for nothing but questions about a number.
    """
    rewrites = []
    with connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '10s'")
        cursor.execute(statement(ROOM, "work_schemas"), {"regency": regency})
        for (schema,) in cursor.fetchall():
            cursor.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))
        cursor.execute(statement(ROOM, "release_schemas"), {"regency": regency})
        for release_id, schema, _, former in cursor.fetchall():
            tables = tables_of(cursor, schema)
            changed, removed = _rewrite(cursor, schema, tables, erased)
            if not changed + removed:
                continue
            digest = None
            if former is not None:
                digest, _ = content_hash(connection, schema, tables)
                cursor.execute(statement(ROOM, "keep_new_hash"), {"release_id": release_id, "content_hash": digest})
            rewrites.append({"release_id": release_id, "former_hash": former, "content_hash": digest,
                             "rows_changed": changed, "rows_removed": removed})  # fmt: skip
    return rewrites


def _rewrite(cursor: Cursor, schema: str, tables: tuple[Mart, ...], erased: Erased) -> tuple[int, int]:
    changed = removed = 0
    stand_ins = {
        one: f"erased-{uuid.uuid4()}" for one in (erased.person_id, *(erased.homes if erased.is_alone else ()))
    }
    for table in tables:
        name = sql.Identifier(schema, table.name)
        columns = {column.name for column in table.columns}
        if table.name.startswith(LIST_PREFIX):
            gone, blanked = _leave_list(cursor, name, columns, erased)
            removed, changed = removed + gone, changed + blanked
        # A key made of ids would tell them again.
        others = sql.SQL(f", {SURROGATE} = 'erased-' || gen_random_uuid()::text" if SURROGATE in columns else "")
        for column in sorted(columns):
            if not column.endswith(("person_id", "household_id")):
                continue
            for old, new in stand_ins.items():
                query = sql.SQL(statement(ROOM, "sever_id")).format(
                    table=name, column=sql.Identifier(column), others=others
                )
                cursor.execute(query, {"id": old, "stand_in": new})
                changed += cursor.rowcount
    return changed, removed


def _leave_list(cursor: Cursor, name: sql.Identifier, columns: set[str], erased: Erased) -> tuple[int, int]:
    facts = {"homes": list(erased.homes), "person": erased.person_id, "niks": list(erased.niks),
             "names": list(erased.names)}  # fmt: skip
    if "household_id" not in columns:
        return 0, 0
    if erased.is_alone:
        cursor.execute(sql.SQL(statement(ROOM, "leave_list")).format(table=name), facts)
        return int(cursor.rowcount), 0
    personal = [column for column in (*_NIKS, *_NAMES) if column in columns]
    if not personal:
        return 0, 0
    matches = [
        sql.SQL("listed.{} = any(%(niks)s)").format(sql.Identifier(column)) for column in _NIKS if column in columns
    ] + [
        sql.SQL("quarantine.letters(listed.{}) = any(%(names)s)").format(sql.Identifier(column))
        for column in _NAMES
        if column in columns
    ]
    query = sql.SQL(statement(ROOM, "blank_in_list")).format(
        table=name,
        blanks=sql.SQL(", ").join(sql.SQL("{} = null").format(sql.Identifier(column)) for column in personal),
        matches=sql.SQL(" or ").join(matches),
    )
    cursor.execute(query, facts)
    return 0, int(cursor.rowcount)
