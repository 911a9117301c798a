"""What the warehouse says about a month: states of deliveries while it runs, a summary after."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
from psycopg2 import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

SQL = Path(__file__).parent / "sql"
FINAL = frozenset({"landed", "refused", "held", "superseded", "already_landed"})


@dataclass(frozen=True)
class Table:
    """An answer: column names and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Delivery:
    """One feed entity of one delivered file."""

    sha256: str
    delivery_id: str
    source_file: str
    feed: str
    entity: str
    status: str
    error_code: str
    rows_read: int | None
    rows_loaded: int | None
    rows_quarantined: int | None
    rows_duplicate: int | None

    @property
    def is_final(self) -> bool:
        """Say whether nothing more will happen to it by itself."""
        return self.status in FINAL


@dataclass(frozen=True)
class Month:
    """A regency's month and how to ask the warehouse about it."""

    dsn: str
    regency: str
    period: str

    def deliveries(self, contents: Sequence[str]) -> list[Delivery]:
        """Return the known deliveries with these contents (sha256)."""
        return [Delivery(*row) for row in self.ask("delivery_states", contents=list(contents)).rows]

    def ask(self, name: str, **more: object) -> Table:
        """Run one of the questions in `sql/`; a table not built yet is an empty answer."""
        with closing(psycopg2.connect(self.dsn)) as connection, connection.cursor() as cursor:
            try:
                cursor.execute(_question(name), {"regency": self.regency, "period": self.period, **more})
            except (errors.UndefinedTable, errors.UndefinedColumn):
                return Table((), [])
            columns = tuple(column.name for column in cursor.description or ())
            return Table(columns, cursor.fetchall())


@cache
def _question(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
