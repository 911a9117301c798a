"""Airflow's processes: healthy after start, recovered after kill -9, gone without a trace after stop."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from embedded import airflow, databases, environment, postgres, processes
from embedded.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator

DAG = """
from airflow.sdk import dag, task

@dag(schedule=None)
def nothing():
    @task
    def rest() -> None: ...
    rest()

nothing()
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        place = Home(Path(folder) / "home").prepare()
        yield place
        airflow.stop(place)
        postgres.remove(place)


def _variables(home: Home) -> dict[str, str]:
    server = postgres.start(home)
    databases.prepare(home, server)
    dags = home.root / "dags"
    dags.mkdir(exist_ok=True)
    (dags / "nothing.py").write_text(DAG)
    return environment.build(home, server, airflow.port(home), dags=dags)


def test_comes_up_survives_kill_9_and_leaves_nothing(home: Home) -> None:
    variables = _variables(home)
    airflow.start(home, variables)
    assert airflow.unhealthy(int(variables["AIRFLOW__API__PORT"])) == []
    before = airflow.states(home)

    airflow.start(home, variables)
    assert airflow.states(home) == before

    scheduler = psutil.Process(next(state.pid for state in before if state.name == "scheduler"))
    scheduler.kill()
    scheduler.wait(timeout=10)
    airflow.start(home, variables)
    assert airflow.running(home)
    assert airflow.states(home) != before

    ours = processes.belonging(home, airflow.NAMES)
    assert len(ours) > len(airflow.NAMES)
    listening = {at.laddr.ip for process in ours for at in _connections(process) if at.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}

    airflow.stop(home)
    assert [process for process in ours if process.is_running() and process.status() != psutil.STATUS_ZOMBIE] == []
    assert processes.belonging(home, airflow.NAMES) == []


def _connections(process: psutil.Process) -> list[psutil._common.pconn]:
    with suppress(psutil.Error):
        return process.net_connections("inet")
    return []
