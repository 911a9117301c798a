"""Where a month is played: a server of its own, and the warehouse as it was before each step."""

from __future__ import annotations

import json
import secrets
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from embedded import postgres
from embedded.home import open_home
from rbpk.orchestration.installation import LOGINS, install_platform
from rbpk.orchestration.settings import load_settings
from rbpk.warehouse import Warehouse, verify_audit
from sample.generate import Order, generate
from tests.chaos.step import PERIOD, REGENCY, STEPS, Running
from tests.conftest import on_database, run_outside_transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAYED = "chaos"
FINGERPRINT = (Path(__file__).parent / "fingerprint.sql").read_text(encoding="utf-8")


@dataclass
class Stage:
    """A server, the deliveries, and what the undisturbed month left behind after each step."""

    folder: Path
    passwords: dict[str, str]
    opened: dict[str, str] = field(default_factory=dict)
    # The candidate of the undisturbed month, which every seed starts with.
    first: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    after: dict[str, dict[str, str]] = field(default_factory=dict)
    peace: str = ""
    started: int = 0
    # Everything the undisturbed steps printed, at DEBUG.
    told: str = ""
    # What the steps of one seed printed.
    said: str = ""

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def server(self) -> str:
        """Return the administrator's URL; a server that was killed is started again."""
        return postgres.start(self.home).dsn("postgres")

    def seen_by(self, role: str, database: str = PLAYED) -> str:
        """Return the URL by which a role enters the warehouse."""
        return on_database(self.server(), database, f"{role}_login", self.passwords[role])

    def known(self) -> dict[str, Any]:
        """Return what a step is told."""
        return {
            "owner": self.seen_by("rbpk_owner"),
            "publisher": self.seen_by("rbpk_publisher"),
            "kept": str(self.folder / "kept"),
            "inbox": (self.folder / "inbox").as_uri(),
            "store": (self.folder / "store").as_uri(),
            "docs": str(self.folder / "docs"),
            "opened": self.opened,
        }

    def start(self, step: str, *, talkative: bool = False, trap: str = "", room: int | None = None) -> Running:
        """Start a step; the caller waits for it, or kills it. A talkative one logs at DEBUG.

        One in a trap dies or is bereft where the trap says; one without room may write no file beyond that many bytes.
        """
        known = {**self.known(), "talkative": talkative, "trap": trap, "room": room}
        self.started += 1
        told = self.folder / f"told-{self.started}-{step}"
        return Running(step, known, _environment(known["owner"]), told)

    def finish(self, step: str, process: Running) -> tuple[int, str]:
        """Wait for a step; one that opened a release tells the later ones which."""
        output = process.communicate()
        code = process.poll() or 0
        self.said += output
        if step == "open_release" and code == 0:
            self.opened = json.loads(next(line for line in reversed(output.splitlines()) if line.startswith("{")))
        return code, output

    def save(self, step: str) -> None:
        """Keep the warehouse as it is before a step."""
        run_outside_transaction(self.server(), f"create database {_saved(step)} template {PLAYED} strategy file_copy")

    def restore(self, step: str) -> None:
        """Put the warehouse back to before a step."""
        self.opened = dict(self.first)
        dsn = self.server()
        run_outside_transaction(dsn, f"drop database if exists {PLAYED} with (force)")
        run_outside_transaction(dsn, f"create database {PLAYED} template {_saved(step)} strategy file_copy")
        self.install(Warehouse(on_database(dsn, PLAYED)))
        if step == "receive":
            shutil.rmtree(self.folder / "store", ignore_errors=True)

    def install(self, admin: Warehouse) -> None:
        """Grant what a role may do on the database itself, which is not copied with it."""
        install_platform(admin, {}, load_settings({}))

    def spoil_kept(self) -> None:
        """Cut off what linkage kept, in the middle."""
        for path in (self.folder / "kept").glob("*.parquet"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def count_candidates(self) -> int:
        """Return how many candidates are open."""
        query = "select count(*) from audit.releases where status = 'candidate'"
        with Warehouse(on_database(self.server(), PLAYED)).connect() as connection, connection.cursor() as cursor:
            cursor.execute(query)
            (waiting,) = cursor.fetchone() or (0,)
        return int(waiting)

    def fingerprint(self) -> dict[str, str]:
        """Return, for every table that is not a clock's, the number of its rows and a hash of their content."""
        with Warehouse(on_database(self.server(), PLAYED)).connect() as connection, connection.cursor() as cursor:
            cursor.execute(FINGERPRINT)
            queries = cursor.fetchall()
            found = {}
            for table, query in queries:
                cursor.execute(query)
                row = cursor.fetchone()
                found[table] = str(row)
        return found

    def broken_audit(self) -> list[str]:
        """Return where the chain of audit rows does not hold."""
        found = verify_audit(Warehouse(on_database(self.server(), PLAYED)))
        return [str(finding) for finding in found.findings[:10]]

    def content_hash(self) -> str:
        """Return the content hash of what readers see."""
        query = """
            select content_hash from audit.releases
            inner join audit.current_releases using (release_id)
        """
        with Warehouse(on_database(self.server(), PLAYED)).connect() as connection, connection.cursor() as cursor:
            cursor.execute(query)
            row = cursor.fetchone()
        return str(row[0]) if row else "nothing published"


@contextmanager
def played_once(folder: Path, households: int) -> Iterator[Stage]:
    """Give a stage on which the month went through once in peace, each step's start kept."""
    (folder / "home").mkdir()
    for place in (folder, folder / "home"):
        # The server runs as a user of its own, who has to reach its folder.
        place.chmod(0o711)
    generate(Order(REGENCY, PERIOD, households, 1, folder / "inbox" / REGENCY / PERIOD))
    stage = Stage(folder, {role: secrets.token_urlsafe(8) for role in LOGINS})
    try:
        dsn = stage.server()
        run_outside_transaction(dsn, f"create database {PLAYED}")
        install_platform(Warehouse(on_database(dsn, PLAYED)), stage.passwords, load_settings({}))
        for step in STEPS:
            stage.save(step)
            began = time.monotonic()
            code, output = stage.finish(step, stage.start(step, talkative=True))
            stage.told += output
            if code:
                raise RuntimeError(f"{step} fails undisturbed\n{output[-4000:]}")
            stage.seconds[step] = time.monotonic() - began
            stage.after[step] = stage.fingerprint()
        stage.peace = stage.content_hash()
        stage.first = dict(stage.opened)
        yield stage
    finally:
        postgres.stop(open_home(folder / "home"))


def _saved(step: str) -> str:
    return f"chaos_before_{step}"


def _environment(owner: str) -> dict[str, str]:
    parts = urlsplit(owner)
    return {
        "DBT_HOST": parts.hostname or "",
        "DBT_PORT": str(parts.port or 5432),
        "DBT_USER": parts.username or "",
        "DBT_PASSWORD": unquote(parts.password or ""),
        "DBT_DBNAME": parts.path.lstrip("/"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
    }
