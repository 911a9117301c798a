"""Airflow's four processes: started, watched until healthy, stopped."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import psutil
import psycopg2

from embedded import ports, processes
from embedded.errors import StartFailed
from embedded.home import write_private
from embedded.logs import explain
from embedded.processes import Component

if TYPE_CHECKING:
    from collections.abc import Mapping

    from embedded.home import Home

HEALTHY_SECONDS = 240.0
# Logs are read from the shared folder: the log servers would listen on every network interface.
COMPONENTS = tuple(
    Component(name, (sys.executable, "-m", "airflow", *arguments))
    for name, arguments in {
        "api-server": ("api-server",),
        "scheduler": ("scheduler", "--skip-serve-logs"),
        "dag-processor": ("dag-processor",),
        "triggerer": ("triggerer", "--skip-serve-logs"),
    }.items()
)
NAMES = tuple(component.name for component in COMPONENTS)
HEARTS = {"scheduler": "scheduler", "dag_processor": "dag-processor", "triggerer": "triggerer"}


@dataclass(frozen=True)
class State:
    """One component: its process number if it runs."""

    name: str
    pid: int | None


def running(home: Home) -> bool:
    """Say whether all four processes run."""
    return all(state.pid for state in states(home))


def states(home: Home) -> list[State]:
    """Return every component's state."""
    found = [(name, processes.alive(home, name)) for name in NAMES]
    return [State(name, process.pid if process else None) for name, process in found]


def port(home: Home) -> int:
    """Return the API server's port: the kept one while it runs, else a free one."""
    if processes.alive(home, "api-server"):
        return ports.kept(home)["airflow"]
    return ports.choose(home, "airflow")


def port_was_kept(home: Home) -> bool:
    """Say whether the chosen port is still ours to use, by us or by nobody."""
    chosen = ports.kept(home)["airflow"]
    return listens(home, chosen) or ports.is_free(chosen)


def start(home: Home, environment: Mapping[str, str]) -> None:
    """Start what does not run and wait until all are healthy."""
    began = datetime.now(UTC)
    mark = home.run / "environment"
    if running(home) and mark.exists() and mark.read_text() == _fingerprint(environment):
        _wait_healthy(home, int(environment["AIRFLOW__API__PORT"]), None)
        return
    # Half a platform is what a crash leaves; its orphans would hold ports and tasks.
    processes.stop_all(home, NAMES)
    _migrate(home, environment)
    _bury_dead(environment)
    for component in COMPONENTS:
        processes.spawn(home, component, environment)
    write_private(mark, _fingerprint(environment))
    _wait_healthy(home, int(environment["AIRFLOW__API__PORT"]), began)


def stop(home: Home) -> int:
    """Stop everything Airflow started; return how many processes that were."""
    return processes.stop_all(home, NAMES)


def _fingerprint(environment: Mapping[str, str]) -> str:
    """Return what tells one platform's settings from another's: a changed one needs a restart."""
    settings = sorted(item for item in environment.items() if item[0].startswith(("AIRFLOW", "RBPK_", "DBT_")))
    return hashlib.sha256(repr(settings).encode()).hexdigest()


def _migrate(home: Home, environment: Mapping[str, str]) -> None:
    """Bring the metadata database to this version; quick to skip, slow to repeat."""
    mark = home.pg / f"airflow-{version('apache-airflow')}"
    if mark.exists():
        return
    log = processes.log_file(home, "db-migrate")
    with log.open("ab") as output:
        done = subprocess.run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=dict(environment), cwd=home.airflow, stdout=output, stderr=output, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise StartFailed(explain("Airflow could not prepare its database", log))
    mark.touch()


def _bury_dead(environment: Mapping[str, str]) -> None:
    statement = (Path(__file__).parent / "sql" / "bury_dead_schedulers.sql").read_text(encoding="utf-8")
    dsn = environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].replace("+psycopg2", "", 1)
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)


def _wait_healthy(home: Home, at: int, began: datetime | None) -> None:
    deadline = time.monotonic() + HEALTHY_SECONDS
    while time.monotonic() < deadline:
        for state in states(home):
            if state.pid is None:
                log = processes.log_file(home, state.name)
                raise StartFailed(explain(f"Airflow's {state.name} ended while starting", log))
        # Another's server may have taken the port meanwhile and would answer in our server's name.
        if listens(home, at) and not unhealthy(at, began):
            return
        time.sleep(0.5)
    late = (unhealthy(at, began) or ["api-server"])[0]
    log = processes.log_file(home, late)
    raise StartFailed(explain(f"Airflow's {late} was not healthy after {HEALTHY_SECONDS:.0f} s", log))


def listens(home: Home, at: int) -> bool:
    """Say whether it is our own API server that listens on this port."""
    server = processes.alive(home, "api-server")
    if server is None:
        return False
    with suppress(psutil.Error):
        family = [server, *server.children(recursive=True)]
        return any(found.laddr.port == at for process in family for found in process.net_connections("tcp4"))
    return False


def unhealthy(at: int, since: datetime | None = None) -> list[str]:
    """Return the components without a heartbeat (newer than `since`, for a former run's linger)."""
    try:
        health = _health(at)
    except (URLError, OSError, json.JSONDecodeError):
        return ["api-server"]
    return [name for heart, name in HEARTS.items() if not _beats(health.get(heart) or {}, heart, since)]


def _beats(answer: Mapping[str, Any], heart: str, since: datetime | None) -> bool:
    beat = answer.get(f"latest_{heart}_heartbeat")
    if answer.get("status") != "healthy" or not beat:
        return False
    return since is None or datetime.fromisoformat(beat) >= since


def _health(at: int) -> dict[str, Any]:
    opener = build_opener(ProxyHandler({}))
    with opener.open(f"http://{ports.LOOPBACK}:{at}/api/v2/monitor/health", timeout=5) as answer:
        health: dict[str, Any] = json.load(answer)
    return health
