"""What an archive may be before anything parses it: a parser that aborts the process cannot be caught."""

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING

from rbpk.errors import FeedRejected
from rbpk.feeds.grid import hostile, unreadable

if TYPE_CHECKING:
    from pathlib import Path

MAX_ENTRIES = 2_000
MAX_EXPANDED = 3 << 30
# Ordinary sheets compress at most about 20:1; only entries big enough to hurt are held to it.
MAX_RATIO = 120
RATIO_MATTERS_FROM = 64 << 20


def check_archive(path: Path) -> frozenset[str]:
    """Refuse an archive that could hurt its reader, by its directory alone; give the names of its entries."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable("the archive's directory is broken") from error
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
        raise hostile("too many entries, or two of one name")
    if sum(entry.file_size for entry in entries) > MAX_EXPANDED:
        raise hostile("it would expand to more than 3 GB")
    for entry in entries:
        if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise hostile("an entry expands more than 120-fold")
        if entry.flag_bits & 1:
            raise FeedRejected("the file is encrypted; send it without a password", "file.format")
    return frozenset(names)


def refuse_entities(data: bytes) -> None:
    """Refuse XML that declares entities; none that we read needs them."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise hostile("it declares XML entities")


class Limited(io.RawIOBase, IO[bytes]):
    """A stream that refuses to give more than it may: what a directory says of sizes is only a claim."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        super().__init__()
        self._source = source
        self._left = most

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise hostile("a part of it is larger than any list")
        return data
