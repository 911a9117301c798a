"""The parsing process: which of its forks reads which file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest

from rbpk.errors import FeedRejected
from rbpk.feeds import child
from rbpk.feeds.child import Job, judged_rows
from rbpk.landing import load_regions
from tests.unit.feeds.lists import TITLES, row

if TYPE_CHECKING:
    from pathlib import Path


def test_a_fork_reads_on_after_a_file_that_ended_well_and_only_then(tmp_path: Path) -> None:
    whole, other = tmp_path / "whole.csv", tmp_path / "other.csv"
    whole.write_text("\n".join(";".join(line) for line in (TITLES, row(1), row(2))), "utf-8")
    other.write_text("a;b;c\n1;2;3\n", "utf-8")
    first = _reading_fork(whole)
    assert _reading_fork(whole) == first
    with pytest.raises(FeedRejected):
        _read(other)
    assert _reading_fork(whole) != first


def _reading_fork(path: Path) -> int:
    assert _read(path) == 2
    assert child._reader._process is not None
    (fork,) = psutil.Process(child._reader._process.pid).children()
    return fork.pid


def _read(path: Path) -> int:
    """Read a file; give the rows that came out of it."""
    job = Job(path, load_regions().folder, "d", "64.02", "2026-10", "pkh", "components", path.name)
    with judged_rows(job) as rows:
        text = b"".join(iter(lambda: rows.read(1 << 16), b""))
        assert rows.summary().rows_loaded == text.count(b"\n")
    return text.count(b"\n")
