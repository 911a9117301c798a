"""The parents of published tables and the views on them: installed once, touched only when they must change."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.publishing.marts import KEY, REGENCY, Column, Mart, tables_of
from rbpk.publishing.patience import patiently
from rbpk.publishing.restricting import guard_parent, guard_rows, guard_view
from rbpk.publishing.shelves import MARTS, Shelf, shelf_of
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse

ROOM = "rbpk.publishing"


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
        return [mart.name for mart in parents_of(cursor) if ensure_view(cursor, mart, regencies)]


def parents_of(cursor: Cursor) -> tuple[Mart, ...]:
    """Return the partitioned parents of all shelves, not their parts."""
    return tuple(mart for schema in ("marts", "lists") for mart in tables_of(cursor, schema, "p"))


def regencies_of(cursor: Cursor) -> list[str]:
    """Return the codes of the installation's regencies."""
    cursor.execute("select regency_code from audit.regencies order by regency_code")
    return [code for (code,) in cursor.fetchall()]


def ensure_parent(cursor: Cursor, candidate: Mart, parent: Mart | None) -> Mart:
    """Make the partitioned parent like its first candidate, or give it the candidate's new columns.

    By regency first: a branch of a view plans its own regency's releases and hears of no other's. Never with a
    DEFAULT partition: attaching would wait behind its readers.
    """
    shelf = shelf_of(candidate.name)
    target = sql.Identifier(shelf.parents, candidate.name)
    if parent is None:
        columns = sql.SQL(", ").join(_spell(column) for column in candidate.columns)
        cursor.execute(
            sql.SQL("create table {} ({}) partition by list ({})").format(target, columns, sql.Identifier(REGENCY))
        )
        if shelf.is_restricted:
            guard_parent(cursor, candidate.name, shelf)
            return candidate
        cursor.execute("grant usage on schema marts to rbpk_owner, auditor")
        _show_former(cursor, target)
        return candidate
    known = {column.name for column in parent.columns}
    fresh = tuple(column for column in candidate.columns if column.name not in known)
    for column in fresh:
        cursor.execute(sql.SQL("alter table {} add column {}").format(target, _spell(column)))
    return Mart(candidate.name, parent.columns + fresh, parent.comment)


def ensure_part(cursor: Cursor, parent: Mart, regency: str) -> sql.Identifier:
    """Give a regency its part of a parent, partitioned by release, if it has none; return the part's name."""
    shelf = shelf_of(parent.name)
    name = f"{parent.name}_{regency.replace('.', '')}"
    part, whole = sql.Identifier(shelf.parents, name), sql.Identifier(shelf.parents, parent.name)
    cursor.execute("select to_regclass(%s)", (part.as_string(cursor),))
    if cursor.fetchone() == (None,):
        cursor.execute(
            sql.SQL("create table {} (like {}) partition by list ({})").format(part, whole, sql.Identifier(KEY))
        )
        if shelf.is_restricted:
            guard_rows(cursor, part)
        else:
            _show_former(cursor, part)
        cursor.execute(
            sql.SQL("alter table {} attach partition {} for values in ({})").format(whole, part, sql.Literal(regency))
        )
    return part


def ensure_view(cursor: Cursor, parent: Mart, regencies: Sequence[str]) -> bool:
    """Create or replace the published view if its definition changed; say whether it did.

    Replacing waits behind every reader of the view, so it is not done for nothing: the parent's comment says of
    which definition its view was made.
    """
    shelf = shelf_of(parent.name)
    body = _view_body(parent, shelf, regencies)
    view = sql.Identifier(shelf.views, parent.name)
    stamp = f"shown as {hashlib.sha256(body.as_string(cursor).encode()).hexdigest()}"
    cursor.execute("select to_regclass(%s) is not null", (view.as_string(cursor),))
    if parent.comment == stamp and cursor.fetchone() == (True,):
        return False
    cursor.execute(sql.SQL("create or replace view {} as {}").format(view, body))
    readers = sql.SQL(", ").join(map(sql.Identifier, shelf.readers))
    cursor.execute(sql.SQL("grant select on {} to {}").format(view, readers))
    if shelf.is_restricted:
        guard_view(cursor, view)
    name = sql.Identifier(shelf.parents, parent.name)
    cursor.execute(sql.SQL("comment on table {} is {}").format(name, sql.Literal(stamp)))
    return True


def carry_comments(cursor: Cursor, candidates: Sequence[Mart]) -> None:
    """Copy dbt's descriptions to the views readers look at, where they changed."""
    shown = {
        (schema, mart.name): mart
        for schema in {shelf_of(candidate.name).views for candidate in candidates}
        for mart in tables_of(cursor, schema, "v")
    }
    for candidate in candidates:
        schema = shelf_of(candidate.name).views
        former = shown[schema, candidate.name]
        view = sql.Identifier(schema, candidate.name)
        if candidate.comment and candidate.comment != former.comment:
            cursor.execute(sql.SQL("comment on view {} is {}").format(view, sql.Literal(candidate.comment)))
        before = {column.name: column.comment for column in former.columns}
        for column in candidate.columns:
            if column.comment and column.comment != before.get(column.name):
                name = sql.Identifier(schema, candidate.name, column.name)
                cursor.execute(sql.SQL("comment on column {} is {}").format(name, sql.Literal(column.comment)))


def _show_former(cursor: Cursor, table: sql.Identifier) -> None:
    """Let those who build and those who audit read a table: the next month is compared with what was shown before."""
    cursor.execute(sql.SQL("grant select on {} to rbpk_owner, auditor").format(table))


def _spell(column: Column) -> sql.Composable:
    # The type comes from format_type(), which quotes what needs quoting.
    return sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.type))


def _view_body(parent: Mart, shelf: Shelf, regencies: Sequence[str]) -> sql.Composable:
    branch = sql.SQL(statement(ROOM, "view_branch"))
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in parent.columns)
    source = sql.Identifier(shelf.parents, parent.name)
    branches = sql.SQL(" union all ").join(
        branch.format(columns=columns, parent=source, regency=sql.Literal(code)) for code in regencies
    )
    if shelf is MARTS:
        return branches
    outer = sql.SQL(statement(ROOM, "list_view"))
    return outer.format(columns=columns, branches=branches, list=sql.Literal(parent.name))
