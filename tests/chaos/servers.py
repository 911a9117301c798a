"""What happens to servers: half made, bereft of their first process, cut off while clearing away."""

from __future__ import annotations

import logging
import multiprocessing
import time
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2

from embedded import postgres, postgres_processes
from embedded.home import Home, open_home
from rbpk.publishing import publish, retain
from rbpk.warehouse import Warehouse
from tests.conftest import on_database, run_outside_transaction
from tests.integration.publishing_kit import REGENCY, candidate, run

if TYPE_CHECKING:
    from tests.chaos.stage import Stage

SEEN = "recovered"
CLEARING = "clearing"
DETACHING = "query ilike '%detach partition%concurrently%' and pid <> pg_backend_pid()"
BEHIND = f"select count(*) from pg_stat_activity where {DETACHING} and wait_event_type = 'Lock'"
CUT = f"select pg_terminate_backend(pid) from pg_stat_activity where {DETACHING}"


def orphaned(stage: Stage) -> str:
    """Kill the first process of the server beside one that does not notice; the next start has to end it."""
    data = open_home(stage.home).pg.resolve()
    first = postgres_processes.postmaster(data)
    if first is None:
        return ""
    deaf = next(one for one in postgres_processes.of(data) if one.pid != first.pid)
    deaf.suspend()
    first.kill()
    first.wait(timeout=10)
    left = postgres_processes.of(data)
    stage.server()
    still = {one.pid for one in postgres_processes.of(data)}
    return f"postmaster: {SEEN}" if left and not any(one.pid in still for one in left) else ""


def half_made(stage: Stage) -> tuple[str, tuple[str, ...]]:
    """Start a server whose folder a killed start left half made."""
    folder = stage.folder / "half"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    home = Home(folder / f"home-{time.monotonic_ns()}").prepare()
    home.pg.mkdir(mode=0o700)
    (home.pg / "PG_VERSION").write_text("18\n", "utf-8")
    try:
        server = postgres.start(home)
        with closing(psycopg2.connect(server.dsn("postgres"))):
            return f"half server: {SEEN}", ()
    finally:
        postgres.remove(home)


def clear_half(stage: Stage) -> tuple[str, tuple[str, ...]]:
    """Kill the clearing away of an old release while it waits for a reader; the next one finishes it."""
    run_outside_transaction(stage.server(), f"drop database if exists {CLEARING} with (force)")
    run_outside_transaction(
        stage.server(), f"create database {CLEARING} template chaos_before_receive strategy file_copy"
    )
    admin = Warehouse(on_database(stage.server(), CLEARING))
    stage.install(admin)
    run(admin, "grant pg_read_all_stats to rbpk_publisher")
    owner, publisher = stage.seen_by("rbpk_owner", CLEARING), stage.seen_by("rbpk_publisher", CLEARING)
    for number in (1, 2, 3):
        publish(Warehouse(publisher), candidate(Warehouse(owner), (number,)).release_id, "chaos")
    said = stage.folder / "clearing"
    with Warehouse(on_database(stage.server(), CLEARING)).connect() as reader, reader.cursor() as ask:
        ask.execute("select count(*) from marts.mart_households")
        killed = multiprocessing.get_context("forkserver").Process(target=_retain, args=(publisher, str(said)))
        killed.start()
        with admin.connect(autocommit=True) as watch, watch.cursor() as seen:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                seen.execute(BEHIND)
                if (seen.fetchone() or (0,))[0]:
                    break
                time.sleep(0.05)
            killed.kill()
            seen.execute(CUT)
        killed.join()
    again = multiprocessing.get_context("forkserver").Process(target=_retain, args=(publisher, str(said)))
    again.start()
    again.join()
    told = said.read_text("utf-8") if said.exists() else ""
    with admin.connect() as connection, connection.cursor() as cursor:
        cursor.execute("select to_regnamespace('release_6402_202610_r1') is null, desil from published.mart_households")
        found = cursor.fetchall()
    return told, () if found == [(True, 3)] else (f"after a clearing that was killed readers of {REGENCY} see {found}",)


def _retain(publisher: str, said: str) -> None:
    logging.basicConfig(filename=said, level=logging.INFO, force=True)
    retain(Warehouse(publisher), 2)
