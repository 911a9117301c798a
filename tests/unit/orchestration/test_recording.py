"""Every step leaves an outcome, and no error quotes a row."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import FeedRejected, RbpkError, WarehouseBusy
from rbpk.orchestration.steps import recording
from rbpk.orchestration.steps.recording import Place, Report, recorded
from rbpk.warehouse import Warehouse

if TYPE_CHECKING:
    from rbpk.warehouse import StepOutcome

NIK = "0000000000000001"


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[StepOutcome]:
    left: list[StepOutcome] = []
    run = SimpleNamespace(dag_id="reconcile_month", run_id="manual__1")
    monkeypatch.setattr(recording, "get_current_context", lambda: {"dag_run": run})
    monkeypatch.setattr(recording, "open_warehouse", lambda: Warehouse("postgresql://nowhere"))
    monkeypatch.setattr(recording, "record_outcome", lambda _, outcome: left.append(outcome))
    return left


def test_done_step_leaves_counts(outcomes: list[StepOutcome]) -> None:
    place = Place("64.02", "2026-10", "6402-202610-r1")
    assert recorded("link_people", lambda _: Report({"persons": 2}, rows_in=3, rows_out=2), place) == {"persons": 2}
    (left,) = outcomes
    assert (left.run_id, left.step, left.status) == ("reconcile_month/manual__1", "link_people", "done")
    assert (left.rows_in, left.rows_out, left.release_id) == (3, 2, "6402-202610-r1")
    assert left.started_at <= left.ended_at


@pytest.mark.parametrize(
    ("error", "code"),
    [(WarehouseBusy("busy"), "warehouse.busy"), (FeedRejected("no", reason="file.empty"), "file.empty")],
    ids=["own code", "reason of a refusal"],
)
def test_failed_step_leaves_its_code_and_its_error(outcomes: list[StepOutcome], error: RbpkError, code: str) -> None:
    def work(_: Warehouse) -> Report:
        raise error

    with pytest.raises(type(error)):
        recorded("land_p3ke", work)
    assert [(left.status, left.error_code) for left in outcomes] == [("failed", code)]


def test_library_that_quotes_a_row_is_not_repeated(
    outcomes: list[StepOutcome], caplog: pytest.LogCaptureFixture
) -> None:
    def work(_: Warehouse) -> Report:
        text = f"cannot cast '{NIK}'"
        raise ValueError(text)

    with caplog.at_level(logging.DEBUG), pytest.raises(RbpkError) as caught:
        recorded("link_people", work)
    assert outcomes[0].error_code == "step.crashed"
    assert NIK not in caplog.text + str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "ValueError" in str(caught.value)
    assert "test_recording.py" in caplog.text


def test_outcome_that_cannot_be_left_does_not_hide_the_error(
    outcomes: list[StepOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise WarehouseBusy("away")

    def work(_: Warehouse) -> Report:
        raise FeedRejected("the real one", reason="file.empty")

    monkeypatch.setattr(recording, "record_outcome", away)
    with pytest.raises(FeedRejected, match="the real one"):
        recorded("land_p3ke", work)
    assert outcomes == []
