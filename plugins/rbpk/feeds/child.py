"""The parent's side of a parsing process: frames become a stream for COPY, a spool of rejected rows, and counts."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rbpk.errors import DiskFull, FeedRejected, ReaderCrashed, is_out_of_room, no_room
from rbpk.feeds.child_main import DONE, LANDED, NOTES, REJECTED, SUMMARY
from rbpk.feeds.pipeline import CRASHED, REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

_PLUGINS = str(Path(__file__).parents[2])
_SPOOL = 8 << 20
_HEADER = struct.Struct(">cI")


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


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one parsed delivery."""

    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    rows_duplicate: int
    rows_not_data: int
    findings: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)


class ReaderEnded(FeedRejected):
    """The reader ended without a word: killed by its file, or by somebody else; only trying again tells."""


class JudgedRows:
    """A readable stream of rows to land; afterwards, the rejected rows and the summary."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._buffer = memoryview(b"")
        self._ended = False
        self.done = False
        # Whether it was ended because it took too long.
        self.expired = False
        # Findings that only the whole list told: lines of sheet, source row, finding.
        self.notes = b""
        self._refusal: FeedRejected | ReaderCrashed | DiskFull | None = None
        self._summary: Summary | None = None
        self.rejected: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115  (closed by `judged_rows`)

    def read(self, size: int = -1, /) -> bytes:
        """Give bytes of CSV; none when the child has nothing more to land."""
        while not self._buffer and not self._ended:
            self._next()
        wanted = len(self._buffer) if size < 0 else size
        piece, self._buffer = self._buffer[:wanted], self._buffer[wanted:]
        return piece.tobytes()

    def readline(self, size: int = -1, /) -> bytes:
        """Satisfy the driver's idea of a file; COPY does not use it."""
        return self.read(size)

    def summary(self) -> Summary:
        """Give the counts, or raise the refusal; a child that ended without a word was killed by its file."""
        if self._refusal:
            raise self._refusal
        if self._summary is None:
            message = "reading the file ended its reader; ask the sender to save it anew, or to send .csv"
            raise (FeedRejected if self.expired else ReaderEnded)(message, "file.hostile")
        return self._summary

    def _next(self) -> None:
        header = self._source.read(_HEADER.size)
        if len(header) < _HEADER.size:
            self._ended = True
            return
        tag, length = _HEADER.unpack(header)
        payload = self._source.read(length)
        if len(payload) < length:
            self._ended = True
            return
        if tag == DONE:
            self._ended = self.done = True
        elif tag == LANDED:
            self._buffer = memoryview(payload)
        elif tag == REJECTED:
            self._set_aside(payload)
        elif tag == NOTES:
            self.notes = payload
        elif tag == SUMMARY:
            self._summary = Summary(**json.loads(payload))
        elif tag == REFUSED:
            reason, message = json.loads(payload)
            # Raised by summary(): an exception inside read() would be reworded by the driver.
            self._refusal = FeedRejected(message, reason)
        elif tag == CRASHED:
            self._refusal = ReaderCrashed(
                f"our reader stopped with {payload.decode()}; the file may be good and waits: report a bug"
            )

    def _set_aside(self, payload: bytes) -> None:
        try:
            self.rejected.write(payload)
        except OSError as error:
            if not is_out_of_room(error):
                raise
            # Raised by summary(), as below; what the child still has to say is not waited for.
            self._refusal, self._ended = no_room(tempfile.gettempdir()), True


class Reader:
    """The parsing process: started at the first job, kept for the next, replaced when a file has killed it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    @contextlib.contextmanager
    def read(self, job: Job) -> Iterator[JudgedRows]:
        """Give the rows of one job; nothing of it runs on after the block."""
        with self._one_at_a_time:
            process = self._started()
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  (pipes were asked for)
            rows = JudgedRows(process.stdout)
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

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            # The child's words may quote the file, so its standard error goes nowhere.
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "rbpk.feeds.child_main"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # One arena: each of the reader's threads would keep its own freed batches (100 MB at a million rows).
                env={**os.environ, "PYTHONPATH": _PLUGINS, "MALLOC_ARENA_MAX": "1"},
                start_new_session=True,
            )
        return self._process


_reader = Reader()
atexit.register(_reader.stop)


def judged_rows(job: Job) -> AbstractContextManager[JudgedRows]:
    """Give the rows of a job, read by the one parsing process of this interpreter."""
    return _reader.read(job)
