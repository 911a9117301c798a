"""`python -m benchmarks`: one run of everything, into RESULTS.md."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import measuring, office, report, server, transformation
from benchmarks.measuring import Measure, call
from benchmarks.month import SEEDS
from sample.generate import Order, generate

RESULTS = Path(__file__).with_name("RESULTS.md")
REGENCY, PERIOD = "64.02", "2025-10"


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--households", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every-feed", action="store_true", help="our month takes in every feed, the office's three")
    parser.add_argument("--dsn", help="administrator's URL of a PostgreSQL server (default: a private one)")
    parser.add_argument("--out", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rbpk-benchmark-"))
    try:
        (folder / "home").mkdir()
        with server.prepared(folder / "home", chosen.dsn) as place:
            failed = measure(chosen, folder, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(int(failed))


def measure(chosen: argparse.Namespace, folder: Path, place: server.Place) -> bool:
    """Measure the office, the floors and our own month on the same files; say whether a step failed."""
    inbox = folder / "inbox"
    files = inbox / REGENCY / PERIOD
    _say(f"Making {chosen.households:,} families")
    generate(Order(REGENCY, PERIOD, chosen.households, chosen.seed, files))
    if not chosen.every_feed:
        _keep_only(files, {path for _, path, _ in office.tables(str(files))})
    environment = {**os.environ, "GX_ANALYTICS_ENABLED": "false", **transformation.environment(place.owner)}
    _say("The office way")
    baseline = call("benchmarks.office", "month", environment, dsn=place.admin, folder=str(files), results=str(folder))
    _say("The floors")
    floor = call("benchmarks.floors", "month", environment, dsn=place.admin, folder=str(files))
    month = ours(environment, folder, place)
    findings = report.Findings(
        households=chosen.households,
        command=f"python -m benchmarks --households {chosen.households}{' --every-feed' * chosen.every_feed}",
        intake=month.intake,
        steps=month.steps,
        startups={**month.startups, "office: Python, pandas and SQLAlchemy": baseline.startup},
        office=baseline.measures,
        floors=floor.measures,
        files={table: path.name for table, path, _ in office.tables(str(files))},
        nothing=month.nothing,
        same_list=month.same_list,
        remarks=[*month.remarks, f"Office: {baseline.result['excluded']:,} families on its exclusion list."],
    )
    print(report.write(findings, chosen.out))
    return month.failed


def _keep_only(folder: Path, wanted: set[Path]) -> None:
    """Leave the files both read: a comparison of one month with another is of the same rows."""
    for path in folder.rglob("*.*"):
        if path.is_file() and path not in wanted:
            path.unlink()


@dataclass
class Month:
    """Our own month as far as it got."""

    environment: dict[str, str]
    intake: list[Measure] = field(default_factory=list)
    steps: list[Measure] = field(default_factory=list)
    startups: dict[str, float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    nothing: float = 0.0
    same_list: list[Measure] = field(default_factory=list)
    failed: bool = False

    def step(self, name: str, function: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Do one step in a process of its own."""
        _say(name)
        outcome = call("benchmarks.month", function, self.environment, **arguments)
        starts = [measure for measure in outcome.measures if measure.name.startswith(("import ", "start "))]
        self.startups[f"{name}: Python and imports"] = outcome.startup + sum(start.seconds for start in starts)
        target = self.intake if function == "intake" else self.steps
        target += [measure for measure in outcome.measures if measure not in starts]
        return outcome.result

    def floor(self, function: str, **arguments: Any) -> None:  # noqa: ANN401 - JSON
        """Measure what the machine allows for the same rows."""
        _say(f"floor: {function}")
        self.steps += call("benchmarks.floors", function, self.environment, **arguments).measures

    def seeds(self, target: Path) -> None:
        """Load the seeds, once for all months."""
        _say("dbt seed")
        took = transformation.load_seeds(SEEDS, self.environment, target)
        self.startups["dbt seed, once a version of the code"] = took

    def build(self, selector: str, opened: dict[str, Any], target: Path) -> None:
        """Build one group of models."""
        _say(f"dbt {selector}")
        measured, startup = transformation.build(selector, opened, self.environment, target)
        self.steps.append(measured)
        self.startups[f"dbt {selector}: start, parse, end"] = startup

    def fixed(self, selector: str, opened: dict[str, Any], target: Path) -> None:
        """Build the same group from nothing: dbt's cost of a node, whatever it builds."""
        measured, _ = transformation.build(selector, opened, self.environment, target)
        self.nothing += measured.seconds
        self.startups[f"dbt {selector}: the same nodes on an empty month"] = measured.seconds


def ours(environment: dict[str, str], folder: Path, place: server.Place) -> Month:
    """Measure our month; a step that fails ends it, and the report says so."""
    month = Month(environment)
    try:
        _steps(month, folder, place)
    except RuntimeError as error:
        month.failed = True
        month.remarks.append(f"The month ended early: {str(error).strip().splitlines()[-1]}")
        _say(str(error))
    return month


def _steps(month: Month, folder: Path, place: server.Place) -> None:
    target, docs, owner = folder / "target", str(folder / "docs"), place.owner
    inbox, store = (folder / "inbox").as_uri(), (folder / "store").as_uri()
    landed = month.step("landing", "intake", owner=owner, inbox=inbox, store=store)["landed"]
    month.step("gate: deliveries", "check_deliveries", owner=owner, landed=landed, docs=docs)
    opened = month.step("open_release", "open_month", owner=owner, regency=REGENCY, period=PERIOD)
    nothing = measuring.call("benchmarks.month", "open_nothing", month.environment, owner=owner, regency=REGENCY).result
    month.startups["bare dbt parse"] = transformation.parse(month.environment, target)
    month.startups["bare import of Great Expectations"] = _importing("great_expectations", month.environment)
    month.startups["bare import of Airflow's SDK"] = _importing("airflow.sdk", month.environment)
    month.seeds(target)
    month.build("before_linkage", opened, target)
    month.fixed("before_linkage", nothing, target)
    linked = month.step("link", "link_people", owner=owner, opened=opened)
    people = f"{linked['persons']:,} persons in {linked['households']:,} households"
    month.remarks.append(f"Ours: {linked['records']:,} records are {people}.")
    month.build("after_linkage", opened, target)
    month.fixed("after_linkage", nothing, target)
    month.step("gate: release", "check_month", owner=owner, release_id=opened["release_id"], docs=docs)
    month.step("publish", "publish_month", publisher=place.publisher, release_id=opened["release_id"])
    _same_list(month, place.owner, target)


def _same_list(month: Month, owner: str, target: Path) -> None:
    """Build once more only what the office's list needs; who is who is said once and counted once."""
    _say("the same list only")
    opened = measuring.call(
        "benchmarks.month", "open_month", month.environment, owner=owner, regency=REGENCY, period=PERIOD
    ).result
    (linked,) = (step for step in month.steps if step.name == "link")
    before, _ = transformation.build("before_linkage", opened, month.environment, target, same_list=True)
    measuring.call("benchmarks.month", "link_people", month.environment, owner=owner, opened=opened)
    after, _ = transformation.build("after_linkage", opened, month.environment, target, same_list=True)
    month.same_list = [before, linked, after]


def _importing(module: str, environment: dict[str, str]) -> float:
    began = time.time()
    measuring.watch([sys.executable, "-c", f"import {module}"], environment)
    return time.time() - began


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
