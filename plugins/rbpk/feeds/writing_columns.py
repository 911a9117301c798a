"""How judged rows are written for COPY; apart from `writing` so that landing needs no dataframe library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rbpk.feeds.contract import LINEAGE

if TYPE_CHECKING:
    from rbpk.feeds.headers import Layout

REJECTED_COLUMNS: Final = (
    "delivery_id", "regency_code", "period", "feed", "entity", "source_file", "sheet",
    "source_row", "column_name", "reason_code", "message", "raw",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of rows to land and what stands between them; a file's own lines are part of it as they were sent."""

    columns: tuple[str, ...]
    delimiter: str

    @classmethod
    def of(cls, layout: Layout, delimiter: str = ",") -> Form:
        """Let the columns of a file stand side by side, in its own order; what it lacks comes behind them."""
        lineage = [name for name, _ in LINEAGE]
        landed = [name for name, _ in layout.contract.landing_columns()]
        return cls(tuple(dict.fromkeys([*lineage, *(name for _, name in layout.columns), *landed])), delimiter)

    def to_json(self) -> bytes:
        """Write it for the parent process."""
        return json.dumps([self.columns, self.delimiter]).encode()

    @classmethod
    def from_json(cls, said: bytes) -> Form:
        """Read what the child wrote."""
        columns, delimiter = json.loads(said)
        return cls(tuple(columns), delimiter)
