"""The ledger of deliveries: what was received, what became of it, what replaces what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.warehouse import Warehouse

_PACKAGE = "rbpk.landing"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A ledger row, as landing needs it."""

    delivery_id: str
    regency_code: str
    period: str
    feed: str
    entity: str
    source_file: str
    stored_as: str
    status: str
    error_code: str | None
    rows_read: int | None
    rows_loaded: int | None
    rows_quarantined: int | None
    rows_duplicate: int | None
    rows_not_data: int | None
    supersedes: str | None
    sha256: str = ""
    ba_number: str | None = None


def pending(warehouse: Warehouse, feed: str) -> list[str]:
    """List the received deliveries of a feed that wait to be landed, oldest first."""
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement(_PACKAGE, "pending_deliveries"), {"feed": feed})
        return [row[0] for row in cursor.fetchall()]


def find_delivery(connection: Connection, delivery_id: str) -> Delivery | None:
    """Read one ledger row and hold it."""
    with connection.cursor() as cursor:
        cursor.execute(statement(_PACKAGE, "find_delivery"), {"delivery_id": delivery_id})
        row = cursor.fetchone()
    return Delivery(*row) if row else None


def execute(connection: Connection, name: str, **values: object) -> list[tuple[object, ...]]:
    """Run one statement of this room and return its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement(_PACKAGE, name), values)
        return list(cursor.fetchall()) if cursor.description else []
