"""What a run must know of the ledger before it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.warehouse import Warehouse

ROOM = "rbpk.orchestration"


def unjudged(
    warehouse: Warehouse, *, feed: str | None = None, regency: str | None = None, period: str | None = None
) -> list[str]:
    """List the landed deliveries the gate has yet to judge, oldest first."""
    with warehouse.connect() as connection, connection.cursor() as cursor:
        wanted = {"feed": feed, "regency": regency, "period": period}
        cursor.execute(statement(ROOM, "unjudged_deliveries"), wanted)
        return [row[0] for row in cursor.fetchall()]


def each_unjudged(warehouse: Warehouse, feed: str) -> Iterator[str]:
    """Give the deliveries of a feed to judge, one by one; what another attempt judges meanwhile is left out."""
    while waiting := unjudged(warehouse, feed=feed):
        yield waiting[0]


def shown_period(warehouse: Warehouse, regency: str) -> str | None:
    """Return the month readers of a regency see now, if they see any."""
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement(ROOM, "shown_period"), {"regency": regency})
        row = cursor.fetchone()
    return str(row[0]) if row else None
