"""What lies in the inbox right now: one listing of a folder or a bucket, a mark for each file."""

from __future__ import annotations

from typing import Any

from upath import UPath

from rbpk.errors import SourceUnreachable

Marks = dict[str, str]
# Object stores and folders name the time of the last change differently.
_CHANGED = ("mtime", "LastModified", "last_modified", "updated", "ETag", "etag")
_NOT_YET = (".", "~$")
_PARTIAL = (".part", ".tmp", ".crdownload", ".filepart")


def look(inbox_url: str) -> Marks:
    """Return path below the inbox → mark of size and time; a file whose mark changed is another file."""
    inbox = UPath(inbox_url)
    root = inbox.path.rstrip("/")
    try:
        found: dict[str, dict[str, Any]] = inbox.fs.find(root, detail=True)
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = f"the inbox cannot be listed: {type(error).__name__}"
        raise SourceUnreachable(message) from None
    paths = {path.removeprefix(root).lstrip("/"): info for path, info in found.items()}
    return {path: _mark(info) for path, info in paths.items() if _finished(path)}


def steady(before: Marks, now: Marks) -> Marks:
    """Return the files that look the same on two looks: nobody is still writing them."""
    return {path: mark for path, mark in now.items() if before.get(path) == mark}


def unseen(now: Marks, seen: Marks) -> Marks:
    """Return the files not seen before, or changed since."""
    return {path: mark for path, mark in now.items() if seen.get(path) != mark}


def _finished(path: str) -> bool:
    # Half-copied files and the lock files of office programs carry telling names.
    hidden = any(part.startswith(_NOT_YET) for part in path.split("/"))
    return not hidden and not path.lower().endswith(_PARTIAL)


def _mark(info: dict[str, Any]) -> str:
    changed = next((info[key] for key in _CHANGED if info.get(key)), "")
    return f"{info.get('size', '')}:{changed}"
