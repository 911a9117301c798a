"""Long-running processes: each in a session of its own, remembered, and ended without a trace."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from embedded.errors import EmbeddedError
from embedded.home import write_private
from embedded.logs import rotate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from embedded.home import Home

MARKER = "RBPK_EMBEDDED"
GRACE_SECONDS = 8.0
KILL_SECONDS = 10.0
SAME_MOMENT = 0.05


@dataclass(frozen=True)
class Component:
    """One process of the platform and how it is started."""

    name: str
    command: tuple[str, ...]


def spawn(home: Home, component: Component, environment: Mapping[str, str]) -> psutil.Process:
    """Start a component in its own session, with its log, and remember it."""
    log = log_file(home, component.name)
    rotate(log)
    with log.open("ab") as output:
        child = subprocess.Popen(
            component.command,
            env={**environment, MARKER: str(home.root)},
            cwd=_den(home),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    process = psutil.Process(child.pid)
    note = {"pid": child.pid, "created": process.create_time()}
    write_private(_note(home, component.name), json.dumps(note))
    return process


def alive(home: Home, name: str) -> psutil.Process | None:
    """Return a component's process if it is the one remembered and still runs."""
    note = _read(_note(home, name))
    if note is None:
        return None
    try:
        process = psutil.Process(int(note["pid"]))
        # The number alone proves nothing: after a reboot it may be anybody's.
        if abs(process.create_time() - float(note["created"])) > SAME_MOMENT:
            return None
        return process if process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None


def stop_all(home: Home, names: Sequence[str]) -> int:
    """End every process of the platform and its children; return how many there were."""
    found = belonging(home, names)
    _end(found, "terminate", GRACE_SECONDS)
    # Looked for again, because a dying scheduler may have started a child meanwhile.
    _end(belonging(home, names), "kill", KILL_SECONDS)
    left = belonging(home, names)
    if left:
        numbers = ", ".join(str(process.pid) for process in left)
        raise EmbeddedError(f"These processes would not end: {numbers}. Look at `ps -p {numbers}`.")
    for name in names:
        _note(home, name).unlink(missing_ok=True)
    return len(found)


def belonging(home: Home, names: Sequence[str]) -> list[psutil.Process]:
    """Return every live process that one of the components started, however it was orphaned."""
    running = [process for name in names if (process := alive(home, name))]
    sessions = {number for name in names if (number := _session(home, name))}
    found = {child.pid: child for process in running for child in _children(process)}
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            if _is_ours(process, home, sessions):
                found[process.pid] = process
    # Never ourselves, nor the shell and make that started us.
    for process in (psutil.Process(), *psutil.Process().parents()):
        found.pop(process.pid, None)
    return list(found.values())


def log_file(home: Home, name: str) -> Path:
    """Return a component's log."""
    return home.logs / f"{name}.log"


def _is_ours(process: psutil.Process, home: Home, sessions: set[int]) -> bool:
    """Three marks, for each can be lost.

    setproctitle overwrites a process's environment; Airflow's workers hide folder and environment
    from all but root; a process may open a session of its own.
    """
    if process.status() == psutil.STATUS_ZOMBIE:
        return False
    if os.getsid(process.pid) in sessions:
        return True
    return process.cwd() == str(_den(home)) or process.environ().get(MARKER) == str(home.root)


def _session(home: Home, name: str) -> int | None:
    """Return a component's session, which outlives its first process as long as a member lives."""
    note = _read(_note(home, name))
    if note is None:
        return None
    number = int(note["pid"])
    try:
        ours = abs(psutil.Process(number).create_time() - note["created"]) <= SAME_MOMENT
    except psutil.NoSuchProcess:
        # The kernel gives the number to nobody else while a member of the session lives.
        ours = True
    return number if ours else None


def _children(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return process.children(recursive=True)
    return []


def _end(processes: Iterable[psutil.Process], how: str, seconds: float) -> None:
    asked = list(processes)
    for process in asked:
        with suppress(psutil.Error):
            getattr(process, how)()
    psutil.wait_procs(asked, timeout=seconds)


def _den(home: Home) -> Path:
    """A working folder nobody else has, so that it marks a process as ours."""
    den = home.run / "den"
    den.mkdir(exist_ok=True)
    return den


def _note(home: Home, name: str) -> Path:
    return home.run / f"{name}.json"


def _read(path: Path) -> dict[str, float] | None:
    with suppress(FileNotFoundError, json.JSONDecodeError):
        note: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
        return note
    return None
