"""A few of the seeds of `make chaos`: whatever dies, the month comes out as it does in peace."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chaos.disturbance import Plan, play
from tests.chaos.stage import played_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.chaos.stage import Stage

PLANS = (
    Plan(1, "land", "process", 0.6),
    Plan(2, "land", "server", 0.5),
    Plan(4, "link", "twice", 0.3),
    Plan(5, "marts", "process", 0.7),
    Plan(6, "publish", "server", 0.8),
)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Play the month once in peace."""
    with (
        tempfile.TemporaryDirectory(prefix="rbpk-chaos-", ignore_cleanup_errors=True) as folder,
        played_once(Path(folder), households=60) as played,
    ):
        yield played


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.kind} at {plan.step}")
def test_the_month_comes_out_the_same(stage: Stage, plan: Plan) -> None:
    assert play(stage, plan).differences == ()
