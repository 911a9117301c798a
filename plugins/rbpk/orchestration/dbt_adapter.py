"""What a run changes in dbt's PostgreSQL adapter: errors quote no rows, connections serve many nodes and wait less."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg2
from dbt.adapters.contracts.connection import ConnectionState
from dbt.adapters.postgres.connections import PostgresConnectionManager
from dbt_common.exceptions import DbtDatabaseError

from rbpk.warehouse.connection import translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbt.adapters.contracts.connection import Connection

_INHERITED = PostgresConnectionManager.exception_handler
_OPEN = PostgresConnectionManager.open
_CLOSE = PostgresConnectionManager.release


def adapt_dbt() -> None:
    """Change this process's dbt: all changes, as every build of a release wants them."""
    # setattr: dbt leaves no other door, and a type checker is right that methods are not assigned.
    setattr(PostgresConnectionManager, "exception_handler", _discreet)  # noqa: B010
    setattr(PostgresConnectionManager, "open", classmethod(_settle))  # noqa: B010
    setattr(PostgresConnectionManager, "release", _keep)  # noqa: B010


@contextmanager
def _discreet(manager: PostgresConnectionManager, sql: str) -> Iterator[None]:
    """Name a database error by SQLSTATE and objects, without DETAIL and values.

    "Failing row contains (…)" would otherwise reach the task's log and XCom.
    """
    with _INHERITED(manager, sql):
        try:
            yield
        except psycopg2.DatabaseError as error:
            with suppress(psycopg2.Error):
                manager.rollback_if_open()  # type: ignore[no-untyped-call]
            raise DbtDatabaseError(translate(error).message) from None


def _settle(cls: type[PostgresConnectionManager], connection: Connection) -> Connection:  # noqa: ARG001 - a class method
    """Open a connection and make its role outlast every rollback; let its commits not wait for the disk.

    A candidate whose last tables a crash of the server takes is built again by the next run, since the crash ends
    dbt, too; the step's own outcome is committed after it and waits for all that came before.
    """
    was_open = connection.state == ConnectionState.OPEN
    opened: Connection = _OPEN(connection)  # type: ignore[no-untyped-call]
    if not was_open and opened.state == ConnectionState.OPEN:
        with opened.handle.cursor() as cursor:
            cursor.execute("set synchronous_commit = off")
        opened.handle.commit()
    return opened


def _keep(manager: PostgresConnectionManager) -> None:
    """Leave the thread's connection open for its next node; dbt closes them all at its end.

    dbt opens one for every node: a login and empty catalogue caches, 15 ms each on two cores.
    """
    connection = manager.get_if_exists()
    if connection is not None and connection.state == ConnectionState.OPEN:
        # A connection that was lost cannot be kept: it is closed below, and the next node opens another.
        with suppress(psycopg2.Error):
            # Whatever dbt thinks is open: psycopg2 begins with a reading statement, too, and what
            # stays begun keeps its locks while the thread waits for the next node.
            connection.handle.rollback()
            connection.transaction_open = False
            return
    _CLOSE(manager)
