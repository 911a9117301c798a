"""What goes wrong: a process is killed, the server is killed, a connection is cut, a step is started twice."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from embedded import postgres
from embedded.home import open_home
from rbpk.warehouse import Warehouse
from tests.chaos.step import STEPS
from tests.conftest import on_database

if TYPE_CHECKING:
    from tests.chaos.stage import Stage
    from tests.chaos.step import Running

# As often as Airflow tries a task again.
TRIES = 4
KINDS = ("process", "process", "server", "connection", "twice")
CUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = 'chaos' and pid <> pg_backend_pid() order by backend_start desc limit 1
"""


@dataclass(frozen=True)
class Plan:
    """One seed: which step, what happens to it, and when (a share of the time it takes in peace)."""

    seed: int
    step: str
    kind: str
    moment: float

    @classmethod
    def of(cls, seed: int) -> Plan:
        """Draw a plan; the same seed draws the same."""
        dice = random.Random(seed)  # noqa: S311 - no secret
        steps = list(STEPS)
        return cls(seed, steps[seed % len(steps)], dice.choice(KINDS), dice.uniform(0.05, 1.0))


@dataclass(frozen=True)
class Played:
    """How it ended: whether the disturbance hit a running step, tries needed, and what differs from peace."""

    plan: Plan
    hit: bool
    tries: int
    differences: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not self.differences


def play(stage: Stage, plan: Plan) -> Played:
    """Disturb one step, do it again until it succeeds, and compare with the undisturbed month."""
    stage.restore(plan.step)
    first = stage.start(plan.step)
    time.sleep(plan.moment * stage.seconds[plan.step])
    hit = _disturb(stage, plan, first)
    code, output = stage.finish(plan.step, first)
    tries = 1
    while code and tries < TRIES:
        tries += 1
        code, output = stage.finish(plan.step, stage.start(plan.step))
    if code:
        return Played(plan, hit, tries, (f"{plan.step} does not come through: {output[-1500:]}",))
    return Played(plan, hit, tries, tuple(_differences(stage, plan.step)))


def _disturb(stage: Stage, plan: Plan, process: Running) -> bool:
    """Do what the plan says; say whether the step was still running."""
    running = process.poll() is None
    if plan.kind == "process":
        _kill_one(process, plan.seed)
    elif plan.kind == "server":
        for one in postgres.processes(open_home(stage.home)):
            _kill(one)
    elif plan.kind == "connection":
        with Warehouse(on_database(stage.server(), "postgres")).connect(autocommit=True) as link, link.cursor() as ask:
            ask.execute(CUT)
    else:
        stage.finish(plan.step, stage.start(plan.step))
    return running


def _kill_one(process: Running, seed: int) -> None:
    """Kill the step or one of the processes it started."""
    try:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    _kill(family[seed % len(family)])


def _kill(process: psutil.Process) -> None:
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return


def _differences(stage: Stage, step: str) -> list[str]:
    """Name the tables that are not what they were after the same step in peace."""
    if step == "open_release":
        # A candidate that was opened twice has another number: what matters is what readers get.
        return _to_the_end(stage)
    broken = stage.broken_audit()
    if broken:
        return broken
    now, then = stage.fingerprint(), stage.after[step]
    tables = sorted({*now, *then})
    return [f"{one}: {then.get(one)} became {now.get(one)}" for one in tables if now.get(one) != then.get(one)]


def _to_the_end(stage: Stage) -> list[str]:
    steps = list(STEPS)
    for step in steps[steps.index("open_release") + 1 :]:
        code, output = stage.finish(step, stage.start(step))
        if code:
            return [f"{step} fails after a disturbed open_release: {output[-1500:]}"]
    found = stage.content_hash()
    return [] if found == stage.peace else [f"content hash {found}"]
