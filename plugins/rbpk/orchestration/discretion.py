"""dbt repeats what PostgreSQL says, and PostgreSQL quotes rows: here the quotation ends."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg2
from dbt.adapters.postgres.connections import PostgresConnectionManager
from dbt_common.exceptions import DbtDatabaseError

from rbpk.warehouse.connection import translate

if TYPE_CHECKING:
    from collections.abc import Iterator

_INHERITED = PostgresConnectionManager.exception_handler


def keep_rows_out_of_errors() -> None:
    """Make this process's dbt name a database error by SQLSTATE and objects, without DETAIL and values.

    "Failing row contains (…)" would otherwise reach the task's log and XCom.
    """
    # setattr: dbt leaves no other door, and a type checker is right that methods are not assigned.
    setattr(PostgresConnectionManager, "exception_handler", _discreet)  # noqa: B010


@contextmanager
def _discreet(manager: PostgresConnectionManager, sql: str) -> Iterator[None]:
    with _INHERITED(manager, sql):
        try:
            yield
        except psycopg2.DatabaseError as error:
            with suppress(psycopg2.Error):
                manager.rollback_if_open()  # type: ignore[no-untyped-call]
            raise DbtDatabaseError(translate(error).message) from None
