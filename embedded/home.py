"""RBPK_HOME: the one folder that holds everything the embedded platform writes."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from embedded.errors import EmbeddedError

REPOSITORY = Path(__file__).resolve().parent.parent
PRIVATE = 0o700
# Root hands the database to a system user, who must be able to walk through the folder to his own.
WALKABLE = 0o711


@dataclass(frozen=True)
class Home:
    """Paths below RBPK_HOME and the secrets kept there."""

    root: Path

    @property
    def pg(self) -> Path:
        return self.root / "pg"

    @property
    def airflow(self) -> Path:
        return self.root / "airflow"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def task_logs(self) -> Path:
        return self.logs / "tasks"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def sample(self) -> Path:
        return self.root / "sample"

    def prepare(self) -> Home:
        """Create the folders; personal data lies in some of them, so nobody else may look in."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(WALKABLE if os.geteuid() == 0 else PRIVATE)
        for folder in (
            self.airflow,
            self.inbox,
            self.store,
            self.secrets,
            self.docs,
            self.logs,
            self.run,
        ):
            folder.mkdir(exist_ok=True)
            folder.chmod(PRIVATE)
        return self

    @property
    def installed_on(self) -> str:
        """The day this folder was first used, as YYYY-MM-DD."""
        path = self.run / "installed_on"
        if not path.exists():
            write_private(path, datetime.now(UTC).date().isoformat())
        return path.read_text(encoding="utf-8")

    def secret(self, name: str, size: int = 24) -> str:
        """Return the secret of that name, made at first use and readable by its owner only."""
        path = self.secrets / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(size))
        return path.read_text(encoding="utf-8")


def open_home(path: str | Path | None = None) -> Home:
    """Return the home at `path`, else at RBPK_HOME, else `.rbpk` in the repository."""
    chosen = path or os.environ.get("RBPK_HOME") or REPOSITORY / ".rbpk"
    home = Home(Path(chosen).expanduser().resolve())
    try:
        return home.prepare()
    except PermissionError as error:
        raise EmbeddedError(f"{home.root} is another user's: use that user, or another RBPK_HOME.") from error


def write_private(path: Path, text: str) -> None:
    """Write a file nobody else can read, whole or not at all."""
    hidden = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(text)
    hidden.replace(path)
