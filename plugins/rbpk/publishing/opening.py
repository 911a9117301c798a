"""Opening a candidate: which deliveries a month reads is decided once, and late files never change it."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import sql
from psycopg2.extras import Json

from rbpk.errors import NothingDelivered
from rbpk.feeds.registry import contracts
from rbpk.warehouse import lock_for_transaction, statement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

ROOM = "rbpk.publishing"
# Without these three a month says nothing about who is left out; other feeds may come and go.
REQUIRED_FEEDS = ("p3ke", "dtks", "pkh")


@dataclass(frozen=True)
class OpenedRelease:
    """A candidate to build, or (`opened` false) the release that is right already."""

    release_id: str
    regency: str
    period: str
    revision: int
    work_schema: str
    release_schema: str
    inputs_hash: str
    deliveries: int
    opened: bool


@dataclass(frozen=True)
class _Input:
    delivery_id: str
    feed: str
    entity: str
    period: str
    sha256: str
    # Whose rows do not count: a later month brought them anew.
    overtaken_senders: Sequence[str]


@dataclass(frozen=True)
class _Wanted:
    regency: str
    period: str
    code_version: str
    inputs_hash: str
    opened_by: str | None


def open_release(  # noqa: PLR0913 - each is a fact of its own
    warehouse: Warehouse,
    regency: str,
    period: str,
    code_version: str,
    *,
    force: bool = False,
    carry_forward: Mapping[tuple[str, str], int] | None = None,
    required: Collection[str] = REQUIRED_FEEDS,
    opened_by: str | None = None,
) -> OpenedRelease:
    """Freeze the deliveries of a month and make empty schemas for its next revision.

    Args:
        warehouse: a login that acts as rbpk_owner.
        regency: Kemendagri code, e.g. 64.02.
        period: the month, e.g. 2026-10.
        code_version: what the rules were; a new version rebuilds the month.
        force: build even if nothing changed since the published release.
        carry_forward: (feed, entity) → months an old list may stand in; by default as contracts say.
        required: feeds without which there is no release.
        opened_by: the run that asks; asking once more, it gets the candidate it has.

    Raises:
        NothingDelivered: a required feed has no landed delivery young enough.
    """
    months = _carry_forward() if carry_forward is None else carry_forward
    with warehouse.connect() as connection, connection.cursor() as cursor:
        lock_for_transaction(connection, "release", regency, period)
        cursor.execute("set local role rbpk_owner")
        inputs = _inputs(cursor, regency, period, months)
        _require(inputs, required, regency, period)
        said = _decisions(cursor, regency), _erasures(cursor, regency)
        fingerprint = _inputs_hash(inputs, *said, regency, period, code_version)
        wanted = _Wanted(regency, period, code_version, fingerprint, opened_by)
        opened = _led(cursor, wanted, inputs)
        if opened is None and not force:
            opened = _found(cursor, "find_published", wanted, inputs, opened=False)
        if opened is None:
            opened = _open(cursor, wanted, inputs)
    log.info("opened release=%s new=%s deliveries=%d", opened.release_id, opened.opened, opened.deliveries)
    return opened


def close_candidate(warehouse: Warehouse, release_id: str, note: str = "run failed") -> str:
    """Withdraw a candidate whose run failed; return its status. Other releases stay as they are.

    Its schemas stay for whoever looks for the cause, until the month is opened again.
    """
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set local role rbpk_owner")
        cursor.execute(statement(ROOM, "withdraw_candidate"), {"release_id": release_id, "note": note})
        if cursor.rowcount:
            log.info("withdrew release=%s: %s", release_id, note)
        cursor.execute(statement(ROOM, "find_release"), {"release_id": release_id})
        row = cursor.fetchone()
    return str(row[3]) if row else "unknown"


def _carry_forward() -> dict[tuple[str, str], int]:
    return {(one.feed, one.entity): one.carry_forward_months for one in contracts()}


def _inputs(cursor: Cursor, regency: str, period: str, months: Mapping[tuple[str, str], int]) -> tuple[_Input, ...]:
    cursor.execute(
        statement(ROOM, "pick_deliveries"),
        {
            "regency": regency,
            "period": period,
            "feeds": [feed for feed, _ in months],
            "entities": [entity for _, entity in months],
            "months": list(months.values()),
        },
    )
    return tuple(_Input(*row) for row in cursor.fetchall())


def _require(inputs: Sequence[_Input], required: Collection[str], regency: str, period: str) -> None:
    missing = sorted(set(required) - {one.feed for one in inputs})
    if missing:
        message = (
            f"{regency} {period}: no landed delivery of {', '.join(missing)} young enough; "
            "put the files into the inbox, or look in audit.deliveries for refused and held ones"
        )
        raise NothingDelivered(message, regency=regency, period=period, missing=", ".join(missing))


def _decisions(cursor: Cursor, regency: str) -> int:
    """Return the last decision on doubtful pairs: replayed by linkage, so an input like a file."""
    cursor.execute(statement(ROOM, "last_decision"), {"regency": regency})
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _erasures(cursor: Cursor, regency: str) -> int:
    """Return the last erasure: the same files hold one person less from there on."""
    cursor.execute(statement(ROOM, "last_erasure"), {"regency": regency})
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _inputs_hash(  # noqa: PLR0913, PLR0917 - all that a release depends on
    inputs: Sequence[_Input], decisions: int, erasures: int, regency: str, period: str, code_version: str
) -> str:
    lines = sorted(f"{one.feed}/{one.entity}/{one.period}/{one.sha256}" for one in inputs)
    if erasures:
        lines.append(f"erasures {erasures}")
    text = "\n".join((regency, period, code_version, str(decisions), *lines))
    return hashlib.sha256(text.encode()).hexdigest()


def _led(cursor: Cursor, wanted: _Wanted, inputs: Sequence[_Input]) -> OpenedRelease | None:
    found = _found(cursor, "find_led", wanted, inputs, opened=True) if wanted.opened_by else None
    if found:
        log.info("release=%s was opened by an earlier try of this run", found.release_id)
    return found


def _found(
    cursor: Cursor, query: str, wanted: _Wanted, inputs: Sequence[_Input], *, opened: bool
) -> OpenedRelease | None:
    cursor.execute(statement(ROOM, query), vars(wanted))
    row = cursor.fetchone()
    if row is None or row[4] != wanted.inputs_hash:
        return None
    release_id, revision, work_schema, release_schema, fingerprint = row
    return OpenedRelease(
        release_id, wanted.regency, wanted.period, revision, work_schema, release_schema, fingerprint, len(inputs),
        opened=opened,
    )  # fmt: skip


def _open(cursor: Cursor, wanted: _Wanted, inputs: Sequence[_Input]) -> OpenedRelease:
    regency, period = wanted.regency, wanted.period
    _drop_leftovers(cursor, regency, period)
    cursor.execute(statement(ROOM, "next_revision"), {"regency": regency, "period": period})
    row = cursor.fetchone()
    revision = int(row[0]) if row else 1
    digits = f"{regency.replace('.', '')}_{period.replace('-', '')}_r{revision}"
    release = OpenedRelease(
        digits.replace("_", "-"), regency, period, revision, f"work_{digits}", f"release_{digits}",
        wanted.inputs_hash, len(inputs), opened=True,
    )  # fmt: skip
    cursor.execute(statement(ROOM, "insert_release"), {**vars(wanted), **vars(release)})
    cursor.execute(
        statement(ROOM, "freeze_deliveries"),
        {
            "release_id": release.release_id,
            "delivery_ids": [one.delivery_id for one in inputs],
            "overtaken_senders": [Json(one.overtaken_senders) for one in inputs],
        },
    )
    for schema in (release.work_schema, release.release_schema):
        cursor.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
    # What landed a minute ago is unknown to the planner, which guesses a fiftieth of it and plans for that. In one
    # order: two regencies opened at once wait for each other instead of deadlocking.
    for table in sorted({f"{one.feed}__{one.entity}" for one in inputs}):
        cursor.execute(sql.SQL("analyze {} (delivery_id)").format(sql.Identifier("landing", table)))
    return release


def _drop_leftovers(cursor: Cursor, regency: str, period: str) -> None:
    """Clear away what withdrawn candidates of this month left; nobody ever read them."""
    cursor.execute(statement(ROOM, "find_leftovers"), {"regency": regency, "period": period})
    for (schema,) in cursor.fetchall():
        cursor.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema)))
        log.info("dropped schema=%s, which a withdrawn candidate left", schema)
