"""Runs of DAGs: how task instances fold into steps, and what a log says went wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from embedded import runs

NOW = datetime(2026, 11, 21, 12, 0, 10, tzinfo=UTC)


def _task(task_id: str, state: str | None, start: int | None = None, end: int | None = None) -> dict[str, Any]:
    def moment(second: int | None) -> str | None:
        return None if second is None else NOW.replace(second=second).isoformat()

    return {"task_id": task_id, "state": state, "start_date": moment(start), "end_date": moment(end)}


def test_a_group_is_one_step_in_the_order_of_its_start() -> None:
    tasks = [
        _task("marts.mart_households.run", None),
        _task("stage.stg_p3ke__families.run", "success", 2, 5),
        _task("stage.stg_dtks__individuals.run", "running", 3),
        _task("open_release", "success", 0, 1),
    ]
    assert runs.summarise(tasks, NOW) == [
        runs.Step("open_release", 1, 1, "success", 1.0),
        runs.Step("stage", 2, 1, "running", 8.0),
        runs.Step("marts", 1, 0, "waiting", 0.0),
    ]


@pytest.mark.parametrize(
    ("states", "folded"),
    [
        (["success", "success"], "success"),
        (["success", "skipped"], "success"),
        (["skipped", "skipped"], "skipped"),
        (["success", "failed"], "failed"),
        (["upstream_failed", "success"], "upstream_failed"),
        (["deferred", None], "running"),
        (["up_for_retry"], "running"),
        ([None, "queued"], "waiting"),
    ],
)
def test_the_loudest_state_of_a_group_is_shown(states: list[str | None], folded: str) -> None:
    [step] = runs.summarise([_task(f"group.t{number}", state) for number, state in enumerate(states)], NOW)
    assert step.state == folded


def _log(*entries: dict[str, Any] | str) -> str:
    return "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in entries)


@pytest.mark.parametrize(
    ("log", "line"),
    [
        (
            _log(
                {"level": "info", "event": "start"},
                {
                    "level": "error",
                    "event": "Task failed with exception",
                    "error_detail": [{"exc_type": "GateBlocked", "exc_value": "[gate.blocked] two rules failed"}],
                },
                {"level": "info", "event": "end"},
            ),
            "GateBlocked: [gate.blocked] two rules failed",
        ),
        (_log({"level": "error", "event": "out of memory"}), "out of memory"),
        (_log("not json", "[1, 2]", {"level": "info", "event": "fine"}), "see the log"),
        ("", "see the log"),
    ],
)
def test_the_error_line_of_a_log(log: str, line: str) -> None:
    assert runs.error_line(log) == line


class _Api:
    def __init__(self, active: list[dict[str, Any]]) -> None:
        self.active, self.posted = active, list[dict[str, Any]]()

    def every(self, *_: object, **__: object) -> list[dict[str, Any]]:
        return self.active

    def post(self, _: str, body: dict[str, Any]) -> dict[str, Any]:
        self.posted.append(body)
        return {"dag_run_id": "new"}


@pytest.mark.parametrize(
    ("active", "expected"),
    [
        ([], ("new", False)),
        ([{"dag_run_id": "old", "conf": {"regency": "64.02", "period": "2026-10"}}], ("old", True)),
        ([{"dag_run_id": "old", "conf": {"regency": "64.02", "period": "2026-09"}}], ("new", False)),
        ([{"dag_run_id": "old", "conf": {"regency": "64.08", "period": "2026-10"}}], ("new", False)),
        ([{"dag_run_id": "by calendar", "conf": None}], ("new", False)),
    ],
)
def test_joins_the_run_of_the_same_month_only(active: list[dict[str, Any]], expected: tuple[str, bool]) -> None:
    api = _Api(active)
    assert runs.reconcile(api, "64.02", "2026-10") == expected  # type: ignore[arg-type]
    assert len(api.posted) == (0 if expected[1] else 1)
