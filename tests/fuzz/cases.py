"""One case: a file spoilt and taken in as receiving and landing do, and what must be true of the outcome."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rbpk.errors import FeedRejected
from rbpk.feeds.child import Job, judged_rows
from rbpk.feeds.recognition import recognise
from rbpk.landing import load_regions
from rbpk.landing.archives import is_archive, unpack
from tests.fuzz import spoiling
from tests.fuzz.lists import WRITERS, files, plain_rows

SLOWEST = 60.0
_LINEAGE = 6


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: rows without their lineage, or the code and words of the refusal."""

    rows: Counter[tuple[str, ...]]
    not_loaded: int = 0
    refusal: str = ""
    words: str = ""


def take(content: bytes) -> Taken:
    """Take a file in, or all files of a zip; a crash of our own reader is not caught."""
    with tempfile.TemporaryDirectory(prefix="rbpk-fuzz-") as folder:
        path = Path(folder) / "delivery"
        path.write_bytes(content)
        try:
            if not is_archive(path):
                return _take(path)
            inside = [_inner(file) for _, file in unpack(path, Path(folder))]
        except FeedRejected as refusal:
            return Taken(Counter(), refusal=refusal.reason, words=refusal.message)
    read = [one for one in inside if not one.refusal]
    if inside and not read:
        return inside[0]
    return Taken(sum((one.rows for one in read), Counter()), sum(one.not_loaded for one in read))


def _inner(file: Path) -> Taken:
    try:
        return _take(file)
    except FeedRejected as refusal:
        return Taken(Counter(), refusal=refusal.reason, words=refusal.message)


def _take(path: Path) -> Taken:
    """Take one file in; every entity found in it counts."""
    rows: Counter[tuple[str, ...]] = Counter()
    others = 0
    for found in recognise(path):
        one = found.contract
        job = Job(path, load_regions().folder, "x", "64.02", "2026-10", one.feed, one.entity, "x")
        with judged_rows(job) as judged:
            landed = b"".join(iter(lambda judged=judged: judged.read(1 << 20), b""))  # type: ignore[misc]
            counts, form = judged.summary(), judged.form
        text = io.StringIO(landed.decode(), newline="")
        read = [tuple(row[_LINEAGE:]) for row in csv.reader(text, delimiter=form.delimiter)]
        if len(read) != counts.rows_loaded:
            message = f"{counts.rows_loaded} rows were told, {len(read)} written"
            raise AssertionError(message)
        if counts.rows_read != counts.rows_loaded + counts.rows_quarantined + counts.rows_duplicate:
            raise AssertionError("a row is in no place or in two")
        rows.update(read)
        others += counts.rows_read - counts.rows_loaded + counts.rows_not_data
    return Taken(rows, others)


def spoil_file(seed: int, number: int) -> tuple[str, str]:
    """Spoil a whole file: (what was done, outcome); raises AssertionError where a promise is broken."""
    dice = Random(f"file {seed} {number}")  # noqa: S311  (repeatable on purpose)
    name, content = dice.choice(files())
    way, spoilt = spoiling.file(dice, content)
    started = time.monotonic()
    taken = take(spoilt)
    _promised(taken, time.monotonic() - started)
    return f"{name} {way}", taken.refusal or "loaded"


def spoil_cell(seed: int, number: int) -> tuple[str, str]:
    """Spoil one cell of a list: every other row must be loaded as if nothing had happened."""
    dice = Random(f"cell {seed} {number}")  # noqa: S311  (repeatable on purpose)
    kind = dice.choice(sorted(WRITERS))
    cells = plain_rows()
    row, column = dice.randrange(len(cells)), dice.randrange(len(cells[0]))
    value = dice.choice(spoiling.CELLS)
    others = take(WRITERS[kind]([line for i, line in enumerate(cells) if i != row]))
    cells[row][column] = _writable(value, kind)
    started = time.monotonic()
    taken = take(WRITERS[kind](cells))
    _promised(taken, time.monotonic() - started)
    what = f"{kind} row {row + 2} column {column + 1} {value[:12]!r}"
    if taken.refusal:
        raise AssertionError(f"{what}: one cell refused the whole list, {taken.refusal}: {taken.words}")
    lost = sum((others.rows - taken.rows).values())
    if lost:
        raise AssertionError(f"{what}: {lost} other rows are not loaded")
    if sum(taken.rows.values()) + taken.not_loaded < len(cells):
        raise AssertionError(f"{what}: a row is accounted for nowhere")
    return f"{kind} {value[:12]!r}", "loaded" if sum(taken.rows.values()) == len(cells) else "row held back"


def _promised(taken: Taken, seconds: float) -> None:
    if taken.refusal and len(taken.words) < 20:
        raise AssertionError(f"a refusal without words: {taken.refusal}")
    if seconds > SLOWEST:
        raise AssertionError(f"it took {seconds:.0f} s")


def _writable(value: str, kind: str) -> str:
    if kind in ("ods", "html", "xlsx", "xls"):
        # No writer puts these into XML, and old Excel knows no cell so long in one record.
        value = "".join(c for c in value if c in "\t\n\r" or c >= " ").replace("\ufffe", "")
        return value[:4_000] if kind == "xls" else value[:32_000] if kind == "xlsx" else value
    return value
