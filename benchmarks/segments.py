"""Parts of a measured process: a name, a time window, a number of rows."""

from __future__ import annotations

import os
import resource
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = "RBPK_BENCHMARK_SERVER"
"""Variable that names the server's first process."""
_NOTED = 0.05


def spent() -> float:
    """Give the processor seconds of this process, of every child it has or had, and of the database server."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own = sum(one.ru_utime + one.ru_stime for one in used)
    server = int(os.environ.get(SERVER, "0"))
    # Who started the server is its parent: it counts once all the same.
    kept = sum(_family(child, apart=server) for child in psutil.Process().children())
    return own + kept + (_family(psutil.Process(server)) if server else 0.0)


def _family(root: psutil.Process, apart: int = 0) -> float:
    """Give the processor seconds of a living process and its children; those that ended count in their parent."""
    if root.pid == apart:
        return 0.0
    with suppress(psutil.NoSuchProcess):
        return _times(root) + sum(_family(child, apart) for child in root.children())
    return 0.0


def _times(process: psutil.Process) -> float:
    times = process.cpu_times()
    ended = float(getattr(times, "children_user", 0.0)) + float(getattr(times, "children_system", 0.0))
    return float(times.user + times.system) + ended


@dataclass
class Segment:
    """One timed part."""

    name: str
    start: float
    end: float = 0.0
    rows: int = 0
    cpu: float = 0.0

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass
class Clock:
    """Collects the parts of one process."""

    segments: list[Segment] = field(default_factory=list)
    result: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str, rows: int = 0) -> Iterator[Segment]:
        """Time a part; the rows may be set when they are known."""
        before = spent()
        segment = Segment(name, time.time(), rows=rows)
        yield segment
        segment.end = time.time()
        # What a connection that has just ended has cost is known once the server has taken note of its end.
        time.sleep(_NOTED)
        segment.cpu = spent() - before
        self.segments.append(segment)

    def as_dict(self) -> dict[str, Any]:
        """Give what the parent process needs."""
        return {"segments": [asdict(segment) for segment in self.segments], "result": self.result}
