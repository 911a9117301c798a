"""One row in audit.step_outcomes around every step, and no error that could quote a row."""

from __future__ import annotations

import logging
import tempfile
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from airflow.sdk import get_current_context

from rbpk.errors import DiskFull, FeedRejected, RbpkError, is_out_of_room, no_room
from rbpk.orchestration.connections import open_warehouse
from rbpk.orchestration.transformations import OPENING_TASK
from rbpk.warehouse import StepOutcome, Warehouse, record_outcome

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

Xcom = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Which month and release a step works on, as far as it is about one."""

    regency_code: str | None = None
    period: str | None = None
    release_id: str | None = None


@dataclass(frozen=True)
class Report:
    """What a step hands back: identifiers and counts for XCom, rows for the outcome."""

    xcom: Xcom = field(default_factory=dict)
    status: str = "done"
    rows_in: int | None = None
    rows_out: int | None = None
    error_code: str | None = None


@dataclass(frozen=True)
class Attempt:
    """One go at a step, from its start."""

    warehouse: Warehouse
    run_id: str
    step: str
    place: Place
    started_at: datetime

    def leave(self, report: Report) -> None:
        """Append the outcome row."""
        outcome = StepOutcome(
            run_id=self.run_id,
            step=self.step,
            status=report.status,
            error_code=report.error_code,
            started_at=self.started_at,
            ended_at=datetime.now(UTC),
            rows_in=report.rows_in,
            rows_out=report.rows_out,
            regency_code=self.place.regency_code,
            period=self.place.period,
            release_id=self.place.release_id,
        )
        record_outcome(self.warehouse, outcome)

    def leave_failure(self, code: str) -> None:
        """Append the row of a failed step, if it can be: the step's own error matters more."""
        try:
            self.leave(Report(status="failed", error_code=code))
        except RbpkError as error:
            log.warning("%s: outcome not recorded: %s", self.step, error)


def recorded(step: str, work: Callable[[Warehouse], Report], place: Place | None = None) -> Xcom:
    """Do the work and leave its outcome, also when it fails."""
    attempt = Attempt(open_warehouse(), this_run(), step, place or Place(), datetime.now(UTC))
    try:
        report = work(attempt.warehouse)
    except RbpkError as error:
        attempt.leave_failure(error.reason if isinstance(error, FeedRejected) else error.code)
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may not be passed on
        # Libraries quote values in their messages: frames tell as much to a developer and nothing of a row.
        if is_out_of_room(error):
            attempt.leave_failure(DiskFull.code)
            raise no_room(_place_of(error)) from None
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s crashed with %s at\n%s", step, type(error).__name__, frames)  # noqa: TRY400
        attempt.leave_failure("step.crashed")
        message = f"{step} crashed with {type(error).__name__}; the frames are in this task's log"
        raise RbpkError(message) from None
    attempt.leave(report)
    log.info("%s: %s rows_in=%s rows_out=%s", step, report.status, report.rows_in, report.rows_out)
    return report.xcom


def _place_of(error: Exception) -> str:
    named = error.filename if isinstance(error, OSError) else None
    return str(named) if named else f"temporary files ({tempfile.gettempdir()}) or of RBPK_HOME"


def record_group(context: Any, step: str, *, succeeded: bool) -> None:  # noqa: ANN401 - Airflow's context
    """Leave the outcome of a dbt group, whose work is Cosmos' own task."""
    ti = context["ti"]
    opened = ti.xcom_pull(task_ids=OPENING_TASK)
    place = Place(opened["regency"], opened["period"], opened["release_id"])
    attempt = Attempt(open_warehouse(), run_name(context), step, place, ti.start_date)
    if succeeded:
        attempt.leave(Report())
    else:
        attempt.leave_failure("dbt.failed")


def this_run() -> str:
    """Name the run whose task this process is."""
    return run_name(get_current_context())


def run_name(context: Any) -> str:  # noqa: ANN401 - Airflow's context
    """Name the run as the UI does; run ids repeat from DAG to DAG, so the DAG comes first."""
    run = context["dag_run"]
    return f"{run.dag_id}/{run.run_id}"
