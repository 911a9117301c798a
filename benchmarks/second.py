"""`python -m benchmarks.second`: what a month costs after the first one, when nothing or one list is new.

The first month has every list, the second only PKH; the lists of the first stay in force. The second month is then
built once more with nothing of linkage's answers kept: both must have the same content hash, or this ends badly.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg2

from benchmarks import report, server, transformation
from benchmarks.__main__ import PERIOD, REGENCY, Month
from benchmarks.scale import STEPS
from sample.generate import Order, generate

RESULTS = Path(__file__).with_name("SECOND.md")
NEXT, CHANGED = "2025-11", "pkh"
FORGET = "delete from linkage.linked_months where period = %s"


def main() -> None:
    """Measure and write the report; end badly where a cheaper month says something else."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.second", description=__doc__)
    parser.add_argument("--households", type=int, default=50_000)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rbpk-second-"))
    try:
        (folder / "home").mkdir()
        generate(Order(REGENCY, PERIOD, chosen.households, 1, folder / "made", 2))
        with server.prepared(folder / "home", None) as place:
            text, same = measure(chosen.households, folder, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)
    sys.exit(int(not same))


def measure(households: int, folder: Path, place: server.Place) -> tuple[str, bool]:
    """Run the first month, ask for it again, run the second, and the second in full; give the report."""
    known = {**os.environ, "GX_ANALYTICS_ENABLED": "false", **transformation.environment(place.owner)}
    inbox = folder / "inbox" / REGENCY
    inbox.mkdir(parents=True)
    (folder / "made" / PERIOD).rename(inbox / PERIOD)
    first, second, again, full = (Month(known) for _ in range(4))
    first.seeds(folder / "target")
    _run(first, PERIOD, folder, place)
    again.step("open_release", "open_month", owner=place.owner, regency=REGENCY, period=PERIOD, force=False)
    (inbox / NEXT).mkdir()
    (folder / "made" / NEXT / CHANGED).rename(inbox / NEXT / CHANGED)
    cheap = _run(second, NEXT, folder, place)
    repeated = Month(known)
    kept = _build(repeated, NEXT, folder, place)
    with psycopg2.connect(place.owner) as connection, connection.cursor() as cursor:
        cursor.execute(FORGET, (NEXT,))
    shutil.rmtree(folder / "kept")
    whole = _build(full, NEXT, folder, place)
    same = cheap["content_hash"] == kept["content_hash"] == whole["content_hash"]
    months = {
        "first month, every list": first, "asked again, nothing new": again, f"second month, {CHANGED} new": second,
        "second month built again": repeated, "second month, linked anew": full,
    }  # fmt: skip
    return _told(households, months, same=same), same


def _run(month: Month, period: str, folder: Path, place: server.Place) -> dict[str, Any]:
    inbox, store = (folder / "inbox").as_uri(), (folder / "store").as_uri()
    landed = month.step("landing", "intake", owner=place.owner, inbox=inbox, store=store)["landed"]
    month.step("gate: deliveries", "check_deliveries", owner=place.owner, landed=landed, docs=str(folder / "docs"))
    return _build(month, period, folder, place)


def _build(month: Month, period: str, folder: Path, place: server.Place) -> dict[str, Any]:
    owner, target = place.owner, folder / "target"
    opened = month.step("open_release", "open_month", owner=owner, regency=REGENCY, period=period)
    month.build("before_linkage", opened, target)
    month.step("link", "link_people", owner=owner, opened=opened, keep_in=str(folder / "kept"))
    month.build("after_linkage", opened, target)
    month.step("gate: release", "check_month", owner=owner, release_id=opened["release_id"], docs=str(folder / "docs"))
    return month.step("publish", "publish_month", publisher=place.publisher, release_id=opened["release_id"])


def _told(households: int, months: dict[str, Month], *, same: bool) -> str:
    lines = [
        "# A month after the first", "",
        f"`python -m benchmarks.second --households {households}` on {report.machine()}.",
        "Processor seconds, PostgreSQL's share in them; the steps of a month without Airflow, one process a step.", "",
        f"| step | {' | '.join(months)} |", f"|---|{'---:|' * len(months)}",
    ]  # fmt: skip
    for step, names in STEPS.items():
        cells = [_cpu(month, names) for month in months.values()]
        lines.append(f"| {step} | {' | '.join(f'{cell:.1f}' for cell in cells)} |")
    totals = [sum(_cpu(month, names) for names in STEPS.values()) for month in months.values()]
    said = "the same" if same else "ANOTHER"
    return "\n".join([
        *lines, f"| **all** | {' | '.join(f'**{total:.0f}**' for total in totals)} |", "",
        f"The second month, built again, and linked anew with no answer kept: {said} content hash.", "",
    ])  # fmt: skip


def _cpu(month: Month, names: tuple[str, ...]) -> float:
    return sum(part.cpu for part in (*month.intake, *month.steps) if part.name.startswith(names))


if __name__ == "__main__":
    main()
