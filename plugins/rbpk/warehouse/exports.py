"""One row in audit.exports for every file that leaves the platform: who, for what, how many rows, which bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.warehouse.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case


@dataclass(frozen=True)
class Export:
    """A file somebody takes away. `sha256` is of its bytes, so that a file found later can be told."""

    exported_by: str
    purpose: str
    regency_code: str
    period: str
    release_id: str | None
    exported_objects: tuple[str, ...]
    file_name: str
    file_format: str
    row_count: int
    sha256: str


def record_export(connection: Connection, export: Export) -> int:
    """Append the row and return its number; hand out the file only after this transaction is committed.

    Raises (as the block of `Warehouse.connect` ends):
        WarehouseRefused: no purpose of at least five letters, no name, or an unknown release.
    """
    with connection.cursor() as cursor:
        facts = {**vars(export), "exported_objects": list(export.exported_objects)}
        cursor.execute(statement("rbpk.warehouse", "record_export"), facts)
        row = cursor.fetchone()
    return int(row[0]) if row else 0
