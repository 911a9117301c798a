"""Processes of one PostgreSQL server, told from other servers' by the folder they work in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    import signal
    from pathlib import Path

STOP_SECONDS = 20.0


def clear(data: Path) -> None:
    """End what a killed server left: PostgreSQL will not start beside its own backends."""
    for process in of(data):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(of(data), timeout=STOP_SECONDS)
    # After a reboot the number in it may be another process's, which PostgreSQL would respect.
    (data / "postmaster.pid").unlink(missing_ok=True)


def end(process: psutil.Process, sign: signal.Signals) -> bool:
    """Ask a process to end; say whether it did in time."""
    try:
        process.send_signal(sign)
        process.wait(timeout=STOP_SECONDS)
    except psutil.TimeoutExpired:
        return False
    except psutil.NoSuchProcess:
        return True
    return True


def of(data: Path) -> list[psutil.Process]:
    """Every process of a server works in its data folder, which tells ours from others."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == "postgres" and process.cwd() == str(data):
                found.append(process)
    return found


def postmaster(data: Path) -> psutil.Process | None:
    """Return the server's first process if it lives."""
    lines = pid_lines(data)
    if not lines or not lines[0].isdigit():
        return None
    ours = [process for process in of(data) if process.pid == int(lines[0])]
    return ours[0] if ours and ours[0].status() != psutil.STATUS_ZOMBIE else None


def pid_lines(data: Path) -> list[str]:
    """Return what the server wrote about itself: number, folder, start, port, …, state."""
    with suppress(FileNotFoundError, NotADirectoryError):
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return [line.strip() for line in lines]
    return []
