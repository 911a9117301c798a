"""`python -m benchmarks.province`: regencies of one province side by side in one warehouse, a pool bounding how many.

The steps of a month, one process a step, without Airflow. Deliveries are taken in one after the other, as the feeds'
DAGs do; then every regency is judged, built, linked and published by itself, `--at-once` of them at a time. At the end
the first regency is built once more with nothing beside it: isolated means that both ways say the same.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import psutil
import psycopg2

from benchmarks import measuring, report, server, transformation
from benchmarks.__main__ import PERIOD, Month
from benchmarks.segments import SERVER, spent
from sample.generate import Order, generate
from sample.regions import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = Path(__file__).with_name("PROVINCE.md")
PROVINCE = "64"
LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Done:
    """One regency's month, from judged deliveries to published."""

    regency: str
    began: float
    ended: float
    passed: bool
    rows: int
    content_hash: str
    peak_mb: float


@dataclass(frozen=True)
class Cost:
    """Delivered rows; seconds by the clock and of processors; megabytes of all processes together."""

    rows: int
    landing: tuple[float, float]
    together: tuple[float, float]
    alone: tuple[float, float]
    peak: float


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.province", description=__doc__)
    parser.add_argument("--regencies", type=int, default=10)
    parser.add_argument("--households", type=int, default=5_000, help="of each regency")
    parser.add_argument("--at-once", type=int, default=2, help="regencies that build at the same time")
    parser.add_argument("--deliveries", type=Path, help="a folder with each regency's month below its code")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rbpk-province-"))
    try:
        (folder / "home").mkdir()
        codes = regencies(chosen.regencies)
        for number, code in enumerate(codes, start=1):
            month = folder / "inbox" / code / PERIOD
            if chosen.deliveries:
                shutil.copytree(chosen.deliveries / code, month)
            else:
                generate(Order(code, PERIOD, chosen.households, number, month))
        with server.prepared(folder / "home", None) as place:
            text = measure(chosen, codes, folder, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def regencies(count: int) -> list[str]:
    """Return the first regencies of the province, by code."""
    with (SEEDS / "regions.csv").open(encoding="utf-8", newline="") as lines:
        codes = sorted({row["regency_code"] for row in csv.DictReader(lines) if row["province_code"] == PROVINCE})
    if count > len(codes):
        message = f"the region seed knows {len(codes)} regencies of {PROVINCE}, not {count}"
        raise SystemExit(message)
    return codes[:count]


def measure(chosen: argparse.Namespace, codes: list[str], folder: Path, place: server.Place) -> str:
    """Take all deliveries in, run the regencies' months side by side, then the first one alone; give the report."""
    known = {**os.environ, "GX_ANALYTICS_ENABLED": "false", **transformation.environment(place.owner)}
    intake, marks = Month(known), [(time.time(), spent())]
    inbox, store = (folder / "inbox").as_uri(), (folder / "store").as_uri()
    intake.seeds(folder / "target")
    with _memory() as held:
        landed = intake.step("landing", "intake", owner=place.owner, inbox=inbox, store=store)["landed"]
        marks.append((time.time(), spent()))
        of = _regencies_of(place.owner)
        parts = {c: {feed: [one for one in ids if of[one] == c] for feed, ids in landed.items()} for c in codes}

        def month(code: str) -> Done:
            return _month(code, parts[code], known, folder, place)

        with ThreadPoolExecutor(chosen.at_once) as pool:
            done = list(pool.map(month, codes))
        marks.append((time.time(), spent()))
    alone = _month(codes[0], {}, known, folder, place)
    marks.append((time.time(), spent()))
    spans = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(marks)]
    cost = Cost(sum(part.rows for part in intake.intake), spans[0], spans[1], spans[2], max(held))
    return _told(chosen, done, alone, cost)


def _month(code: str, landed: dict[str, list[str]], known: dict[str, str], folder: Path, place: server.Place) -> Done:
    began, month, owner = time.time(), Month(known), place.owner
    target, docs = folder / f"target-{code}", str(folder / f"docs-{code}")
    if landed:
        month.step("gate: deliveries", "check_deliveries", owner=owner, landed=landed, docs=docs)
    opened = month.step("open_release", "open_month", owner=owner, regency=code, period=PERIOD)
    month.build("before_linkage", opened, target)
    month.step("link", "link_people", owner=owner, opened=opened)
    month.build("after_linkage", opened, target)
    release = opened["release_id"]
    passed = bool(month.step("gate: release", "check_month", owner=owner, release_id=release, docs=docs)["passed"])
    said = month.step("publish", "publish_month", publisher=place.publisher, release_id=release)
    peak = max(step.peak_mb for step in month.steps)
    return Done(code, began, time.time(), passed, said["rows"], said["content_hash"], peak)


def _regencies_of(owner: str) -> dict[str, str]:
    with psycopg2.connect(owner) as connection, connection.cursor() as cursor:
        cursor.execute("select delivery_id, regency_code from audit.deliveries")
        return dict(cursor.fetchall())


@contextmanager
def _memory() -> Iterator[list[float]]:
    """Look at what everything holds together, the server too; pages that are shared count once."""
    held, ended = [0.0], Event()

    def look() -> None:
        roots = [psutil.Process(), psutil.Process(int(os.environ[SERVER]))]
        while not ended.wait(LOOK_SECONDS):
            held.append(sum(measuring.held(root) for root in roots) / measuring.MEGABYTE)

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield held
    finally:
        ended.set()
        watcher.join()


def _told(chosen: argparse.Namespace, done: list[Done], alone: Done, cost: Cost) -> str:
    (landing, landing_cpu), (together, together_cpu), (single, single_cpu) = cost.landing, cost.together, cost.alone
    command = f"python -m benchmarks.province --regencies {chosen.regencies} --households {chosen.households}"
    first = min(one.began for one in done)
    same = "the same content hash" if alone.content_hash == done[0].content_hash else "ANOTHER content hash"
    lines = [
        "# A province: regencies side by side", "",
        f"`{command} --at-once {chosen.at_once}` on {report.machine()}.", "",
        "Invented deliveries of every feed, one warehouse, the steps of a month without Airflow, one process a step.",
        "Processor seconds hold PostgreSQL's share. Memory is that of all processes together, the server's too.", "",
        "| | |", "|---|---:|",
        f"| households | {chosen.regencies * chosen.households:,} |", f"| delivered rows | {cost.rows:,} |",
        f"| at once | {chosen.at_once} |",
        f"| taking everything in, s by the clock / processor s | {landing:.0f} / {landing_cpu:.0f} |",
        f"| all months, s by the clock / processor s | {together:.0f} / {together_cpu:.0f} |",
        f"| **together** | **{landing + together:.0f} / {landing_cpu + together_cpu:.0f}** |",
        f"| processor µs a delivered row | {(landing_cpu + together_cpu) / cost.rows * 1e6:.0f} |",
        f"| peak memory, MB | {cost.peak:,.0f} |", "",
        "| regency | began, s | took, s | gate | published rows | dearest step's own memory, MB |",
        "|---|---:|---:|---|---:|---:|",
        *(
            f"| {one.regency} | {one.began - first:.0f} | {one.ended - one.began:.0f} |"
            f" {'passed' if one.passed else 'BLOCKED'} | {one.rows:,} | {one.peak_mb:,.0f} |"
            for one in done
        ), "",
        f"{alone.regency} once more with nothing beside it: {single:.0f} s, {single_cpu:.0f} processor s, {same}.", "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    main()
