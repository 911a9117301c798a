"""One embedded platform for all end-to-end tests: real PostgreSQL, real scheduler, real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg2
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from embedded import airflow, processes
from embedded.home import Home
from tests.e2e.canaries import plant
from tests.e2e.surfing import await_quiet, leave, log_in, sign
from tests.places import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    code: int
    output: str
    seconds: float


@dataclass(frozen=True)
class Platform:
    """The platform as a person at the terminal drives it."""

    home: Path
    months: dict[str, Finished] = field(default_factory=dict)
    doors: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    # What the person who signed the second month was shown.
    shown: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "RBPK_HOME": str(self.home),
            "PYTHONPATH": f"{REPOSITORY / 'plugins'}{os.pathsep}{REPOSITORY}",
            "COLUMNS": "160",
            **self.settings,
        }

    def command(self, *arguments: str) -> Finished:
        """Run `python -m embedded …` to its end."""
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "embedded", *arguments],
            cwd=REPOSITORY,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Finished(done.returncode, done.stdout + done.stderr, time.monotonic() - began)

    def generate(self, folder: Path) -> Path:
        """Write the sample's month and the two after it: the same invented people, a little later."""
        command = [*(sys.executable, "-m", "sample", "--period", "2025-10", "--months", "3"), *("--out", str(folder))]
        subprocess.run(command, cwd=REPOSITORY, env=self.environment, check=True, capture_output=True)
        return folder

    def ask(self, query: str, role: str = "rbpk_publisher") -> list[tuple[object, ...]]:
        """Ask the warehouse as the login of a role."""
        if role not in self.doors:
            self.doors[role] = self.command("dsn", role).output.strip()
        connection = psycopg2.connect(self.doors[role])
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()
        finally:
            connection.close()

    def login(self) -> tuple[str, str, str]:
        """Return address, user and password as `make ui` prints them."""
        if "ui" not in self.doors:
            self.doors["ui"] = self.command("ui").output
        words = self.doors["ui"].split()
        return words[0], words[words.index("login") + 1], words[words.index("password") + 1]


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    """Start the platform by running the sample month; stop it when the tests are done."""
    # Not below pytest's own folder: another run of pytest closes that to the system user who runs PostgreSQL.
    place = Path(tempfile.mkdtemp(prefix="rbpk-e2e-", dir=quick()))
    place.chmod(0o711)
    started = Platform(place / "home")
    try:
        started.months["sample"] = started.command("run")
        yield started
    finally:
        stopped = started.command("stop")
        left = processes.belonging(Home(started.home), airflow.NAMES)
        shutil.rmtree(place, ignore_errors=True)
    assert stopped.code == 0, stopped.output
    assert left == []


@pytest.fixture(scope="session")
def later_months(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with one folder of deliveries a month."""
    return platform.generate(tmp_path_factory.mktemp("deliveries"))


@pytest.fixture(scope="session")
def restarted(platform: Platform, browser: webdriver.Chrome) -> Finished:
    """Kill the scheduler and run again, from now on with signatures: the one restart of Airflow serves both."""
    leave(browser)
    await_quiet(platform)
    scheduler = psutil.Process(
        next(state.pid for state in airflow.states(Home(platform.home)) if state.name == "scheduler" and state.pid)
    )
    scheduler.kill()
    scheduler.wait(timeout=10)
    platform.settings["RBPK_SIGN_OFF_HOURS"] = "24"
    return platform.command("run")


@pytest.fixture(scope="session")
def second_month(
    platform: Platform,
    later_months: Path,
    restarted: Finished,
    browser: webdriver.Chrome,
    tmp_path_factory: pytest.TempPathFactory,
) -> Finished:
    """Run the month after the sample's from a folder, once for all tests that need two releases.

    Marked people are among its rows, and a person signs it in the browser.
    """
    assert restarted.code == 0, restarted.output
    folder = later_months / "2025-11"
    assert plant(folder) > 10
    command = ("run", "--deliveries", str(folder), "--regency", "64.02", "--period", "2025-11")
    with ThreadPoolExecutor(1) as pool:
        month = pool.submit(platform.command, *command)
        shots = tmp_path_factory.mktemp("shots")
        platform.shown.append(sign(platform, browser, "6402-202511-r1", month, shots))
        platform.months["2025-11"] = month.result()
    return platform.months["2025-11"]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Open Debian's Chromium without a screen."""
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1600,1200",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def engineer(platform: Platform, browser: webdriver.Chrome) -> webdriver.Chrome:
    """Log in through the form, as a person does."""
    log_in(platform, browser)
    return browser
