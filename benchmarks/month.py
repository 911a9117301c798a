"""Our path: the step functions as orchestration calls them, one process per step.

Every step imports what it needs itself: a process pays for its own step only, as a task does.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from upath import UPath

from rbpk.warehouse import Warehouse

if TYPE_CHECKING:
    from benchmarks.segments import Clock

SEEDS = "seeds_of_this_code"
"""Where the first run of a version of the code leaves its seeds for all later ones."""

EMPTY = "2023-01"
"""A month in which nothing was delivered."""


def intake(clock: Clock, owner: str, inbox: str, store: str) -> None:
    """Receive every file, then land every delivery."""
    from rbpk.feeds.registry import feed_names
    from rbpk.landing import land, load_regions, pending, receive, scan

    root, shelf = UPath(inbox), UPath(store)
    first = scan(root, {})
    ready = scan(root, first.seen).ready
    # As the tasks do: one connection for all their files.
    with Warehouse(owner).kept() as warehouse:
        for path in ready:
            with clock.part(f"receive {_kind(path)}"):
                receive(warehouse, shelf, root, path)
    regions = load_regions()
    with clock.part("start the reader"):
        smallest = min((Path((root / one).path) for one in ready), key=lambda one: one.stat().st_size)
        start_reader(smallest, regions.folder)
    landed: dict[str, list[str]] = {}
    for feed in feed_names():
        with Warehouse(owner).kept() as warehouse:
            for delivery in pending(warehouse, feed):
                with clock.part("land ?") as part:
                    outcome = land(warehouse, shelf, delivery, regions)
                part.name, part.rows = f"land {outcome.feed} {outcome.entity}", outcome.rows_read
                if outcome.status == "landed":
                    landed.setdefault(feed, []).append(delivery)
    clock.result = {"landed": landed}


def land_one(clock: Clock, owner: str, inbox: str, path: str, first: str) -> None:
    """Land one file; the reader has read a small one before, as it has when files come one after the other."""
    from rbpk.landing import land, load_regions, receive

    root, shelf = UPath(inbox), UPath(f"{inbox}-store")
    regions = load_regions()
    start_reader(Path(first), regions.folder, "p3ke", "individuals")
    # As the task does: the connection is there from asking what waits.
    with Warehouse(owner).kept() as warehouse:
        (delivery,) = receive(warehouse, shelf, root, path).deliveries
        with clock.part("land") as part:
            outcome = land(warehouse, shelf, delivery.delivery_id, regions)
    if outcome.status != "landed":
        raise RuntimeError(f"the list did not land: {outcome.status} {outcome.error_code}")
    part.rows = outcome.rows_read


def start_reader(path: Path, regions: Path, feed: str = "pkh", entity: str = "payments") -> None:
    """Let the parsing process load its libraries, by reading a small list to nowhere."""
    from rbpk.feeds.child import Job, judged_rows

    with judged_rows(Job(path, regions, "-", "64.02", "2026-09", feed, entity, path.name)) as rows:
        while rows.read(1 << 16):
            pass


def _kind(path: str) -> str:
    return Path(path).name


def check_deliveries(clock: Clock, owner: str, landed: dict[str, list[str]], docs: str) -> None:
    """Let the gate judge what has landed."""
    with clock.part("import Great Expectations"):
        import great_expectations  # noqa: F401 - the gate imports it at its first check

        from expectations import delivery_suites
        from rbpk.gate import check_delivery

        warehouse = Warehouse(owner)
        suites = {feed: delivery_suites(feed) for feed in landed}
    with clock.part("gate: deliveries"):
        for feed, deliveries in landed.items():
            with warehouse.kept() as kept:
                for delivery in deliveries:
                    check_delivery(kept, delivery, suites[feed], Path(docs))


def open_month(clock: Clock, owner: str, regency: str, period: str, *, force: bool = True) -> None:
    """Open a candidate release; unforced, only if something is new."""
    from rbpk import publishing

    with clock.part("open_release"):
        opened = publishing.open_release(Warehouse(owner), regency, period, "benchmark", force=force)
    names = ("regency", "period", "release_id", "work_schema", "release_schema")
    clock.result = {name: str(getattr(opened, name)) for name in names} | {"seed_schema": SEEDS}


def open_nothing(clock: Clock, owner: str, regency: str) -> None:
    """Prepare a release of no deliveries: what dbt costs when there is nothing to build from."""
    names = {"regency": regency, "period": EMPTY, "release_id": "nothing"}
    names |= {"work_schema": "work_nothing", "release_schema": "release_nothing", "seed_schema": SEEDS}
    with clock.part("open nothing"), Warehouse(owner).connect() as connection, connection.cursor() as cursor:
        cursor.execute("create schema work_nothing")
        cursor.execute("create schema release_nothing")
        cursor.execute("create table work_nothing.person_links (like linkage.person_links)")
    clock.result = names


def link_people(clock: Clock, owner: str, opened: dict[str, Any], keep_in: str | None = None) -> None:
    """Say who is who; with a folder to keep verdicts in, a later month compares only what is new."""
    from rbpk.linkage import link

    with clock.part("link") as part:
        outcome = link(
            Warehouse(owner),
            regency=opened["regency"],
            period=opened["period"],
            release_id=opened["release_id"],
            work_schema=opened["work_schema"],
            token_key=b"benchmark",
            keep_in=Path(keep_in) if keep_in else None,
        )
    part.rows = outcome.records
    clock.result = {"records": outcome.records, "persons": outcome.persons, "households": outcome.households}


def check_month(clock: Clock, owner: str, release_id: str, docs: str) -> None:
    """Let the gate judge the candidate."""
    with clock.part("import Great Expectations"):
        import great_expectations  # noqa: F401 - the gate imports it at its first check

        from expectations import release_suites
        from rbpk.gate import check_release

        warehouse = Warehouse(owner)
        # Each rule is a class, made when its suite is first named: of the scheduler, which tasks are forked from.
        suites = release_suites()
    with clock.part("gate: release"):
        verdict = check_release(warehouse, release_id, suites, Path(docs))
    clock.result = {"passed": verdict.passed}


def publish_month(clock: Clock, publisher: str, release_id: str) -> None:
    """Show readers the release."""
    from rbpk import publishing

    with clock.part("publish") as part:
        done = publishing.publish(Warehouse(publisher), release_id, "benchmark")
    part.rows = done.rows
    clock.result = {"rows": done.rows, "content_hash": done.content_hash}
