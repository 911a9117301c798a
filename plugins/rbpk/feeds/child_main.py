"""The process that parses and judges deliveries, each in a fork of its own.

If a file kills its reader, it kills that fork and nothing else. What all of them need is loaded once, before.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from calendar import monthrange
from datetime import date
from pathlib import Path
from queue import Queue
from threading import Thread
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, BinaryIO

from rbpk.errors import FeedRejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.feeds.batch import Batch
    from rbpk.feeds.judging import Judge
    from rbpk.feeds.recognition import Recognition

LANDED, REJECTED, SUMMARY, REFUSED, DONE = b"L", b"Q", b"S", b"E", b"D"


class Sender:
    """Writes frames from a thread of its own: the next batch is judged while the last one is being copied."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        # Two batches in flight keep both sides busy; more would only fill the memory.
        self._frames: Queue[tuple[bytes, bytes] | None] = Queue(maxsize=1)
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()

    def send(self, tag: bytes, payload: bytes) -> None:
        """Hand over one frame."""
        self._frames.put((tag, payload))

    def close(self) -> None:
        """Wait until everything is written."""
        self._frames.put(None)
        self._thread.join()

    def _write(self) -> None:
        while frame := self._frames.get():
            tag, payload = frame
            try:
                self._out.write(struct.pack(">cI", tag, len(payload)))
                self._out.write(payload)
                self._out.flush()
            except BrokenPipeError:
                # The parent stopped listening: nothing is left to do here.
                os._exit(1)


def main() -> None:
    """Take one job a line from standard input; write its frames and a last one to standard output."""
    # Loaded, not used: a library that has started threads must not be forked.
    import rbpk.feeds.csv_reading  # noqa: PLC0415
    import rbpk.feeds.judging  # noqa: PLC0415
    import rbpk.feeds.workbook_reading  # noqa: F401, PLC0415

    while line := sys.stdin.buffer.readline():
        fork = os.fork()
        if fork == 0:
            _read_one(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(fork, 0)
        if status != 0:
            # A frame may be half written: the end of the stream is the only honest answer.
            sys.exit(1)
        sys.stdout.buffer.write(struct.pack(">cI", DONE, 0))
        sys.stdout.buffer.flush()


def _read_one(job: dict[str, Any]) -> None:
    out = Sender(sys.stdout.buffer)
    limit = int(job["memory_bytes"])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _work(job, out)
    except FeedRejected as refusal:
        out.send(REFUSED, json.dumps([refusal.reason, refusal.message]).encode())
    except MemoryError:
        message = "reading the file needs more memory than a list of people should; save it anew or split it"
        out.send(REFUSED, json.dumps(["file.hostile", message]).encode())
    except BaseException as error:  # noqa: BLE001  (a parser's panic is no Exception)
        # Messages of libraries quote the file: only the kind of error and the place in our code may pass.
        places = [
            f"{Path(f.filename).name}:{f.lineno}" for f in extract_tb(error.__traceback__) if "rbpk" in f.filename
        ]
        message = (
            f"reading the file stopped with {type(error).__name__} at {', '.join(places)}; save it anew or send .csv"
        )
        out.send(REFUSED, json.dumps(["file.unreadable", message]).encode())
    out.close()


def _work(job: dict[str, Any], out: Sender) -> None:
    from rbpk.feeds.judging import Judge  # noqa: PLC0415  (see main)
    from rbpk.feeds.recognition import recognise  # noqa: PLC0415
    from rbpk.feeds.regions import Regions  # noqa: PLC0415
    from rbpk.feeds.writing import landed_csv, rejected_csv  # noqa: PLC0415

    path = Path(job["path"])
    found = _wanted(recognise(path), job)
    year, month = map(int, job["period"].split("-"))
    end = date(year, month, monthrange(year, month)[1])
    judge = Judge(found.contract, Regions.load(Path(job["regions"])), job["regency_code"], end)
    parts = {part.sheet: part for part in found.parts}
    for batch in _batches(path, found):
        part = parts[batch.sheet]
        judged = judge.judge(batch.marked("SHEET_HIDDEN") if part.hidden else batch, part.layout)
        out.send(LANDED, landed_csv(judged.landed, job, batch.sheet))
        if judged.rejected is not None:
            out.send(REJECTED, rejected_csv(judged.rejected, job, batch.sheet))
    out.send(SUMMARY, json.dumps(_summary(judge)).encode())


def _wanted(found: tuple[Recognition, ...], job: dict[str, Any]) -> Recognition:
    for one in found:
        if (one.contract.feed, one.contract.entity) == (job["feed"], job["entity"]):
            return one
    message = f"the file no longer reads as {job['feed']} {job['entity']}; the contract changed since it was received"
    raise FeedRejected(message, "HDR_UNKNOWN")


def _batches(path: Path, found: Recognition) -> Iterator[Batch]:
    if found.dialect is not None:
        from rbpk.feeds.csv_reading import read_csv  # noqa: PLC0415  (a workbook needs none of it)

        with path.open("rb") as opened:
            yield from read_csv(opened, found.dialect, found.parts[0].layout)
    elif found.file_format == "xlsx":
        from rbpk.feeds.workbook_reading import read_workbook  # noqa: PLC0415  (a CSV needs none of it)

        yield from read_workbook(path, found.parts)
    else:
        from rbpk.feeds.grid_reading import read_grids  # noqa: PLC0415  (see above)

        yield from read_grids(path, found.file_format, found.parts)


def _summary(judge: Judge) -> dict[str, Any]:
    counts = judge.counts
    return {
        "rows_read": counts.rows_read,
        "rows_loaded": counts.rows_loaded,
        "rows_quarantined": counts.rows_quarantined,
        "rows_duplicate": counts.rows_duplicate,
        "rows_not_data": counts.rows_not_data,
        "findings": dict(counts.findings),
        "reasons": dict(counts.reasons),
    }


if __name__ == "__main__":
    main()
