"""One step of the month in a process of its own, as a task does it.

Processes are forked from one that has loaded the libraries, as Airflow's tasks are: what is tested is the step,
not how long Python imports. A step may be started again after it died.
"""

# ruff: noqa: PLC0415 - a process pays for its own step only

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upath import UPath

from rbpk.warehouse import Warehouse
from tests.chaos import traps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REGENCY, PERIOD = "64.02", "2025-10"
PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
CODE_VERSION = "chaos"
LIBRARIES = (
    "great_expectations",
    "dbt.cli.main",
    "dbt.adapters.postgres",
    "polars",
    "duckdb",
    "rbpk.landing",
    "rbpk.linkage",
    "rbpk.publishing",
    "rbpk.orchestration.steps.questions",
)


def receive(known: dict[str, Any]) -> None:
    """Store and recognise every file of the inbox."""
    from rbpk.landing import receive as receive_one
    from rbpk.landing import scan

    inbox = UPath(known["inbox"])
    for path in scan(inbox, scan(inbox, {}).seen).ready:
        receive_one(Warehouse(known["owner"]), UPath(known["store"]), inbox, path)


def land(known: dict[str, Any]) -> None:
    """Land what was received."""
    from rbpk.feeds.registry import feed_names
    from rbpk.landing import land as land_one
    from rbpk.landing import load_regions, pending

    warehouse, regions = Warehouse(known["owner"]), load_regions()
    for feed in feed_names():
        for delivery in pending(warehouse, feed):
            land_one(warehouse, UPath(known["store"]), delivery, regions)


def check_deliveries(known: dict[str, Any]) -> None:
    """Let the gate judge what has landed."""
    from expectations import delivery_suites
    from rbpk.feeds.registry import feed_names
    from rbpk.gate import check_delivery
    from rbpk.orchestration.steps.questions import each_unjudged

    warehouse = Warehouse(known["owner"])
    for feed in feed_names():
        for delivery in each_unjudged(warehouse, feed):
            check_delivery(warehouse, delivery, delivery_suites(feed), Path(known["docs"])).raise_if_blocked()


def open_release(known: dict[str, Any]) -> None:
    """Open the candidate, as the same run in every try."""
    from rbpk import publishing

    opened = publishing.open_release(Warehouse(known["owner"]), REGENCY, PERIOD, CODE_VERSION, opened_by="chaos")
    names = ("regency", "period", "release_id", "work_schema", "release_schema")
    print(json.dumps({name: str(getattr(opened, name)) for name in names}))


def stage(known: dict[str, Any]) -> None:
    """Bring the feeds into one shape."""
    _build("before_linkage", known)


def link(known: dict[str, Any]) -> None:
    """Say who is who."""
    from rbpk.linkage import link as link_people

    opened = {name: value for name, value in known["opened"].items() if name != "release_schema"}
    link_people(Warehouse(known["owner"]), token_key=b"chaos", keep_in=Path(known["kept"]), **opened)


def marts(known: dict[str, Any]) -> None:
    """Build the candidate's tables."""
    _build("after_linkage", known)


def check_release(known: dict[str, Any]) -> None:
    """Let the gate judge the candidate."""
    from expectations import release_suites
    from rbpk.gate import check_release as check

    check(
        Warehouse(known["owner"]), known["opened"]["release_id"], release_suites(), Path(known["docs"])
    ).raise_if_blocked()


def publish(known: dict[str, Any]) -> None:
    """Show readers the release."""
    from rbpk import publishing

    publishing.publish(Warehouse(known["publisher"]), known["opened"]["release_id"], "chaos")


def close(known: dict[str, Any]) -> None:
    """Take a candidate back whose run failed, as the month's last task does."""
    from rbpk import publishing

    publishing.close_candidate(Warehouse(known["owner"]), known["opened"]["release_id"])


# In this order.
STEPS: dict[str, Callable[[dict[str, Any]], None]] = {
    one.__name__: one
    for one in (receive, land, check_deliveries, open_release, stage, link, marts, check_release, publish)
}


def _build(selector: str, known: dict[str, Any]) -> None:
    """Build in this process, as Cosmos' one dbt task does: what kills the task kills dbt."""
    from dbt.cli.main import dbtRunner

    from rbpk.orchestration import dbt_flags
    from rbpk.orchestration.dbt_adapter import adapt_dbt

    adapt_dbt()
    target = str(Path(known["docs"]).with_name("target"))
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command = [
        *(*dbt_flags.GLOBAL, "--debug" if known.get("talkative") else "--quiet", "build", *folders),
        *("--target-path", target, "--log-path", target),
        *("--selector", selector, "--vars", json.dumps(known["opened"]), *dbt_flags.BUILD),
    ]
    if not dbtRunner().invoke(command).success:
        sys.exit(1)


class Running:
    """A step under way, in a session of its own; what it prints goes to a file."""

    def __init__(self, step: str, known: dict[str, Any], environment: Mapping[str, str], told: Path) -> None:
        self._told = told
        self._process = FORKS.Process(target=_run, args=(step, known, dict(environment), str(told)))
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def poll(self) -> int | None:
        """Return how it ended, or nothing while it runs."""
        return self._process.exitcode

    def communicate(self) -> str:
        """Wait for its end; return what it printed."""
        self._process.join()
        return self._told.read_text("utf-8", "replace") if self._told.exists() else ""


def _run(step: str, known: dict[str, Any], environment: dict[str, str], told: str) -> None:
    os.setsid()
    out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.update(environment)
    logging.basicConfig(level=logging.DEBUG if known.get("talkative") else logging.WARNING, force=True)
    if not known.get("talkative"):
        # What a step says of being taken up again.
        logging.getLogger("rbpk").setLevel(logging.INFO)
    if room := known.get("room"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), resource.RLIM_INFINITY))
    if trap := known.get("trap"):
        traps.lay(trap, known["owner"])
    {**STEPS, "close": close}[step](known)


FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([*LIBRARIES, __name__])
