"""What keeps a list by name to its readers: row-level security by login, behind a view that hides the rest.

The parent belongs to `rbpk_lists`, who nobody logs in as, and FORCE ROW LEVEL SECURITY binds even the
owner. The view is the owner's, so its reader needs no right on the table; the policy asks which rows
`current_user` was granted. `security_barrier` runs it before anything the reader wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.publishing.shelves import Shelf

ROOM = "rbpk.publishing"


def guard_parent(cursor: Cursor, name: str, shelf: Shelf) -> None:
    """Give a new parent of a list to its owner, and its rows to those who were granted them."""
    table = sql.Identifier(shelf.parents, name)
    guard_rows(cursor, table)
    cursor.execute(
        sql.SQL(statement(ROOM, "list_policy")).format(
            table=table,
            regency=sql.Identifier("regency_code"),
            scope=sql.Identifier(shelf.scope_column or ""),
            role=sql.Literal(shelf.readers[0]),
        )
    )
    cursor.execute(sql.SQL("alter table {} owner to rbpk_lists").format(table))


def guard_rows(cursor: Cursor, table: sql.Identifier) -> None:
    """Let nobody but publication read a table of a list, its owner included."""
    cursor.execute(sql.SQL("revoke all on {} from public, rbpk_owner, bi_reader, auditor").format(table))
    cursor.execute(sql.SQL("alter table {} enable row level security").format(table))
    cursor.execute(sql.SQL("alter table {} force row level security").format(table))
    cursor.execute(
        sql.SQL("create policy publication on {} to rbpk_publisher using (true) with check (true)").format(table)
    )


def guard_view(cursor: Cursor, view: sql.Identifier) -> None:
    """Give the view to the lists' owner, whose rights and policies its readers meet."""
    cursor.execute(sql.SQL("alter view {} set (security_barrier = true)").format(view))
    cursor.execute(sql.SQL("alter view {} owner to rbpk_lists").format(view))
