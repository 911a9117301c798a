"""The parent's side of a parsing process: what starts it, gives it jobs and ends it."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rbpk.feeds.reader_output import JudgedRows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from io import BufferedReader

_PLUGINS = str(Path(__file__).parents[2])
_PIPE = 1 << 20
_FEW_THREADS = {
    # Python's allocator and polars' own: each of the reader's threads would keep its own freed batches (140 MB at a
    # million rows).
    "MALLOC_ARENA_MAX": "1", "_RJEM_MALLOC_CONF": "narenas:1",
    # What a batch has freed is kept for the next: asking the system for it again costs a twentieth of all.
    "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "134217728",
    # Reading, judging and writing have a thread each: more of them, woken for every small step, only cost. Even the
    # one left to polars does: of few rows, what is done in the thread that asks for it (`select_seq`) costs half.
    "POLARS_MAX_THREADS": "1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """What one parsing process is asked to do; lineage values go into every row."""

    path: Path
    regions: Path
    delivery_id: str
    regency_code: str
    period: str
    feed: str
    entity: str
    source_file: str
    memory_bytes: int = 6 << 30
    seconds: int = 3_600

    def to_json(self) -> bytes:
        """Write the job for the child."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({**named, "path": str(self.path), "regions": str(self.regions)}).encode()


class Reader:
    """The parsing process: started at the first job, kept for the next, replaced when a file has killed it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    @contextlib.contextmanager
    def read(self, job: Job) -> Iterator[JudgedRows]:
        """Give the rows of one job; nothing of it runs on after the block."""
        with self._one_at_a_time:
            process = self._started(job.regions)
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  (pipes were asked for)
            rows = JudgedRows(cast("BufferedReader", process.stdout))
            clock = threading.Timer(job.seconds, self._expire, [rows])
            clock.daemon = True
            clock.start()
            try:
                with contextlib.suppress(BrokenPipeError):
                    process.stdin.write(job.to_json() + b"\n")
                    process.stdin.flush()
                yield rows
            finally:
                clock.cancel()
                if not rows.done:
                    self.stop()
                with contextlib.suppress(OSError):
                    # A full disk is told of once, where it was met; closing would meet it again.
                    rows.rejected.close()

    def _expire(self, rows: JudgedRows) -> None:
        rows.expired = True
        self.stop()

    def stop(self) -> None:
        """End the process and the job it may be at."""
        process, self._process = self._process, None
        if process is None:
            return
        # The fork that reads a file is in the session of the process that made it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _started(self, regions: Path) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            # The child's words may quote the file, so its standard error goes nowhere.
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "rbpk.feeds.child_main", str(regions)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": _PLUGINS, **_FEW_THREADS},
                start_new_session=True,
            )
            if self._process.stdout is not None:
                with contextlib.suppress(OSError):
                    # Fewer turns between the two; a machine that grants no more works all the same.
                    fcntl.fcntl(self._process.stdout, fcntl.F_SETPIPE_SZ, _PIPE)
        return self._process


_reader = Reader()
atexit.register(_reader.stop)


def judged_rows(job: Job) -> AbstractContextManager[JudgedRows]:
    """Give the rows of a job, read by the one parsing process of this interpreter."""
    return _reader.read(job)
