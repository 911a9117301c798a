"""One row in audit.step_outcomes around every step, and no error that could quote a row."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from airflow.sdk import get_current_context

from rbpk.errors import FeedRejected, RbpkError
from rbpk.orchestration.connections import open_warehouse
from rbpk.warehouse import StepOutcome, Warehouse, record_outcome

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

Xcom = dict[str, str | int | bool | None | list[str] | dict[str, int]]


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


def recorded(step: str, work: Callable[[Warehouse], Report], place: Place | None = None) -> Report:
    """Do the work and leave its outcome, also when it fails."""
    warehouse = open_warehouse()
    started = datetime.now(UTC)
    try:
        report = work(warehouse)
    except RbpkError as error:
        _record_failure(warehouse, step, place, started, _code(error))
        raise
    except Exception as error:
        # Libraries quote values in their messages: frames tell as much to a developer and nothing of a row.
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s crashed with %s at\n%s", step, type(error).__name__, frames)  # noqa: TRY400
        _record_failure(warehouse, step, place, started, "step.crashed")
        message = f"{step} crashed with {type(error).__name__}; the frames are in this task's log"
        raise RbpkError(message) from None
    record(warehouse, step, report, place, started)
    log.info("%s: %s rows_in=%s rows_out=%s", step, report.status, report.rows_in, report.rows_out)
    return report


def record(
    warehouse: Warehouse,
    step: str,
    report: Report,
    place: Place | None,
    started: datetime,
    error_code: str | None = None,
    context: Any = None,
) -> None:
    """Append one outcome row."""
    where = place or Place()
    record_outcome(
        warehouse,
        StepOutcome(
            run_id=run_name(context or get_current_context()),
            step=step,
            status=report.status,
            error_code=error_code,
            rows_in=report.rows_in,
            rows_out=report.rows_out,
            started_at=started,
            ended_at=datetime.now(UTC),
            regency_code=where.regency_code,
            period=where.period,
            release_id=where.release_id,
        ),
    )


def run_name(context: Any) -> str:  # noqa: ANN401 - Airflow's context
    """Name the run as the UI does; run ids repeat from DAG to DAG, so the DAG comes first."""
    run = context["dag_run"]
    return f"{run.dag_id}/{run.run_id}"


def _record_failure(
    warehouse: Warehouse, step: str, place: Place | None, started: datetime, code: str
) -> None:
    try:
        record(warehouse, step, Report(status="failed"), place, started, code)
    except RbpkError as error:
        # The step's own error matters more than the missing row.
        log.warning("%s: outcome not recorded: %s", step, error)


def _code(error: RbpkError) -> str:
    return error.reason if isinstance(error, FeedRejected) else error.code


def record_group(context: Any, step: str, status: str) -> None:  # noqa: ANN401 - Airflow's context
    """Leave the outcome of a dbt group, whose work is Cosmos' own task."""
    ti = context["ti"]
    opened = ti.xcom_pull(task_ids="open_release")
    place = Place(opened["regency"], opened["period"], opened["release_id"])
    code = None if status == "done" else "dbt.failed"
    record(open_warehouse(), step, Report(status=status), place, ti.start_date, code, context)
