"""Runs of DAGs: started or joined, followed to their end, and explained when they fail."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from embedded.api import segment
from embedded.errors import EmbeddedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from embedded.api import Api

RECEIVE = "receive_deliveries"
INGEST = "ingest_"
RECONCILE = "reconcile_month"
# Its success is the month's: what is left are boxes that show what was done.
LAST = "month_done"
ACTIVE = ("queued", "running")
DONE = frozenset({"success", "skipped"})
LOUD = frozenset({"error", "critical"})


@dataclass(frozen=True)
class Step:
    """A box of the run's picture: a task, or a group of them such as all dbt models of a stage."""

    name: str
    tasks: int
    done: int
    state: str
    seconds: float


@dataclass(frozen=True)
class Failure:
    """A failed task: where, its error line, where the rest is."""

    dag: str
    task: str
    error: str
    log: Path | None

    def __str__(self) -> str:
        where = f"\n  log: {self.log}" if self.log else ""
        return f"{self.dag}.{self.task} failed: {self.error}{where}"


def reconcile(api: Api, regency: str, period: str) -> tuple[str, bool]:
    """Return the run id of this month's run, and whether it was running already."""
    wanted = {"regency": regency, "period": period}
    for run in api.every(f"/dags/{RECONCILE}/dagRuns", "dag_runs", state=ACTIVE):
        if wanted.items() <= (run.get("conf") or {}).items():
            return str(run["dag_run_id"]), True
    answer = api.post(f"/dags/{RECONCILE}/dagRuns", {"logical_date": None, "conf": wanted})
    return str(answer["dag_run_id"]), False


def state(api: Api, dag: str, run: str) -> str:
    """Return a run's state."""
    return str(api.get(f"/dags/{dag}/dagRuns/{segment(run)}")["state"])


def steps(api: Api, dag: str, run: str) -> list[Step]:
    """Return the run's steps in the order they began."""
    path = f"/dags/{dag}/dagRuns/{segment(run)}/taskInstances"
    # Ordered, or a task that moves between two pages is seen twice or never.
    tasks = api.every(path, "task_instances", order_by="id")
    return summarise(tasks, datetime.now(UTC))


def summarise(tasks: Iterable[Mapping[str, Any]], now: datetime) -> list[Step]:
    """Fold task instances into steps by their outermost group."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for task in tasks:
        # A task that is no longer in the DAG file is no step of it.
        if task.get("state") == "removed":
            continue
        groups.setdefault(str(task["task_id"]).split(".")[0], []).append(task)
    found = [(_began(members), _step(name, members, now)) for name, members in groups.items()]
    return [step for _, step in sorted(found, key=lambda pair: pair[0])]


def intake_failed(api: Api, since: datetime) -> list[tuple[str, str]]:
    """Return the runs that receive or land deliveries and failed since then."""
    found = api.every("/dags/~/dagRuns", "dag_runs", state="failed", start_date_gte=since.isoformat())
    return [(str(run["dag_id"]), str(run["dag_run_id"])) for run in found if _is_intake(run)]


def intake_active(api: Api) -> bool:
    """Say whether deliveries are being received, landed or checked."""
    return any(map(_is_intake, api.every("/dags/~/dagRuns", "dag_runs", state=ACTIVE)))


def failures(api: Api, logs: Path, dag: str, run: str) -> list[Failure]:
    """Return the tasks that failed in a run, first one first."""
    path = f"/dags/{dag}/dagRuns/{segment(run)}/taskInstances"
    tasks = api.every(path, "task_instances", state="failed")
    tasks.sort(key=lambda task: str(task.get("end_date")))
    return [_failure(logs, task) for task in tasks]


def broken(api: Api) -> str:
    """Return why a DAG file cannot be read, or nothing."""
    errors = api.every("/importErrors", "import_errors")
    return "\n".join(f"{error['filename']}: {str(error['stack_trace']).strip().splitlines()[-1]}" for error in errors)


def require(api: Api, dag: str) -> None:
    """Insist that a DAG is known and not paused; a paused one would wait for ever."""
    try:
        found = api.get(f"/dags/{dag}")
    except EmbeddedError as error:
        why = broken(api)
        raise EmbeddedError(f"DAG {dag} is not there.\n{why or error}") from None
    if found.get("is_paused"):
        api.patch(f"/dags/{dag}", {"is_paused": False})


def _is_intake(run: Mapping[str, Any]) -> bool:
    return str(run["dag_id"]) == RECEIVE or str(run["dag_id"]).startswith(INGEST)


def _began(members: list[Mapping[str, Any]]) -> str:
    return min((str(task["start_date"]) for task in members if task.get("start_date")), default="~")


def _step(name: str, members: list[Mapping[str, Any]], now: datetime) -> Step:
    states = [str(task.get("state") or "waiting") for task in members]
    done = sum(state in DONE for state in states)
    starts = [datetime.fromisoformat(task["start_date"]) for task in members if task.get("start_date")]
    ends = [datetime.fromisoformat(task["end_date"]) for task in members if task.get("end_date")]
    over = max(ends, default=now) if all(task.get("end_date") for task in members) else now
    seconds = (over - min(starts)).total_seconds() if starts else 0.0
    return Step(name, len(members), done, _fold(states, done), max(seconds, 0.0))


def _fold(states: list[str], done: int) -> str:
    for loud in ("failed", "upstream_failed"):
        if loud in states:
            return loud
    if done == len(states):
        return "success" if "success" in states else "skipped"
    return "running" if done or set(states) & {"running", "deferred", "up_for_retry"} else "waiting"


def _failure(logs: Path, task: Mapping[str, Any]) -> Failure:
    dag, name = str(task["dag_id"]), str(task["task_id"])
    folder = logs / f"dag_id={dag}" / f"run_id={task['dag_run_id']}" / f"task_id={name}"
    if int(task.get("map_index", -1)) >= 0:
        folder /= f"map_index={task['map_index']}"
    log = folder / f"attempt={task['try_number']}.log"
    if not log.exists():
        return Failure(dag, name, "no log was written; the process was probably killed", None)
    return Failure(dag, name, error_line(log.read_text(encoding="utf-8", errors="replace")), log)


def error_line(log: str) -> str:
    """Return the last error a task log tells of: its exception, else its loudest line."""
    answer = "see the log"
    for line in log.splitlines():
        with suppress(json.JSONDecodeError, AttributeError):
            entry = json.loads(line)
            if entry.get("level") not in LOUD:
                continue
            detail = entry.get("error_detail") or []
            answer = f"{detail[0]['exc_type']}: {detail[0]['exc_value']}" if detail else str(entry["event"])
    return answer
