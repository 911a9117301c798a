"""A few of the seeds of `make chaos`: whatever dies, the month comes out as it does in peace."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chaos import canaries
from tests.chaos.branches import BRANCHES
from tests.chaos.disturbance import Plan, play
from tests.chaos.stage import played_once
from tests.places import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.chaos.stage import Stage

PLUGINS = Path(__file__).parents[2] / "plugins"
PLANS = (
    Plan(1, "land", "process", 0.6),
    Plan(4, "link", "twice", 0.3),
    Plan(5, "marts", "process", 0.4),
    Plan(6, "publish", "server", 0.8),
)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Play the month once in peace."""
    with (
        tempfile.TemporaryDirectory(prefix="rbpk-chaos-", dir=quick(), ignore_cleanup_errors=True) as folder,
        played_once(Path(folder), households=60) as played,
    ):
        yield played


def test_every_recovery_says_what_chaos_listens_for() -> None:
    """The seeds that meet them are played by `make chaos`; what they say must not change unheard."""
    written = "".join(path.read_text("utf-8") for path in (PLUGINS / "rbpk").rglob("*.py"))
    listened = {one.words for one in BRANCHES if one.words}
    assert {words for words in listened if words not in written} == set()


def test_nobody_of_the_month_is_found_where_nobody_should_be(stage: Stage) -> None:
    people = canaries.marks(stage)
    assert len(people) > 200
    searched = list(canaries.places(stage))
    # A search that finds nothing must have looked somewhere: into every kind of place.
    names = " ".join(name for name, _ in searched)
    assert all(kind in names for kind in ("DEBUG", "docs/", "target/", "audit.", "published.mart_", "marts.mart_"))
    assert len(stage.told) > 100_000
    assert [(name, len([mark for mark in people if mark in text])) for name, text in searched
            if any(mark in text for mark in people)] == []  # fmt: skip


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.kind} at {plan.step}")
def test_the_month_comes_out_the_same(stage: Stage, plan: Plan) -> None:
    assert play(stage, plan).differences == ()
