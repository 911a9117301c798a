"""Log files of the processes: kept from growing without end, and quoted when one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 20 * 1024 * 1024
LINES = 15
WINDOW = 64 * 1024


def rotate(path: Path) -> None:
    """Set a long log aside before a process starts writing to it; one old file is kept."""
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(path.with_suffix(".log.1"))


def tail(path: Path, lines: int = LINES) -> str:
    """Return the last lines of a log."""
    if not path.exists():
        return "(no log yet)"
    with path.open("rb") as handle:
        handle.seek(max(path.stat().st_size - WINDOW, 0))
        text = handle.read().decode("utf-8", "replace")
    return "\n".join(text.splitlines()[-lines:])


def explain(what: str, log: Path) -> str:
    """Return a message with the cause it knows, the end of the log, and where the rest is."""
    end = tail(log)
    return f"{what}.{cause(end)}\n{end}\n(whole log: {log})"


def cause(text: str) -> str:
    """Return what is known to be behind such words, as a sentence."""
    lowered = text.lower()
    if any(words in lowered for words in ("no space left on device", "disk quota exceeded", "file too large")):
        return " The disk is full: make room, then try again."
    if "address already in use" in lowered:
        return " Its port was taken meanwhile: try again, another one will be chosen."
    if "could not create shared memory" in lowered or "cannot allocate memory" in lowered:
        return " The machine is short of memory."
    return ""
