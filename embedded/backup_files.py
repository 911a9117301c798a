"""The files of a backup: copied with their modes, listed with their hashes, and held against that list."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from embedded.errors import EmbeddedError
from embedded.home import PRIVATE, write_private
from embedded.inbox import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
FORMAT = 1
PIECE = 1024 * 1024
AGAIN = "Take another backup, or copy this one anew from where it is kept."


@dataclass(frozen=True)
class Kept:
    """One file of a backup: its path below it, size in bytes, hash and permission bits."""

    path: str
    size: int
    sha256: str
    mode: int


def copy(source: Path, target: Path) -> None:
    """Copy a file to where nobody else can read it, down to the disk; folders on the way are private."""
    make_private(target.parent)
    mode = source.stat().st_mode & 0o777
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as origin, os.fdopen(descriptor, "wb") as copied:
        while piece := origin.read(PIECE):
            copied.write(piece)
        copied.flush()
        os.fchmod(copied.fileno(), mode)
        os.fsync(copied.fileno())


def make_private(folder: Path) -> None:
    """Make a folder and those above it that are missing, each closed to everybody else."""
    if not folder.exists():
        make_private(folder.parent)
        folder.mkdir(mode=PRIVATE)


def files(folder: Path) -> Iterator[Path]:
    """Return the files below a folder in order; a link leads elsewhere and is no part of a backup."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def write_manifest(folder: Path, facts: dict[str, str]) -> str:
    """List every file, last of all: a backup without its list was cut short. Return the list's hash."""
    kept = [
        Kept(path.relative_to(folder).as_posix(), path.stat().st_size, digest(path), path.stat().st_mode & 0o777)
        for path in files(folder)
    ]
    text = json.dumps({"format": FORMAT, **facts, "files": [asdict(file) for file in kept]}, indent=1)
    write_private(folder / MANIFEST, text)
    return hashlib.sha256(text.encode()).hexdigest()


def check(folder: Path) -> list[Kept]:
    """Return what a backup holds; refuse one that lacks a file, has one too many or one that changed."""
    listed = _listed(folder)
    found = {path.relative_to(folder).as_posix(): path for path in files(folder)}
    found.pop(MANIFEST)
    _refuse(folder, "is missing", (file.path for file in listed if file.path not in found))
    _refuse(folder, "is not in its manifest", found.keys() - {file.path for file in listed})
    _refuse(folder, "was changed", (file.path for file in listed if digest(found[file.path]) != file.sha256))
    return listed


def _listed(folder: Path) -> list[Kept]:
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file():
        raise EmbeddedError(f"{folder} is no whole backup: it has no {MANIFEST}, which is written last. {AGAIN}")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise EmbeddedError(f"{path} is of format {manifest['format']}; this version reads format {FORMAT}.")
        return [Kept(**entry) for entry in manifest["files"]]
    except (ValueError, TypeError, KeyError) as error:
        raise EmbeddedError(f"{path} cannot be read: it was changed or damaged. {AGAIN}") from error


def _refuse(folder: Path, what: str, paths: Iterable[str]) -> None:
    named = sorted(paths)
    if named:
        more = f" and {len(named) - 1} more" if len(named) > 1 else ""
        raise EmbeddedError(f"The backup {folder} is damaged: {named[0]}{more} {what}. Nothing was restored. {AGAIN}")
