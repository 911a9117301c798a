"""The immutable store: every delivered file once, under the hash of its bytes."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import shutil
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from rbpk.errors import SourceUnreachable, SourceUnreadable, SourceUnstable, is_out_of_room, no_room
from rbpk.landing.inbox import modified_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from upath import UPath

log = logging.getLogger(__name__)

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """One file in the store."""

    sha256: str
    size: int
    stored_as: str


def keep(store: UPath, source: UPath) -> Stored:
    """Copy a file into the store, hashing the very bytes that are kept."""
    try:
        before = _look(source)
        with tempfile.TemporaryDirectory(prefix="rbpk-") as folder:
            local = Path(folder) / "delivery"
            sha256, size = _copy(source, local)
            if before != _look(source) or size != before[0]:
                message = "the file changed while it was copied; it is taken when it has come to rest"
                raise SourceUnstable(message)
            stored_as = f"sha256/{sha256[:2]}/{sha256}"
            _put(store, stored_as, local, size)
    except FileNotFoundError as error:
        message = "the file left the inbox before it was copied"
        raise SourceUnstable(message) from error
    except OSError as error:
        if is_out_of_room(error):
            raise no_room(_places(store)) from error
        message = "the inbox or the store cannot be reached; check that both are mounted and writable"
        raise SourceUnreachable(message) from error
    return Stored(sha256, size, stored_as)


def keep_local(store: UPath, file: Path) -> Stored:
    """Put a file of this machine into the store, such as one unpacked from an archive."""
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    stored_as = f"sha256/{sha256[:2]}/{sha256}"
    try:
        _put(store, stored_as, file, file.stat().st_size)
    except OSError as error:
        if is_out_of_room(error):
            raise no_room(_places(store)) from error
        message = "the store cannot be reached; check that it is mounted and writable"
        raise SourceUnreachable(message) from error
    return Stored(sha256, file.stat().st_size, stored_as)


@contextlib.contextmanager
def local_copy(store: UPath, stored_as: str) -> Iterator[Path]:
    """Give a stored file as a local path: itself if the store is a folder, else a copy that lasts for the block."""
    kept = store / stored_as
    if not kept.exists():
        message = "the delivery is not in the store; check that the store is mounted"
        raise SourceUnreachable(message)
    if kept.protocol in ("", "file", "local"):
        yield Path(kept.path)
        return
    with tempfile.TemporaryDirectory(prefix="rbpk-") as folder:
        local = Path(folder) / "delivery"
        try:
            _copy(kept, local)
        except OSError as error:
            if is_out_of_room(error):
                raise no_room(tempfile.gettempdir()) from error
            message = "the store cannot be reached"
            raise SourceUnreachable(message) from error
        yield local


def _look(source: UPath) -> tuple[int, str]:
    source.fs.invalidate_cache()
    info = source.fs.info(source.path)
    return int(info.get("size") or 0), modified_of(info)


def _copy(source: UPath, target: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with _readable(source) as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            size += len(block)
            writing.write(block)
    return digest.hexdigest(), size


def _readable(source: UPath) -> IO[bytes]:
    try:
        return cast("IO[bytes]", source.open("rb"))
    except PermissionError as error:
        message = "the platform may not read the file; give it read permission, and it is taken at the next look"
        raise SourceUnreadable(message) from error


def _places(store: UPath) -> str:
    return f"the store ({store}) or of temporary files ({tempfile.gettempdir()})"


def _put(store: UPath, stored_as: str, local: Path, size: int) -> None:
    final = store / stored_as
    if _is_whole(final, size):
        log.info("store: the content is kept already")
    else:
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.protocol in ("", "file", "local"):
            _put_whole(Path(final.path), local, size)
        else:
            final.fs.put_file(str(local), final.path)
    if final.protocol in ("", "file", "local"):
        # What a killed attempt left of it: nobody would find those rows again to erase them.
        for half in Path(final.path).parent.glob(f".{final.name}.*"):
            half.unlink(missing_ok=True)
            log.info("store: removed what an attempt that died left half")


def _put_whole(final: Path, local: Path, size: int) -> None:
    """Put a file in place by renaming, which makes a half-written one impossible to see under its hash."""
    beside = final.with_name(f".{final.name}.{uuid.uuid4().hex}")
    try:
        shutil.copyfile(local, beside)
        beside.chmod(0o440)
        beside.replace(final)
    except FileNotFoundError:
        # Another process brought the same content meanwhile and took ours for a leftover.
        if not _is_whole(final, size):
            raise
    finally:
        beside.unlink(missing_ok=True)


def _is_whole(final: Path | UPath, size: int) -> bool:
    return final.exists() and final.stat().st_size == size
