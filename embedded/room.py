"""Room on the disk: looked at before anything is started, and told of in plain words where it runs out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from embedded.errors import EmbeddedError
from rbpk.errors import RbpkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embedded.home import Home
    from embedded.inbox import Offered

MEBIBYTE = 1024 * 1024
# An empty platform: the server's files, its log of writes, Airflow's database.
LEAST = 300 * MEBIBYTE
# Bytes on the disk for each delivered one, measured with 250,000 households: the file twice (inbox and store),
# landed rows, links, the month's work tables and the release.
TIMES_DELIVERED = 25
WHAT_TO_DO = (
    "Make room there (docs/runbook.md, 'The disk is full'), then run again: what was done stays, nothing half is kept."
)


def require(home: Home) -> None:
    """Insist on what even an empty platform needs: a server that starts on a full disk ends in the middle of work."""
    for place in {home.root.resolve(), home.pg.resolve()}:
        if place.exists() and (free := shutil.disk_usage(place).free) < LEAST:
            raise EmbeddedError(f"Only {_size(free)} free at {place}, {_size(LEAST)} are needed to start. {WHAT_TO_DO}")


def doubt(home: Home, files: Sequence[Offered]) -> str | None:
    """Return a warning where a first month of these files would probably not fit."""
    needed = LEAST + TIMES_DELIVERED * sum(file.path.stat().st_size for file in files)
    free = shutil.disk_usage(home.root).free
    if free >= needed:
        return None
    return f"{_size(free)} free at {home.root}; a first month of these files takes about {_size(needed)}: it may stop."


def explain(home: Home, error: Exception) -> str:
    """Return what a person is told when the disk filled up under a command."""
    if isinstance(error, RbpkError):
        return f"{error}\n{WHAT_TO_DO}"
    place = error.filename if isinstance(error, OSError) and error.filename else home.root
    return f"No room left on the disk of {place}. {WHAT_TO_DO}"


def _size(size: int) -> str:
    return f"{size / MEBIBYTE:,.0f} MB"
