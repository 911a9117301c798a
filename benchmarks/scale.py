"""`python -m benchmarks.scale`: one month at growing sizes, step by step; a table and a plot.

Each size is measured in a warehouse of its own and kept in scale.json, so that sizes may be added one at a time;
`--only-report` writes SCALE_MONTHS.md and scale.svg from what is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import bi, report, server, transformation
from benchmarks.__main__ import PERIOD, REGENCY, Month
from benchmarks.plot import lines
from sample.generate import Order, generate

HERE = Path(__file__).parent
KEPT, RESULTS, PLOT = HERE / "scale.json", HERE / "SCALE_MONTHS.md", HERE / "scale.svg"
# What a reader asks for, of what the parts of a month are called.
STEPS = {
    "read and land": ("receive", "land"),
    "gate: deliveries": ("gate: deliveries",),
    "dbt before linkage": ("dbt before_linkage",),
    "link": ("link",),
    "dbt after linkage": ("dbt after_linkage",),
    "gate: release": ("gate: release",),
    "publish": ("publish", "open_release"),
}
# The step a floor is held against: what the machine allows, in the same run and on the same rows.
FLOORS = {
    "floor: bare read": "read and land",
    "floor: bare COPY": "read and land",
    "floor: bare create table as": "dbt before linkage",
    "floor: plain Splink": "link",
    "floor: bare dbt": "dbt before linkage",
}
PLAIN_SPLINK_UNTIL = 250_000
"""Households up to which plain Splink is asked too: beyond, its pairs need more memory than the month."""
Size = dict[str, Any]


def main() -> None:
    """Measure the sizes asked for, keep them, and write the report of all that is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--households", type=int, nargs="*", default=[10_000, 50_000])
    parser.add_argument("--deliveries", type=Path, help="a folder `python -m sample` wrote for the one size given")
    parser.add_argument("--only-report", action="store_true")
    chosen = parser.parse_args()
    kept: dict[str, Size] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for households in () if chosen.only_report else chosen.households:
        kept[str(households)] = measure(households, chosen.deliveries)
        KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sizes = [kept[name] for name in sorted(kept, key=int)]
    RESULTS.write_text(told(sizes), encoding="utf-8")
    PLOT.write_text(lines(
        "Processor microseconds a delivered row", "households", [one["households"] for one in sizes],
        {name: [_cpu(one, name) / one["rows"] * 1e6 for one in sizes] for name in STEPS},
    ), encoding="utf-8")  # fmt: skip
    print(told(sizes))


def measure(households: int, deliveries: Path | None) -> Size:
    """Run one month of invented deliveries from the inbox to published; give its parts and the readers' times."""
    folder = Path(tempfile.mkdtemp(prefix="rbpk-scale-"))
    files = folder / "inbox" / REGENCY / PERIOD
    try:
        (folder / "home").mkdir()
        if deliveries is None:
            generate(Order(REGENCY, PERIOD, households, 1, files))
        else:
            shutil.copytree(deliveries, files)
        with server.prepared(folder / "home", None) as place:
            environment = {**os.environ, "GX_ANALYTICS_ENABLED": "false", **transformation.environment(place.owner)}
            month = Month(environment)
            _run(month, folder, place, households)
            answers = bi.ask(place.reader)
            written = sum(path.stat().st_size for path in (folder / "home").rglob("*") if path.is_file())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    parts = _summed([vars(part) for part in (*month.intake, *month.steps)])
    return {
        "households": households,
        "rows": sum(part.rows for part in month.intake),
        "load": os.getloadavg()[0],
        "machine": report.machine(),
        "database_mb": written / 1024**2,
        "parts": parts,
        "startups": month.startups,
        "slowest_query": max((one.seconds, one.query.name) for one in answers),
    }


