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


def spent() -> float:
    """Give the processor seconds of this process, its finished children and the database server."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + _server(os.environ.get(SERVER))


def _server(process: str | None) -> float:
    """Give the processor seconds of the server; a session that ended is counted by its parent."""
    if not process:
        return 0.0
    total = 0.0
    root = psutil.Process(int(process))
    for one in [root, *root.children()]:
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system
    ended = root.cpu_times()
    return total + float(getattr(ended, "children_user", 0.0)) + float(getattr(ended, "children_system", 0.0))


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
        segment.cpu = spent() - before
        self.segments.append(segment)

    def as_dict(self) -> dict[str, Any]:
        """Give what the parent process needs."""
        return {"segments": [asdict(segment) for segment in self.segments], "result": self.result}
