"""Attaching a candidate's tables to what readers see, under locks that readers do not feel."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.publishing.hashing import content_hash
from rbpk.publishing.marts import KEY, REGENCY, Mart, check_shape, tables_of
from rbpk.publishing.restricting import guard_rows
from rbpk.publishing.shelves import shelf_of
from rbpk.publishing.views import carry_comments, ensure_parent, ensure_part, ensure_view, parents_of, regencies_of
from rbpk.warehouse import lock_for_transaction, statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - likewise

    from rbpk.publishing.publication import Release

log = logging.getLogger(__name__)

ROOM = "rbpk.publishing"


def attach(connection: Connection, cursor: Cursor, release: Release) -> str:
    """Make every mart of the release a partition of its regency's part of the parent; return the hash of their content.

    What an earlier, interrupted call attached is left as it is.

    Raises:
        ReleaseUnknown: the release has no marts.
        ContractDrifted: it would take a mart or a column away from readers.
    """
    candidate = tables_of(cursor, release.schema)
    check_shape(release.release_id, candidate, parents_of(cursor))
    cursor.execute(statement(ROOM, "find_partitions"), {"schema": release.schema})
    attached = {row[0] for row in cursor.fetchall()}
    if attached:
        log.info("release=%s: %d tables were attached by an earlier attempt", release.release_id, len(attached))
    fresh = [mart for mart in candidate if mart.name not in attached]
    for mart in fresh:
        _take_over(cursor, release, mart)
    # The candidate is ours alone from here on: what is hashed is what is shown.
    digest, _ = content_hash(connection, release.schema, candidate)
    # Regencies publish side by side, but one at a time makes parents, or gives them columns, for all.
    lock_for_transaction(connection, "publish", "parents", wait_seconds=10)
    parents = {mart.name: mart for mart in parents_of(cursor)}
    regencies = regencies_of(cursor)
    for mart in fresh:
        parent = ensure_parent(cursor, mart, parents.get(mart.name))
        cursor.execute(
            sql.SQL("alter table {} attach partition {} for values in ({})").format(
                ensure_part(cursor, parent, release.regency),
                sql.Identifier(release.schema, mart.name),
                sql.Literal(release.release_id),
            )
        )
        ensure_view(cursor, parent, regencies)
    carry_comments(cursor, fresh)
    return digest


def _take_over(cursor: Cursor, release: Release, mart: Mart) -> None:
    """Take the table from those who build, and prove what it is, so that attaching need not scan it."""
    table = sql.Identifier(release.schema, mart.name)
    cursor.execute(sql.SQL("alter table {} owner to rbpk_publisher").format(table))
    if shelf_of(mart.name).is_restricted:
        guard_rows(cursor, table)
    else:
        cursor.execute(sql.SQL("grant select on {} to rbpk_owner, auditor").format(table))
    constraints = sql.SQL(", ").join(
        sql.SQL("add constraint {} check ({key} is not null and {key} = {})").format(
            sql.Identifier(name), sql.Literal(value), key=sql.Identifier(key)
        )
        for name, key, value in (
            ("of_this_release", KEY, release.release_id),
            ("of_this_regency", REGENCY, release.regency),
        )
    )
    cursor.execute(sql.SQL("alter table {} {}").format(table, constraints))