def _summed(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add up what is measured file by file; memory is the dearest file's."""
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        one = found.setdefault(part["name"], {**part, "seconds": 0.0, "cpu": 0.0, "rows": 0, "peak_mb": 0.0})
        one.update({name: one[name] + part[name] for name in ("seconds", "cpu", "rows")})
        one["peak_mb"] = max(one["peak_mb"], part["peak_mb"])
    return list(found.values())


def _run(month: Month, folder: Path, place: server.Place, households: int) -> None:
    target, docs, owner = folder / "target", str(folder / "docs"), place.owner
    inbox, store = (folder / "inbox").as_uri(), (folder / "store").as_uri()
    landed = month.step("landing", "intake", owner=owner, inbox=inbox, store=store)["landed"]
    month.step("gate: deliveries", "check_deliveries", owner=owner, landed=landed, docs=docs)
    opened = month.step("open_release", "open_month", owner=owner, regency=REGENCY, period=PERIOD)
    month.floor("every_file", dsn=place.admin, folder=str(folder / "inbox"))
    month.steps.append(transformation.start(month.environment, target))
    month.seeds(target)
    month.build("before_linkage", opened, target)
    if households <= PLAIN_SPLINK_UNTIL:
        month.floor("plain_splink", dsn=owner, work_schema=opened["work_schema"])
    month.step("link", "link_people", owner=owner, opened=opened)
    month.build("after_linkage", opened, target)
    month.step("gate: release", "check_month", owner=owner, release_id=opened["release_id"], docs=docs)
    month.step("publish", "publish_month", publisher=place.publisher, release_id=opened["release_id"])


def _of(size: Size, step: str) -> list[dict[str, Any]]:
    return [part for part in size["parts"] if any(part["name"].startswith(name) for name in STEPS[step])]


def _cpu(size: Size, step: str) -> float:
    return float(sum(part["cpu"] for part in _of(size, step)))


def told(sizes: list[Size]) -> str:
    """Return the report of all sizes."""
    asked = " ".join(str(one["households"]) for one in sizes)
    text = [
        "# A month at growing sizes", "",
        f'`make scale households="{asked}"`: invented deliveries of every',
        "feed, from the inbox to a published release without Airflow, one process a step. Processor seconds hold",
        "PostgreSQL's share; on a busy machine they say more than the clock. Peak memory is that of a step's own",
        "processes. Plain Splink links P3KE, DTKS and PKH only, and only where it is cheap.", "",
        "![cost a row](scale.svg)", "",
        f"| step | {' | '.join(format(one['households'], ',') for one in sizes)} |",
        f"|---|{'---:|' * len(sizes)}",
    ]  # fmt: skip
    for step in STEPS:
        cells = [f"{_cpu(one, step):.1f} / {max(part['peak_mb'] for part in _of(one, step)):,.0f} MB" for one in sizes]
        text.append(f"| {step}, processor s / peak | {' | '.join(cells)} |")
    for floor, held in FLOORS.items():
        found = [[part for part in one["parts"] if part["name"] == floor] for one in sizes]
        cells = [f"{sum(part['cpu'] for part in parts):.1f}" if parts else "" for parts in found]
        text.append(f"| {floor} (of *{held}*), processor s | {' | '.join(cells)} |")
    totals = [sum(_cpu(one, step) for step in STEPS) for one in sizes]
    rows: list[tuple[str, list[str]]] = [
        ("**all, processor s**", [f"**{total:.0f}**" for total in totals]),
        (
            "all, by the clock, s",
            [f"{sum(part['seconds'] for step in STEPS for part in _of(one, step)):.0f}" for one in sizes],
        ),
        ("delivered rows", [f"{one['rows']:,}" for one in sizes]),
        ("processor µs a row", [f"{total / one['rows'] * 1e6:.0f}" for total, one in zip(totals, sizes, strict=True)]),
        ("data folder of the server, MB", [f"{one['database_mb']:,.0f}" for one in sizes]),
        ("slowest of twenty dashboard queries, ms", [f"{1000 * one['slowest_query'][0]:.0f}" for one in sizes]),
        ("load of the machine at the end", [f"{one['load']:.0f}" for one in sizes]),
    ]
    rows += [
        (f"{step}, processor µs a row", [f"{_cpu(one, step) / one['rows'] * 1e6:.1f}" for one in sizes])
        for step in STEPS
    ]
    text += [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]
    return "\n".join([*text, ""])


if __name__ == "__main__":
    main()
