"""Puts a folder of deliveries into the inbox, each file whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embedded.errors import EmbeddedError
from embedded.logs import cause

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Offered:
    """A file of the folder: its path below it, and its content."""

    path: Path
    name: str
    sha256: str


def offered(folder: Path) -> list[Offered]:
    """Return the files of a folder, hidden ones and office lock files aside."""
    if not folder.is_dir():
        raise EmbeddedError(f"{folder} is not a folder. Give the folder of one month: DELIVERIES=<folder>.")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path, folder)]
    if not files:
        raise EmbeddedError(f"{folder} holds no file to deliver.")
    return [Offered(path, path.relative_to(folder).as_posix(), digest(path)) for path in files]


def deliver(file: Offered, month: Path) -> bool:
    """Copy a file below `<inbox>/<regency>/<period>`; say whether there was something to do."""
    target = month / file.name
    if target.exists() and digest(target) == file.sha256:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    hidden = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(file.path, hidden)
        hidden.replace(target)
    except OSError as error:
        hidden.unlink(missing_ok=True)
        raise EmbeddedError(
            f"{file.name} could not be copied into {month}: {error.strerror}.{cause(str(error))}"
        ) from error
    return True


def digest(path: Path) -> str:
    """Return the sha256 of a file's content."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
