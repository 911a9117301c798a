"""The main job: deliver a month, wait until it has landed, reconcile it, say what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from embedded import inbox, room, runs, samples, service, summary
from embedded.board import Board, Item, open_console
from embedded.errors import EmbeddedError
from embedded.ledger import Month

if TYPE_CHECKING:
    from pathlib import Path

    from embedded.api import Api
    from embedded.home import Home
    from embedded.inbox import Offered
    from embedded.ledger import Delivery

LOOK_SECONDS = 1.0
# Telling of two hundred tasks costs Airflow's server a fifth of a second that a month could use.
LOOK_AT_TASKS_SECONDS = 3.0
FIRST_PARSE_SECONDS = 120.0
# Longer than any one step may be silent: a task, its retries and the pauses between them.
PATIENCE_SECONDS = 1800.0
INTERRUPTED = 130


@dataclass(frozen=True)
class Job:
    """A folder of deliveries (None: the sample) for a regency and a period."""

    regency: str = samples.REGENCY
    period: str = samples.PERIOD
    folder: Path | None = None


@dataclass(frozen=True)
class Work:
    """A job under way: what to watch, whom to ask, whom to tell."""

    home: Home
    api: Api
    month: Month
    files: list[Offered]
    board: Board
    began: datetime

    def rows(self) -> list[Delivery]:
        """Return what the ledger says about the files."""
        return self.month.deliveries([file.sha256 for file in self.files])


def run(home: Home, job: Job, dags: Path | None = None) -> int:
    """Do the main job; return the exit code."""
    began = datetime.now(UTC)
    console = open_console()
    failed: list[runs.Failure] = []
    with Board(console) as board:
        room.require(home)
        files = inbox.offered(job.folder or samples.make(home, board.say))
        if doubt := room.doubt(home, files):
            board.say(doubt)
        platform = service.up(home, job.regency, dags, board.say)
        month = Month(platform.dsn("rbpk_publisher"), job.regency, job.period)
        work = Work(home, platform.api(), month, files, board, began)
        try:
            await_dags(work)
            deliver(work)
            await_landing(work)
            failed = reconcile(work)
        except KeyboardInterrupt:
            board.say("Interrupted: the work goes on in Airflow; `make run` joins it again, `make stop` ends it.")
            return INTERRUPTED
    good = summary.show(console, month, began)
    summary.show_doors(console, platform)
    for failure in failed:
        console.print(f"\n{failure}", style="red", markup=False)
    return 0 if good and not failed else 1


def await_dags(work: Work) -> None:
    """Wait until the DAGs are known: the first start reads their files for the first time."""
    deadline = time.monotonic() + FIRST_PARSE_SECONDS
    while True:
        try:
            for dag in (runs.RECEIVE, runs.RECONCILE):
                runs.require(work.api, dag)
        except EmbeddedError:
            if time.monotonic() > deadline or runs.broken(work.api):
                raise
            work.board.show("Airflow is reading the DAGs", [Item("DAGs", "waiting")])
            time.sleep(LOOK_SECONDS)
        else:
            return


def deliver(work: Work) -> None:
    """Copy what is new; a content that is in this month's ledger need not be sent again."""
    known = {row.sha256 for row in work.rows()}
    target = work.home.inbox / work.month.regency / work.month.period
    copied = sum(inbox.deliver(file, target) for file in work.files if file.sha256 not in known)
    recognised = sum(file.sha256 in known for file in work.files)
    work.board.say(f"{len(work.files)} files offered, {copied} copied into the inbox, {recognised} known already")


def await_landing(work: Work) -> None:
    """Wait until every file has its final rows in the ledger, or a DAG that should do it failed."""
    changed, before = time.monotonic(), frozenset[tuple[str, str]]()
    while True:
        rows = work.rows()
        title = f"Landing {work.month.regency} {work.month.period}"
        work.board.show(title, [_delivery_item(file, rows) for file in work.files])
        _raise_failures(work)
        # A landed delivery is checked next and may still be held.
        if all(_is_final(file, rows) for file in work.files) and not runs.intake_active(work.api):
            return
        now = frozenset((row.delivery_id, row.status) for row in rows)
        if now != before:
            changed, before = time.monotonic(), now
        if time.monotonic() - changed > PATIENCE_SECONDS:
            minutes = PATIENCE_SECONDS / 60
            raise EmbeddedError(f"No delivery moved for {minutes:.0f} minutes: see `make status` and `make ui`.")
        time.sleep(LOOK_SECONDS)


def reconcile(work: Work) -> list[runs.Failure]:
    """Run the month, or join the run a killed `make run` left behind; return what failed."""
    regency, period = work.month.regency, work.month.period
    run_id, joined = runs.reconcile(work.api, regency, period)
    work.board.say(f"{'Joined' if joined else 'Started'} {runs.RECONCILE} for {regency} {period}")
    state = runs.ACTIVE[0]
    while state in runs.ACTIVE:
        time.sleep(LOOK_AT_TASKS_SECONDS)
        state = runs.state(work.api, runs.RECONCILE, run_id)
        steps = runs.steps(work.api, runs.RECONCILE, run_id)
        work.board.show(f"Reconciling {regency} {period}", [_step_item(step) for step in steps])
        if any(step.name == runs.LAST and step.state == "success" for step in steps):
            work.board.say("Done; Airflow goes on filling in the boxes of single models for its UI.")
            return []
    if state == "success":
        return []
    found = runs.failures(work.api, work.home.task_logs, runs.RECONCILE, run_id)
    return found or [runs.Failure(runs.RECONCILE, run_id, "the run failed; see the UI", None)]


def _raise_failures(work: Work) -> None:
    for dag, run_id in runs.intake_failed(work.api, work.began):
        found = runs.failures(work.api, work.home.task_logs, dag, run_id)
        if found:
            raise EmbeddedError("\n".join(str(failure) for failure in found))


def _delivery_item(file: Offered, rows: list[Delivery]) -> Item:
    mine = [row for row in rows if row.sha256 == file.sha256]
    if not mine:
        return Item(file.name, "waiting")
    states = {row.status for row in mine}
    state = "received" if "received" in states else ", ".join(sorted(states))
    return Item(file.name, state, "; ".join(filter(None, map(_account, mine))))


def _account(row: Delivery) -> str:
    what = f"{row.feed} {row.entity}".strip()
    if row.rows_read is None:
        return f"{what} {row.error_code}".strip()
    return (
        f"{what} {row.rows_read:,} rows = {row.rows_loaded:,} loaded"
        f" + {row.rows_quarantined:,} quarantined + {row.rows_duplicate:,} duplicate"
    )


def _is_final(file: Offered, rows: list[Delivery]) -> bool:
    mine = [row for row in rows if row.sha256 == file.sha256]
    return bool(mine) and all(row.is_final for row in mine)


def _step_item(step: runs.Step) -> Item:
    detail = f"{step.done} of {step.tasks} tasks" if step.tasks > 1 else ""
    return Item(step.name, step.state, detail, step.seconds)
