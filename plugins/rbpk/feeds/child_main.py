"""The process that parses and judges deliveries, in forks of itself.

If a file kills its reader, it kills that fork and nothing else; a fork goes on to the next file after one that ended
well and was not large. What all of them need is loaded once, before.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import sys
from calendar import monthrange
from datetime import date
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from rbpk.errors import FeedRejected
from rbpk.feeds.pipeline import CRASHED, DONE, REFUSED, Ahead, Sender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.feeds.batch import Batch
    from rbpk.feeds.judging import Judge
    from rbpk.feeds.recognition import Recognition

# Where a parser's panic comes from: it met what no file should hold.
_PANICS = "pyo3_runtime"
# A fork that held more, in kB with what it shares, ends after its file: its memory is the system's again.
_MOST_HELD = 250_000
FORM, LANDED, REJECTED, NOTES, SUMMARY = b"F", b"L", b"Q", b"N", b"S"


def main() -> None:
    """Take one job a line from standard input; write its frames and a last one to standard output."""
    # Loaded, not used: a library that has started threads must not be forked.
    import numpy.ma  # noqa: F401, PLC0415

    import rbpk.feeds.csv_reading  # noqa: PLC0415
    import rbpk.feeds.judging  # noqa: PLC0415
    import rbpk.feeds.workbook_reading  # noqa: PLC0415
    import rbpk.feeds.writing  # noqa: F401, PLC0415
    from rbpk.feeds.recognition import prepare  # noqa: PLC0415
    from rbpk.feeds.regions import Regions  # noqa: PLC0415

    prepare()
    status = 0
    while status == 0:
        with contextlib.suppress(OSError):
            # Kept for the next job; if there are none, the fork says so in its own words.
            Regions.load(Path(sys.argv[1]))
        gc.freeze()
        # Before its file is known: no file waits for what every fork does first.
        fork = os.fork()
        if fork == 0:
            _read_some()
            os._exit(0)
        _, status = os.waitpid(fork, 0)
    # No more jobs, or a frame may be half written: then the end of the stream is the only honest answer.
    sys.exit(1)


def _read_some() -> None:
    """Read one file after the other, until one did not end well or was large."""
    import polars as pl  # noqa: PLC0415  (see main)

    out, reader = Sender(sys.stdout.buffer), Ahead()
    # The library starts its threads.
    pl.read_csv(b"a\n1\n")
    while line := sys.stdin.buffer.readline():
        went_well = _read_one(json.loads(line), out, reader)
        out.send(DONE, b"")
        out.close()
        if not went_well or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _MOST_HELD:
            return
    os._exit(1)


def _read_one(job: dict[str, Any], out: Sender, reader: Ahead) -> bool:
    limit = int(job["memory_bytes"])
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _work(job, out, reader)
    except FeedRejected as refusal:
        out.send(REFUSED, json.dumps([refusal.reason, refusal.message]).encode())
    except MemoryError:
        message = "reading the file needs more memory than a list of people should; save it anew or split it"
        out.send(REFUSED, json.dumps(["file.hostile", message]).encode())
    except BaseException as error:  # noqa: BLE001  (a library's panic is no Exception)
        # Messages of libraries quote the file: only the kind of error and the place in our code may pass.
        places = [
            f"{Path(f.filename).name}:{f.lineno}" for f in extract_tb(error.__traceback__) if "rbpk" in f.filename
        ]
        out.send(CRASHED, f"{type(error).__name__} at {', '.join(places)}".encode())
    else:
        return True
    return False


def _work(job: dict[str, Any], out: Sender, reader: Ahead) -> None:
    from rbpk.feeds.judging import Judge  # noqa: PLC0415  (see main)
    from rbpk.feeds.recognition import recognise  # noqa: PLC0415
    from rbpk.feeds.regions import Regions  # noqa: PLC0415
    from rbpk.feeds.writing import landed_csv, rejected_csv  # noqa: PLC0415
    from rbpk.feeds.writing_columns import Form  # noqa: PLC0415

    path = Path(job["path"])
    found = _wanted(recognise(path), job)
    year, month = map(int, job["period"].split("-"))
    end = date(year, month, monthrange(year, month)[1])
    judge = Judge(found.contract, Regions.load(Path(job["regions"])), job["regency_code"], end)
    parts = {part.sheet: part for part in found.parts}
    form = Form.of(found.parts[0].layout, found.dialect.delimiter if found.dialect else ",")
    out.send(FORM, form.to_json())
    for batch in reader.of(_batches(path, found)):
        part = parts[batch.sheet]
        judged = judge.judge(batch.marked("SHEET_HIDDEN") if part.hidden else batch.within_limits(), part.layout)
        out.send_later(LANDED, partial(landed_csv, judged.landed, job, batch.sheet, form))
        if judged.rejected is not None:
            out.send_later(REJECTED, partial(rejected_csv, judged.rejected, job, batch.sheet))
        # Kept only by the sender, until it is written.
        del batch, judged
    # A frame that could not be written is known only when those behind it are.
    out.settle()
    if notes := judge.finish():
        out.send(NOTES, notes)
    out.send(SUMMARY, json.dumps(_summary(judge)).encode())
    out.settle()


def _wanted(found: tuple[Recognition, ...], job: dict[str, Any]) -> Recognition:
    for one in found:
        if (one.contract.feed, one.contract.entity) == (job["feed"], job["entity"]):
            return one
    message = f"the file no longer reads as {job['feed']} {job['entity']}; the contract changed since it was received"
    raise FeedRejected(message, "HDR_UNKNOWN")


def _batches(path: Path, found: Recognition) -> Iterator[Batch]:
    try:
        yield from _read(path, found)
    except BaseException as error:
        if type(error).__module__ != _PANICS:
            raise
        message = "the file's parser gave up; ask the sender to save it anew, or to send .csv"
        raise FeedRejected(message, "file.unreadable") from error


def _read(path: Path, found: Recognition) -> Iterator[Batch]:
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
