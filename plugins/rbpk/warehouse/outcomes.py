"""One row in audit.step_outcomes for every step of every run, failed ones included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime

    from rbpk.warehouse.connection import Warehouse


@dataclass(frozen=True)
class StepOutcome:
    """What a step did: counts and codes, never values."""

    run_id: str
    step: str
    status: str
    started_at: datetime
    ended_at: datetime
    rows_in: int | None = None
    rows_out: int | None = None
    error_code: str | None = None
    regency_code: str | None = None
    period: str | None = None
    release_id: str | None = None


def record_outcome(warehouse: Warehouse, outcome: StepOutcome) -> None:
    """Append the outcome in a transaction of its own, so that a failed step leaves its trace."""
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement("rbpk.warehouse", "record_outcome"), vars(outcome))
