"""What people decide about a candidate: signed, refused, let through against the gate; kept with what they saw."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from psycopg2 import sql

from rbpk.errors import ReleaseUnknown
from rbpk.publishing.marts import tables_of
from rbpk.warehouse import lock_for_transaction, statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

ROOM = "rbpk.publishing"
# What each decision is about: nobody signs what the gate refused, nobody overrides what it passed.
_STATES = {"approved": "candidate", "rejected": "candidate", "timed_out": "candidate", "overridden": "blocked"}


@dataclass(frozen=True)
class Decision:
    """One person's word on one candidate; silence (`timed_out`) is nobody's."""

    release_id: str
    decision: Literal["approved", "rejected", "timed_out", "overridden"]
    decided_by: str | None
    reason: str | None = None
    ba_number: str | None = None


def decide(publisher: Warehouse, decision: Decision) -> None:
    """Keep a decision, with the counts it was made on; a refused or unanswered candidate is withdrawn.

    Raises:
        ReleaseUnknown: the release is not in the state this decision is about.
        WarehouseRefused: an override without a name, a reason of ten letters or a number of minutes.
    """
    with publisher.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement(ROOM, "find_release"), {"release_id": decision.release_id})
        row = cursor.fetchone()
        if row is None or row[3] != _STATES[decision.decision]:
            state = row[3] if row else "unknown"
            message = f"{decision.release_id} is {state}; it cannot be {decision.decision}"
            raise ReleaseUnknown(message, release_id=decision.release_id, status=state)
        lock_for_transaction(connection, "publish", row[1])
        cursor.execute("set local role rbpk_publisher")
        summary = json.dumps(_summary(cursor, decision.release_id, row[5]))
        cursor.execute(statement(ROOM, "add_decision"), {**vars(decision), "summary": summary})
        if decision.decision in {"rejected", "timed_out"}:
            facts = {"release_id": decision.release_id, "note": f"sign-off: {decision.decision}"}
            cursor.execute(statement(ROOM, "withdraw_candidate"), facts)
    log.info("release=%s decision=%s", decision.release_id, decision.decision)


def last_decision(cursor: Cursor, release_id: str) -> tuple[str, str] | None:
    """Return the last decision on a release and who made it."""
    cursor.execute(statement(ROOM, "last_approval"), {"release_id": release_id})
    row = cursor.fetchone()
    return (str(row[0]), str(row[1])) if row else None


def summarise(publisher: Warehouse, release_id: str) -> dict[str, Any]:
    """Return the counts by which a candidate differs from what readers see, and the gate's.

    Raises:
        ReleaseUnknown: there is none of that name.
    """
    with publisher.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set local role rbpk_publisher")
        cursor.execute(statement(ROOM, "find_release"), {"release_id": release_id})
        row = cursor.fetchone()
        if row is None:
            message = f"there is no release {release_id}"
            raise ReleaseUnknown(message, release_id=release_id)
        return _summary(cursor, release_id, row[5])


def _summary(cursor: Cursor, release_id: str, schema: str) -> dict[str, Any]:
    present = {mart.name: {column.name for column in mart.columns} for mart in tables_of(cursor, schema)}
    found: dict[str, Any] = {}
    if "is_exclusion_error" in present.get("mart_households", ()):
        found |= _counts(cursor, "summary_households", households=sql.Identifier(schema, "mart_households"))
    if "mart_release_changes" in present:
        changes = sql.Identifier(schema, "mart_release_changes")
        cursor.execute(sql.SQL(statement(ROOM, "summary_changes")).format(changes=changes))
        found["changes"] = (cursor.fetchone() or ({},))[0]
        cursor.execute(sql.SQL(statement(ROOM, "summary_villages")).format(changes=changes))
        found["villages_changed_most"] = {str(code): int(count) for code, count in cursor.fetchall()}
    cursor.execute(statement(ROOM, "summary_gate"), {"release_id": release_id})
    blocking, warnings = cursor.fetchone() or (0, 0)
    return {**found, "gate_blocking": blocking, "gate_warnings": warnings}


def _counts(cursor: Cursor, name: str, **parts: sql.Composable) -> dict[str, int]:
    cursor.execute(sql.SQL(statement(ROOM, name)).format(**parts))
    row = cursor.fetchone() or ()
    return {column.name: int(value) for column, value in zip(cursor.description or (), row, strict=True)}
