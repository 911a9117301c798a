"""Publishing: the candidate's tables are attached, then one transaction moves the regency's pointer row.

Attaching and moving in a single transaction would show some readers nothing: attaching takes no
lock that readers feel, so a statement planned just before the commit does not know the new
partition while its snapshot, taken just after, already sees the new pointer. (Measured with ten
readers in a loop: about one empty answer a publication.) An attached release that nobody points to
is invisible, so the two steps may come apart: whatever fails between them, readers keep what they
have and publishing again goes on from there.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.errors import GateBlocked, ReleaseUnknown
from rbpk.publishing.attaching import attach
from rbpk.publishing.decisions import last_decision
from rbpk.publishing.marts import tables_of
from rbpk.publishing.patience import patiently
from rbpk.warehouse import lock_for_transaction, statement

if TYPE_CHECKING:
    from datetime import datetime

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - likewise

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

ROOM = "rbpk.publishing"
# Longer than a statement needs from its plan to its snapshot.
SETTLE_SECONDS = 0.25
# Readers who come while we queue for a lock queue behind us.
LOCK_WAIT = "2s"


@dataclass(frozen=True)
class Release:
    """A row of audit.releases, as far as publishing needs it."""

    release_id: str
    regency: str
    period: str
    status: str
    verdict: str | None
    schema: str
    content_hash: str | None
    published_at: datetime | None


@dataclass(frozen=True)
class Publication:
    """What readers see now, and what they saw before."""

    release_id: str
    regency: str
    period: str
    content_hash: str
    published_at: datetime
    marts: int
    rows: int
    is_current: bool
    former_release_id: str | None


def publish(
    publisher: Warehouse, release_id: str, approved_by: str, *, make_current: bool = True, signed: bool = False
) -> Publication:
    """Show readers a release whose gate was passed, or overridden; asked again, answer the same.

    Args:
        publisher: a login that acts as rbpk_publisher.
        release_id: the candidate.
        approved_by: who or what let it through.
        make_current: false for a past month that is kept but not shown.
        signed: policy wants a person's signature, which is then who let it through.

    Raises:
        ReleaseUnknown: no such release, or it was withdrawn or never checked.
        GateBlocked: its gate said no.
        ContractDrifted: it would take a mart or a column away from readers.
        WarehouseBusy: a reader or another publication was in the way; trying again helps.
    """
    digest = patiently(lambda: _attach(publisher, release_id, signed=signed))
    if digest is not None:
        time.sleep(SETTLE_SECONDS)
    found = patiently(
        lambda: _show(publisher, release_id, approved_by, digest, make_current=make_current, signed=signed)
    )
    log.info(
        "published release=%s current=%s marts=%d rows=%d",
        found.release_id, found.is_current, found.marts, found.rows,
    )  # fmt: skip
    return found


def _attach(publisher: Warehouse, release_id: str, *, signed: bool) -> str | None:
    """Attach the candidate's tables, where nobody sees them yet; return the hash of their content."""
    with publisher.connect() as connection, connection.cursor() as cursor:
        release = begin(connection, find_release(cursor, release_id).regency, release_id)
        if release.published_at is not None:
            log.info("release=%s was published by an earlier attempt", release_id)
            return None
        _let_through(cursor, release, signed=signed)
        return attach(connection, cursor, release)


def _show(  # noqa: PLR0913 - each is a fact of its own
    publisher: Warehouse,
    release_id: str,
    approved_by: str,
    digest: str | None,
    *,
    make_current: bool,
    signed: bool,
) -> Publication:
    with publisher.connect() as connection, connection.cursor() as cursor:
        release = begin(connection, find_release(cursor, release_id).regency, release_id)
        if release.published_at is None:
            approved_by = _let_through(cursor, release, signed=signed) or approved_by
            facts = {"release_id": release_id, "regency": release.regency, "period": release.period,
                     "changed_by": approved_by, "content_hash": digest}  # fmt: skip
            cursor.execute(statement(ROOM, "mark_published"), facts)
            cursor.execute(statement(ROOM, "overtake"), {**facts, "make_current": make_current})
            if make_current:
                move_pointer(cursor, release, approved_by, "publish")
        return describe(cursor, release_id)


def begin(connection: Connection, regency: str, release_id: str) -> Release:
    """Start changing what readers of a regency see: one at a time, and never long behind a reader."""
    lock_for_transaction(connection, "publish", regency, wait_seconds=10)
    with connection.cursor() as cursor:
        cursor.execute("set local role rbpk_publisher")
        cursor.execute("select set_config('lock_timeout', %s, true)", (LOCK_WAIT,))
        return find_release(cursor, release_id)


def find_release(cursor: Cursor, release_id: str) -> Release:
    """Read one release.

    Raises:
        ReleaseUnknown: there is none of that name.
    """
    cursor.execute(statement(ROOM, "find_release"), {"release_id": release_id})
    row = cursor.fetchone()
    if row is None:
        message = f"there is no release {release_id}"
        raise ReleaseUnknown(message, release_id=release_id)
    return Release(*row)


def describe(cursor: Cursor, release_id: str) -> Publication:
    """Say what a published release is, from the warehouse, so that every caller hears the same."""
    cursor.execute(statement(ROOM, "describe_release"), {"release_id": release_id})
    row = cursor.fetchone()
    if row is None:
        message = f"{release_id} was never published"
        raise ReleaseUnknown(message, release_id=release_id)
    schema, name, regency, period, digest, published_at, is_current, former = row
    marts = tables_of(cursor, schema)
    rows = 0
    for mart in marts:
        cursor.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(schema, mart.name)))
        rows += int((cursor.fetchone() or (0,))[0])
    return Publication(name, regency, period, digest, published_at, len(marts), rows, is_current, former)


def move_pointer(cursor: Cursor, release: Release, changed_by: str, reason: str) -> None:
    """Move the regency's pointer row and leave a trace of who moved it from where."""
    cursor.execute(
        statement(ROOM, "move_pointer"),
        {"regency": release.regency, "release_id": release.release_id, "changed_by": changed_by, "reason": reason},
    )


def _let_through(cursor: Cursor, release: Release, *, signed: bool) -> str | None:
    """Return who let the release through, where a person did.

    Raises:
        GateBlocked: its gate said no and nobody has taken that upon themselves.
        ReleaseUnknown: it is no checked candidate, or waits for a signature.
    """
    decision, person = last_decision(cursor, release.release_id) or (None, None)
    if release.status == "blocked" or release.verdict == "blocked":
        if decision == "overridden":
            return person
        message = f"{release.release_id} is blocked by its gate; readers keep the release they have"
        raise GateBlocked(message, release_id=release.release_id)
    if release.status != "candidate" or release.verdict != "passed":
        message = (
            f"{release.release_id} is {release.status} with verdict {release.verdict}; "
            "only a candidate that passed its gate can be published"
        )
        raise ReleaseUnknown(message, release_id=release.release_id, status=release.status)
    if signed and decision != "approved":
        message = f"{release.release_id} is not signed; approve it under Required Actions of its run"
        raise ReleaseUnknown(message, release_id=release.release_id, status="unsigned")
    return person if decision == "approved" else None
