"""A zip of lists: each file in it is a delivery of its own, and its names are never used as paths."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected
from rbpk.feeds.grid import hostile, unreadable
from rbpk.feeds.limits import check_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILES = 500
MAX_BYTES = 4 << 30
# A zip of the zips of a district: deeper than that nobody packs by hand.
MAX_DEPTH = 3
_BLOCK = 1 << 20
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
# Documents that are zip archives themselves: every Office file has the first, every OpenDocument the second.
_DOCUMENT = frozenset({"[content_types].xml", "xl/workbook.xml", "mimetype"})
_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
# What computers pack unasked.
_LITTER = re.compile(r"(?i)(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one delivered archive, however deep its parts lie."""

    files: int = MAX_FILES
    size: int = MAX_BYTES

    def spend(self, size: int) -> None:
        """Take some bytes off; refuse when there are none left."""
        self.size -= size
        if self.size < 0:
            raise hostile("it unpacks to more than 4 GB")

    def count(self) -> None:
        """Take one file off; refuse when there is none left."""
        self.files -= 1
        if self.files < 0:
            raise hostile(f"it holds more than {MAX_FILES} files")


def is_archive(path: Path) -> bool:
    """Say whether a file is a zip of files, and not a document that happens to be one."""
    with path.open("rb") as opened:
        if not opened.read(4).startswith(_MAGIC):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _DOCUMENT.intersection(name.lower() for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # Readers refuse a broken directory in their own words.
        return False


def unpack(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (inner name, file) one after the other; a file is gone when the next one is asked for."""
    found = False
    for name, file in _unpack(path, folder, Budget(), MAX_DEPTH):
        found = True
        yield name, file
        file.unlink()
    if not found:
        raise FeedRejected("the archive holds no file; ask the sender to pack it again", "file.empty")


def _unpack(path: Path, folder: Path, budget: Budget, depth: int) -> Iterator[tuple[str, Path]]:
    if depth == 0:
        raise hostile(f"archives inside archives, more than {MAX_DEPTH} deep")
    if any(_OUTSIDE.search(name) for name in check_archive(path)):
        raise hostile("a name in it points outside the archive")
    with zipfile.ZipFile(path) as archive:
        for number, entry in enumerate(archive.infolist()):
            if entry.is_dir() or _LITTER.search(entry.filename):
                continue
            budget.count()
            file = folder / f"{depth}-{number}"
            _extract(archive, entry, file, budget)
            if is_archive(file):
                yield from (
                    (f"{entry.filename}/{name}", inner) for name, inner in _unpack(file, folder, budget, depth - 1)
                )
                file.unlink()
            else:
                yield entry.filename, file


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: Path, budget: Budget) -> None:
    with file.open("wb") as writing:
        for block in _blocks(archive, entry):
            # Counted as it comes: what the directory says of sizes is only a claim.
            budget.spend(len(block))
            writing.write(block)


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as reading:
            while block := reading.read(_BLOCK):
                yield block
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    ) as error:  # fmt: skip
        # A directory that points nowhere is an error of the system's; a full disk would be one of writing.
        raise unreadable("a file in the archive is damaged or packed in an unknown way") from error
