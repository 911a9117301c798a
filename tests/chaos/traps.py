"""Places in the code where a step dies, has a twin, loses children or connections: where chance seldom strikes."""

from __future__ import annotations

import importlib
import os
import signal
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psutil
import psycopg2

if TYPE_CHECKING:
    from collections.abc import Callable

SPRUNG = "the trap sprang\n"
LOCK = "lock table audit.releases in share mode"
# Readers pass. Longer than publishing waits for a lock before it lets others pass.
LOCKED_SECONDS = 2.5
CUT = """
set role none;
select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = session_user
    and pid <> pg_backend_pid()
"""


def lay(trap: str, owner: str) -> None:
    """Make `<what happens> <before|after> <module>:<function> [n-th call]` happen."""
    what, when, place, *times = trap.split()
    module, _, path = place.partition(":")
    *holders, name = path.split(".")
    holder: Any = importlib.import_module(module)
    for part in holders:
        holder = getattr(holder, part)
    plain: Callable[..., Any] = getattr(holder, name)
    left = [int(times[0]) if times else 1]

    def trapped(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any function's
        left[0] -= 1
        if left[0] == 0 and when == "before":
            _spring(what, owner)
        answer = plain(*arguments, **named)
        if left[0] == 0 and when == "after":
            _spring(what, owner)
        return answer

    setattr(holder, name, trapped)


def _spring(what: str, owner: str) -> None:
    # Past all buffers: who is killed prints nothing more.
    os.write(1, SPRUNG.encode())
    if what == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "bereaved":
        for child in psutil.Process().children(recursive=True):
            child.kill()
    elif what == "twin":
        # The same attempt once more, which knows the same and is faster.
        twin = os.fork()
        if twin:
            os.waitpid(twin, 0)
    elif what == "locked":
        link = psycopg2.connect(owner)
        link.cursor().execute(LOCK)
        threading.Timer(LOCKED_SECONDS, link.close).start()
    else:
        with closing(psycopg2.connect(owner)) as link, link.cursor() as ask:
            ask.execute(CUT)
