"""Connections whose errors tell what happened and never what a row held."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import psycopg2

from rbpk.errors import (
    RbpkError,
    WarehouseBusy,
    WarehouseFull,
    WarehouseRefused,
    WarehouseUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

_BUSY = frozenset({"40001", "40P01", "55P03", "57014"})


@dataclass(frozen=True)
class Warehouse:
    """One way into the warehouse: a DSN and the login that comes with it."""

    dsn: str
    _idle: list[Connection] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        # The DSN holds a password and dataclass reprs end in logs.
        return "Warehouse(…)"

    @contextmanager
    def kept(self) -> Iterator[Warehouse]:
        """Give the same way in for a row of short transactions: one that ended well leaves the next its connection.

        For steps that change nothing of their session: what opening costs, and a new session's first look at each
        table, is half of what a small file costs.
        """
        idle: list[Connection] = []
        try:
            yield replace(self, _idle=idle)
        finally:
            for connection in idle:
                connection.close()

    @contextmanager
    def connect(self, *, autocommit: bool = False) -> Iterator[Connection]:
        """Yield a connection; commit when the block ends well, roll back when it does not.

        Raises:
            WarehouseUnreachable, WarehouseBusy, WarehouseFull: trying again may help.
            WarehouseRefused: the statement is wrong or forbidden.
        """
        connection = self._left() or self._opened()
        is_kept = False
        try:
            connection.autocommit = autocommit
            yield connection
            connection.commit()
            is_kept = self._keep(connection)
        except psycopg2.Error as error:
            raise translate(error) from None
        finally:
            if not is_kept:
                # Closing rolls back whatever was not committed.
                connection.close()

    def _opened(self) -> Connection:
        try:
            return psycopg2.connect(self.dsn, application_name="rbpk")
        except psycopg2.OperationalError as error:
            # Nothing was asked yet, so libpq's words hold no row: host, port, database, login, reason.
            reason = " ".join(str(error).split())
            message = f"no connection to the warehouse: {reason}"
            raise WarehouseUnreachable(message) from None

    def _left(self) -> Connection | None:
        """Take the connection that was left, if the server still answers on it."""
        while self._idle:
            connection = self._idle.pop()
            with suppress(psycopg2.Error):
                connection.autocommit = True
                with connection.cursor() as cursor:
                    cursor.execute("select 1")
                return connection
            connection.close()
        return None

    def _keep(self, connection: Connection) -> bool:
        if self._idle is None or self._idle:
            return False
        self._idle.append(connection)
        return True


def translate(error: psycopg2.Error) -> RbpkError:
    """Name a driver error by what the caller can do, without its DETAIL and CONTEXT.

    Those carry rows ("Key (nik)=(…) already exists"); even the primary message may quote a value,
    so only the SQLSTATE and the names of objects pass.
    """
    state = error.pgcode or ""
    facts: dict[str, str | int | float | None] = {"sqlstate": state or None}
    for name in ("schema_name", "table_name", "column_name", "constraint_name"):
        value = getattr(error.diag, name, None)
        if value:
            facts[name] = value
    where = " ".join(f"{name.removesuffix('_name')}={facts[name]}" for name in facts if name.endswith("_name"))
    # Class 42 (syntax, unknown name, no privilege) speaks of identifiers, 53 of the server's files: never of rows.
    about = f": {error.diag.message_primary}" if state.startswith(("42", "53")) else ""
    text = f"{type(error).__name__} (SQLSTATE {state or 'none'}{about}) {where}".strip()
    if state in _BUSY:
        return WarehouseBusy(f"the warehouse is busy: {text}", **facts)
    if state.startswith("53"):
        return WarehouseFull(
            f"the warehouse ran out of room: {text}; make room on the database server, then run again", **facts
        )
    if not state or state.startswith(("08", "57P")):
        return WarehouseUnreachable(f"no connection to the warehouse: {text}", **facts)
    return WarehouseRefused(f"the warehouse refused a statement: {text}", **facts)
