"""What a parsing process says: frames become a stream for COPY, a spool of rejected rows, and counts."""

from __future__ import annotations

import json
import struct
import tempfile
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from rbpk.errors import DiskFull, FeedRejected, ReaderCrashed, is_out_of_room, no_room
from rbpk.feeds.child_main import FORM, LANDED, NOTES, REJECTED, SUMMARY
from rbpk.feeds.pipeline import CRASHED, DONE, REFUSED
from rbpk.feeds.writing_columns import Form

if TYPE_CHECKING:
    from io import BufferedReader

_SPOOL = 8 << 20
_HEADER = struct.Struct(">cI")


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

    def __init__(self, source: BufferedReader) -> None:
        self._source = source
        self._buffer = memoryview(b"")
        # Holds one frame to land after the other: megabytes that are asked for each time cost time each time.
        self._kept = bytearray()
        self._ended = False
        self.done = False
        # Whether it was ended because it took too long.
        self.expired = False
        # Findings that only the whole list told: lines of sheet, source row, finding.
        self.notes = b""
        self._refusal: FeedRejected | ReaderCrashed | DiskFull | None = None
        self._summary: Summary | None = None
        self._form: Form | None = None
        self.rejected: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115  (closed by `judged_rows`)

    @property
    def form(self) -> Form:
        """Say how the rows are written, or raise the refusal if there will be none."""
        while self._form is None and not self._ended:
            self._next()
        if self._form is None:
            self.summary()
        assert self._form is not None  # noqa: S101  (a child that sums up has told it before)
        return self._form

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
        if tag == LANDED:
            self._take(length)
            return
        payload = self._source.read(length)
        if len(payload) < length:
            self._ended = True
            return
        self._hear(tag, payload)

    def _hear(self, tag: bytes, payload: bytes) -> None:
        if tag == DONE:
            self._ended = self.done = True
        elif tag == REJECTED:
            self._set_aside(payload)
        elif tag == FORM:
            self._form = Form.from_json(payload)
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

    def _take(self, length: int) -> None:
        if len(self._kept) < length:
            self._kept = bytearray(length)
        frame = memoryview(self._kept)[:length]
        self._ended = self._source.readinto(frame) < length
        self._buffer = frame[: 0 if self._ended else length]

    def _set_aside(self, payload: bytes) -> None:
        try:
            self.rejected.write(payload)
        except OSError as error:
            if not is_out_of_room(error):
                raise
            # Raised by summary(), as below; what the child still has to say is not waited for.
            self._refusal, self._ended = no_room(tempfile.gettempdir()), True
