"""The process that parses and judges one delivery; if a file kills its reader, it kills this and nothing else."""

from __future__ import annotations

import json
import resource
import struct
import sys
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.feeds.batch import Batch
    from rbpk.feeds.judging import Judge
    from rbpk.feeds.recognition import Recognition

LANDED, REJECTED, SUMMARY, REFUSED = b"L", b"Q", b"S", b"E"


def main() -> None:
    """Read a job from standard input and write frames to standard output."""
    job = json.load(sys.stdin)
    out = sys.stdout.buffer
    limit = int(job["memory_bytes"])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # After the limit, so that whatever these load is held to it too.
    from rbpk.errors import FeedRejected  # noqa: PLC0415

    try:
        _work(job, out)
    except FeedRejected as refusal:
        _send(out, REFUSED, json.dumps([refusal.reason, refusal.message]).encode())
    except MemoryError:
        message = "reading the file needs more memory than a list of people should; save it anew or split it"
        _send(out, REFUSED, json.dumps(["file.hostile", message]).encode())


def _work(job: dict[str, Any], out: BinaryIO) -> None:
    from rbpk.feeds.judging import Judge  # noqa: PLC0415  (see main)
    from rbpk.feeds.recognition import recognise  # noqa: PLC0415
    from rbpk.feeds.regions import Regions  # noqa: PLC0415
    from rbpk.feeds.writing import landed_csv, rejected_csv  # noqa: PLC0415

    path = Path(job["path"])
    found = _wanted(recognise(path), job)
    year, month = map(int, job["period"].split("-"))
    end = date(year, month, monthrange(year, month)[1])
    judge = Judge(found.contract, Regions.load(Path(job["regions"])), job["regency_code"], end)
    layouts = {part.sheet: part.layout for part in found.parts}
    for batch in _batches(path, found):
        judged = judge.judge(batch, layouts[batch.sheet])
        _send(out, LANDED, landed_csv(judged.landed, job, batch.sheet))
        if judged.rejected.height:
            _send(out, REJECTED, rejected_csv(judged.rejected, job, batch.sheet))
    _send(out, SUMMARY, json.dumps(_summary(judge)).encode())


def _wanted(found: tuple[Recognition, ...], job: dict[str, Any]) -> Recognition:
    from rbpk.errors import FeedRejected  # noqa: PLC0415

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
    else:
        from rbpk.feeds.workbook_reading import read_workbook  # noqa: PLC0415  (a CSV needs none of it)

        yield from read_workbook(path, found.parts)


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


def _send(out: BinaryIO, tag: bytes, payload: bytes) -> None:
    out.write(struct.pack(">cI", tag, len(payload)))
    out.write(payload)
    out.flush()


if __name__ == "__main__":
    main()
