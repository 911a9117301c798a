"""The parents in `marts` and the views in `published`: installed once, touched only when they must change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.publishing.marts import KEY, Column, Mart, tables_of
from rbpk.publishing.patience import patiently
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse

ROOM = "rbpk.publishing"
_TRIAL = "trial of a view"


def refresh_views(publisher: Warehouse) -> list[str]:
    """Give every published view one branch for every regency; return the views that changed.

    To be called after a regency was added; `publish` does the same for what it publishes.
    """
    return patiently(lambda: _refresh(publisher))


def _refresh(publisher: Warehouse) -> list[str]:
    with publisher.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set local role rbpk_publisher")
        cursor.execute("set local lock_timeout = '2s'")
        regencies = regencies_of(cursor)
        return [mart.name for mart in tables_of(cursor, "marts", "p") if ensure_view(cursor, mart, regencies)]


def regencies_of(cursor: Cursor) -> list[str]:
    """Return the codes of the installation's regencies."""
    cursor.execute("select regency_code from audit.regencies order by regency_code")
    return [code for (code,) in cursor.fetchall()]


def ensure_parent(cursor: Cursor, candidate: Mart, parent: Mart | None) -> Mart:
    """Make the partitioned parent like its first candidate, or give it the candidate's new columns.

    Never with a DEFAULT partition: attaching would wait behind its readers.
    """
    target = sql.Identifier("marts", candidate.name)
    if parent is None:
        columns = sql.SQL(", ").join(_spell(column) for column in candidate.columns)
        cursor.execute(
            sql.SQL("create table {} ({}) partition by list ({})").format(target, columns, sql.Identifier(KEY))
        )
        # The next month is compared with what was shown before.
        cursor.execute("grant usage on schema marts to rbpk_owner, auditor")
        cursor.execute(sql.SQL("grant select on {} to rbpk_owner, auditor").format(target))
        return candidate
    known = {column.name for column in parent.columns}
    fresh = tuple(column for column in candidate.columns if column.name not in known)
    for column in fresh:
        cursor.execute(sql.SQL("alter table {} add column {}").format(target, _spell(column)))
    return Mart(candidate.name, parent.columns + fresh)


def ensure_view(cursor: Cursor, parent: Mart, regencies: Sequence[str]) -> bool:
    """Create or replace the published view if its definition changed; say whether it did.

    Replacing waits behind every reader of the view, so it is not done for nothing.
    """
    body = _view_body(parent, regencies)
    view = sql.Identifier("published", parent.name)
    trial = sql.Identifier("marts", _TRIAL)
    # PostgreSQL's own spelling of both tells whether they differ; the trial is never seen by others.
    cursor.execute(sql.SQL("create view {} as {}").format(trial, body))
    cursor.execute(
        statement(ROOM, "compare_views"),
        {"view": view.as_string(cursor), "trial": trial.as_string(cursor)},
    )
    same = bool((cursor.fetchone() or (False,))[0])
    cursor.execute(sql.SQL("drop view {}").format(trial))
    if not same:
        cursor.execute(sql.SQL("create or replace view {} as {}").format(view, body))
        cursor.execute(sql.SQL("grant select on {} to bi_reader, auditor").format(view))
    return not same


def carry_comments(cursor: Cursor, candidate: Mart) -> None:
    """Copy dbt's descriptions to the view readers look at, where they changed."""
    shown = {mart.name: mart for mart in tables_of(cursor, "published", "v")}[candidate.name]
    view = sql.Identifier("published", candidate.name)
    if candidate.comment and candidate.comment != shown.comment:
        cursor.execute(sql.SQL("comment on view {} is {}").format(view, sql.Literal(candidate.comment)))
    before = {column.name: column.comment for column in shown.columns}
    for column in candidate.columns:
        if column.comment and column.comment != before.get(column.name):
            name = sql.Identifier("published", candidate.name, column.name)
            cursor.execute(sql.SQL("comment on column {} is {}").format(name, sql.Literal(column.comment)))


def _spell(column: Column) -> sql.Composable:
    # The type comes from format_type(), which quotes what needs quoting.
    return sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.type))


def _view_body(parent: Mart, regencies: Sequence[str]) -> sql.Composable:
    branch = sql.SQL(statement(ROOM, "view_branch"))
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in parent.columns)
    return sql.SQL(" union all ").join(
        branch.format(columns=columns, parent=sql.Identifier("marts", parent.name), regency=sql.Literal(code))
        for code in regencies
    )
