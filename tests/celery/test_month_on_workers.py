"""The month on two Celery workers and a real broker; one of them is killed in the middle of its work."""

from __future__ import annotations

import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg2
import pytest

from embedded import environment, ports, postgres
from embedded.databases import metadata_dsn
from embedded.home import open_home
from tests.e2e.conftest import REPOSITORY, Finished, Platform
from tests.e2e.surfing import DAG, api_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Ask = Callable[[str], list[tuple[object, ...]]]

WORKERS = ("first", "second")
RUNNING = "select pid from task_instance where task_id = 'link_people' and state = 'running' and pid is not null"
STATES = "select task_id, try_number, state from task_instance where task_id = 'link_people'"


@pytest.fixture
def broker() -> Iterator[str]:
    """Start a broker that keeps nothing; give its URL."""
    port, password = ports.next_free(6390), secrets.token_urlsafe(12)
    server = subprocess.Popen(
        ["redis-server", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )
    assert server.stdin is not None
    # By standard input: no command line shows the password.
    server.stdin.write(f'bind 127.0.0.1\nport {port}\nrequirepass "{password}"\nsave ""\n')
    server.stdin.close()
    yield f"redis://:{password}@127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


@pytest.fixture
def platform(broker: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """Start the platform with the executor as a setting."""
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("AIRFLOW__CELERY__BROKER_URL", broker)
    place = Path(tempfile.mkdtemp(prefix="rbpk-celery-"))
    place.chmod(0o711)
    started = Platform(place / "home")
    try:
        up = started.command("up")
        assert up.code == 0, up.output
        yield started
    finally:
        started.command("stop")
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def workers(platform: Platform) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Start two workers with what every other process of the platform knows."""
    home = open_home(platform.home)
    known = environment.build(home, postgres.start(home), ports.kept(home)["airflow"])
    started = {name: _worker(name, known, home.logs) for name in WORKERS}
    yield started
    for worker in started.values():
        _kill_tree(worker.pid)


def _worker(name: str, known: Mapping[str, str], logs: Path) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "airflow", "celery", "worker", "--concurrency", "2"),
        *("--celery-hostname", f"{name}@localhost", "--skip-serve-logs", "--without-gossip", "--without-mingle"),
    ]
    with (logs / f"worker-{name}.log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=REPOSITORY, env=dict(known), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip


def _kill_tree(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)


@pytest.fixture
def metadata(platform: Platform) -> Iterator[Ask]:
    """Give a question to Airflow's own database, by one connection: a task is looked for between two heartbeats."""
    home = open_home(platform.home)
    with closing(psycopg2.connect(metadata_dsn(home, postgres.start(home)))) as connection:
        connection.autocommit = True

        def ask(query: str) -> list[tuple[object, ...]]:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()

        yield ask


@pytest.mark.timeout(2400)
def test_a_worker_dies_and_the_month_is_published(
    platform: Platform, workers: dict[str, subprocess.Popen[bytes]], metadata: Ask
) -> None:
    done: list[Finished] = []
    month = threading.Thread(target=lambda: done.append(platform.command("run")))
    month.start()
    killed = False
    while month.is_alive():
        # The worker that links, not one that has other work: boxes of `stage` are filled in at the same time.
        linking = {pid for (pid,) in metadata(RUNNING)} if not killed else set()
        for worker in workers.values():
            if linking & {child.pid for child in psutil.Process(worker.pid).children(recursive=True)}:
                _kill_tree(worker.pid)
                killed = True
        time.sleep(0.1)
    month.join()
    assert done[0].code == 0, done[0].output[-3000:]
    assert killed
    assert platform.ask("select status, verdict from audit.releases") == [("published", "passed")]
    tries = metadata(STATES)
    assert tries[0][1] == 2, tries
    assert tries[0][2] == "success"
    # The worker that is left builds the month once more, undisturbed: the same content.
    month = {"regency": "64.02", "period": "2025-10", "force": True}
    run = str(api_of(platform).post(f"/dags/{DAG}/dagRuns", {"logical_date": None, "conf": month})["dag_run_id"])
    while not (ended := metadata(f"select state from dag_run where run_id = '{run}' and end_date notnull")):
        time.sleep(2)
    assert ended == [("success",)]
    hashes = platform.ask("select content_hash from audit.releases where status <> 'candidate' order by release_id")
    assert len(hashes) == 2
    assert hashes[0] == hashes[1]
