"""Our own locks: two copies of one task may run at once, whatever the scheduler promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg2 import sql

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case


def lock_for_transaction(connection: Connection, *parts: str, wait_seconds: int = 60, shared: bool = False) -> None:
    """Hold an advisory lock named by `parts` until the transaction ends, alone or beside others who share it.

    Waits at most `wait_seconds`; then PostgreSQL raises 55P03, which becomes WarehouseBusy.
    """
    name = "/".join(("rbpk", *parts))
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('lock_timeout')")
        (before,) = cursor.fetchone() or ("0",)
        cursor.execute("select set_config('lock_timeout', %s, true)", (f"{wait_seconds}s",))
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        cursor.execute(sql.SQL("select {}(hashtextextended(%s, 0))").format(sql.Identifier(lock)), (name,))
        cursor.execute("select set_config('lock_timeout', %s, true)", (before,))
