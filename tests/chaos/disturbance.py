"""What goes wrong: a process or the server is killed, a connection cut, a step started twice, a disk fills."""

from __future__ import annotations

import random
import signal
import time
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from embedded import postgres
from embedded.home import open_home
from rbpk.warehouse import Warehouse
from tests.chaos import servers
from tests.chaos.branches import BRANCHES, Branch
from tests.chaos.step import STEPS
from tests.chaos.traps import SPRUNG
from tests.conftest import on_database
from tests.little_room import no_room_for

if TYPE_CHECKING:
    from tests.chaos.stage import Stage
    from tests.chaos.step import Running

# As often as Airflow tries a task again.
TRIES = 4
KINDS = ("process", "process", "server", "connection", "twice", "room")
# Every so many seeds one goes for a certain branch, each branch in turn.
AIMED = 5
CUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = 'chaos' and pid <> pg_backend_pid() order by backend_start desc limit 1
"""
# Less than most lists, more than what a step prints when it fails.
ROOM_BYTES = 1 << 14
# Every month lands some.
FULL = "landing.p3ke__families"


@dataclass(frozen=True)
class Plan:
    """One seed: which step, what happens to it, and when (a share of the time it takes in peace) or where."""

    seed: int
    step: str
    kind: str
    moment: float
    trap: str = ""

    @classmethod
    def of(cls, seed: int) -> Plan:
        """Draw a plan; the same seed draws the same."""
        dice = random.Random(seed)  # noqa: S311 - no secret
        steps = list(STEPS)
        drawn = cls(seed, steps[seed % len(steps)], dice.choice(KINDS), dice.uniform(0.05, 1.0))
        if seed % AIMED != AIMED - 1:
            return drawn
        aim = BRANCHES[seed // AIMED % len(BRANCHES)]
        return cls(seed, aim.step, aim.kind, min(drawn.moment, 0.6), aim.trap)


@dataclass(frozen=True)
class Played:
    """How it ended: whether the disturbance hit a running step, tries, recoveries seen, and what differs from peace."""

    plan: Plan
    hit: bool
    tries: int
    differences: tuple[str, ...]
    branches: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return not self.differences


def play(stage: Stage, plan: Plan) -> Played:
    """Disturb one step, do it again until it succeeds, and compare with the undisturbed month."""
    aside = {"half server": servers.half_made, "clearing": servers.clear_half}.get(plan.kind)
    if aside is not None:
        said, wrong = aside(stage)
        return Played(plan, hit=True, tries=1, differences=wrong, branches=_taken(said, plan))
    stage.restore(plan.step)
    stage.said = ""
    room = no_room_for(Warehouse(on_database(stage.server(), "chaos")), FULL) if plan.kind == "server room" else None
    with room or nullcontext():
        first = stage.start(plan.step, trap=plan.trap, room=ROOM_BYTES if plan.kind == "room" else None)
        if plan.trap or "room" in plan.kind:
            # Its end is where it was led to.
            stage.finish(plan.step, first)
    if plan.trap or "room" in plan.kind:
        hit = bool(first.poll()) or SPRUNG in stage.said
    else:
        time.sleep(plan.moment * stage.seconds[plan.step])
        hit = _disturb(stage, plan, first)
    code, output = stage.finish(plan.step, first)
    if plan.kind == "spoilt":
        stage.spoil_kept()
    tries = 1
    if plan.kind == "closed":
        return Played(plan, hit, tries, tuple(_again_from_the_start(stage)), _taken(stage.said, plan))
    while code and tries < TRIES:
        tries += 1
        code, output = stage.finish(plan.step, stage.start(plan.step))
    if code:
        differs = (f"{plan.step} does not come through: {output[-1500:]}",)
    else:
        differs = tuple(_differences(stage, plan.step))
    return Played(plan, hit, tries, differs, _taken(stage.said, plan))


def _taken(said: str, plan: Plan) -> tuple[str, ...]:
    """Name the recoveries that told of themselves."""

    def told(one: Branch) -> bool:
        return one.words in said if one.words else f"{plan.kind}: {servers.SEEN}" in said and one.kind == plan.kind

    return tuple(one.name for one in BRANCHES if told(one))


def _disturb(stage: Stage, plan: Plan, process: Running) -> bool:
    """Do what the plan says; say whether the step was still running."""
    running = process.poll() is None
    if plan.kind == "process":
        _kill_one(process, plan.seed)
    elif plan.kind == "server":
        for one in postgres.processes(open_home(stage.home)):
            _kill(one)
    elif plan.kind == "postmaster":
        stage.said += servers.orphaned(stage)
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
    with suppress(psutil.NoSuchProcess):
        process.send_signal(signal.SIGKILL)


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


def _again_from_the_start(stage: Stage) -> list[str]:
    """Close the candidate of a failed run and run the month again, as a person does who clicks Trigger."""
    for step in ("close", "open_release"):
        code, output = stage.finish(step, stage.start(step))
        if code:
            return [f"{step} fails after a run that failed: {output[-1500:]}"]
    return _to_the_end(stage)


def _to_the_end(stage: Stage) -> list[str]:
    steps = list(STEPS)
    for step in steps[steps.index("open_release") + 1 :]:
        code, output = stage.finish(step, stage.start(step))
        if code:
            return [f"{step} fails after a disturbed open_release: {output[-1500:]}"]
    waiting = stage.count_candidates()
    found = stage.content_hash()
    return [] if found == stage.peace and not waiting else [f"content hash {found}, {waiting} candidates left open"]
