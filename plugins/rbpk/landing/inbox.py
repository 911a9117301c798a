"""What is new in the inbox, and whole: a file is taken only if two looks in a row saw it alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.errors import SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from upath import UPath

# What copying programs and Excel leave beside a file while it is being written.
_UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What one look saw of a file, and whether the file was handed on since."""

    size: int
    modified: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """Files that are new and whole, and what to remember for the next look."""

    ready: tuple[str, ...]
    seen: dict[str, Fingerprint]


def scan(inbox: UPath, seen: Mapping[str, Fingerprint]) -> Scan:
    """Look once; paths are relative to the inbox."""
    ready: list[str] = []
    now: dict[str, Fingerprint] = {}
    for path, size, modified in _listed(inbox):
        before = seen.get(path)
        unchanged = before is not None and (before.size, before.modified) == (size, modified)
        taken = unchanged and before is not None and before.taken
        if unchanged and not taken:
            ready.append(path)
        now[path] = Fingerprint(size, modified, taken=unchanged)
    return Scan(tuple(sorted(ready)), now)


def _listed(inbox: UPath) -> Iterator[tuple[str, int, str]]:
    root = inbox.path.rstrip("/")
    try:
        found: dict[str, dict[str, Any]] = inbox.fs.find(root, detail=True) if inbox.exists() else {}
    except OSError as error:
        message = "the inbox cannot be listed; check that it is mounted and readable"
        raise SourceUnreachable(message) from error
    for name, info in found.items():
        path = name[len(root) :].lstrip("/")
        if not _hidden(path):
            yield path, int(info.get("size") or 0), modified_of(info)


def modified_of(info: Mapping[str, Any]) -> str:
    """Read from a listing what changes when a file's content does; storages name it differently."""
    for key in ("mtime", "ETag", "etag", "LastModified", "last_modified", "updated", "created"):
        if info.get(key) is not None:
            return str(info[key])
    return ""


def _hidden(path: str) -> bool:
    parts = path.split("/")
    last = parts[-1].lower()
    return any(part.startswith(".") for part in parts) or last.startswith("~$") or last.endswith(_UNFINISHED)
