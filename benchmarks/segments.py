"""Parts of a measured process: a name, a time window, a number of rows."""

from __future__ import annotations

import resource
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def spent() -> float:
    """Give the processor seconds this process and its finished children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


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
