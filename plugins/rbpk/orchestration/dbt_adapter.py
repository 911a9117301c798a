"""What a run changes in dbt's PostgreSQL adapter: errors quote no rows, connections serve more than one node."""

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

_INHERITED = PostgresConnectionManager.exception_handler
_CLOSE = PostgresConnectionManager.release


def adapt_dbt() -> None:
    """Change this process's dbt: both changes, as every build of a release wants them."""
    # setattr: dbt leaves no other door, and a type checker is right that methods are not assigned.
    setattr(PostgresConnectionManager, "exception_handler", _discreet)  # noqa: B010
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
            # Set within a transaction, the role went with it.
            connection.handle.cursor().execute(f"set role {connection.credentials.role}")
            connection.handle.commit()
            connection.transaction_open = False
            return
    _CLOSE(manager)
