"""Links of a labelled set by each way that is compared: ours, plain Splink, merging on NIK."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from benchmarks.accuracy.labelled import FACTS, PERSONS
from rbpk.linkage.engine import open_engine
from rbpk.linkage.records import RECORD_SCHEMA
from rbpk.linkage.registry import Memory, no_memory
from rbpk.linkage.resolving import Key, Resolution, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.accuracy.labelled import Labelled
    from rbpk.linkage.edges import EdgeProducer


class Solved(NamedTuple):
    """`links`: every record with `person_id`, `household_id`, rule and FACTS · what it cost."""

    links: pl.DataFrame
    seconds: float
    cpu: float
    candidates: int
    peak_mb: float

    @property
    def persons(self) -> pl.DataFrame:
        """Rows that accuracy is counted over."""
        return self.links.filter(pl.col("list").is_in(PERSONS))


def ours(labelled: Labelled, producers: Sequence[EdgeProducer] | None = None) -> list[Solved]:
    """Link the months in turn, each remembering those before it."""
    memory, solved = no_memory(), []
    for since, rows in enumerate(labelled.months, start=1):
        _forget_peak()
        began, worked = time.time(), time.process_time()
        resolution = link(rows, memory, producers)
        seconds, cpu = time.time() - began, time.process_time() - worked
        memory = grown(memory, resolution, since)
        links = resolution.links.join(rows.select("record_id", *FACTS), on="record_id")
        solved.append(Solved(links, seconds, cpu, resolution.candidates, _peak()))
    return solved


def link(rows: pl.DataFrame, memory: Memory, producers: Sequence[EdgeProducer] | None = None) -> Resolution:
    """Do what a run does between reading the work table and writing links."""
    contents = dict(rows.select("delivery_id", "sha256").unique().iter_rows())
    more = {"producers": producers} if producers is not None else {}
    with open_engine() as engine:
        return resolve(engine, rows.select(list(RECORD_SCHEMA)), memory, Key(b"accuracy", contents), **more)


def grown(memory: Memory, resolution: Resolution, since: int) -> Memory:
    """Return the memory the next month starts from: what the registry's views over its log would say."""
    learned = resolution.learned
    anchors = set(learned.anchors["anchor"])
    first_seen = dict(memory.profiles.select("person_id", "since").unique().iter_rows())
    fresh = learned.profiles.with_columns(
        is_anchor=pl.col("record_id").is_in(anchors),
        since=pl.col("person_id").replace_strict(first_seen, default=since, return_dtype=pl.Int32),
    ).select(memory.profiles.columns)
    home_since = dict(memory.homes.select("household_id", "since").unique("household_id").iter_rows())
    homes = learned.homes.with_columns(
        since=pl.col("household_id").replace_strict(home_since, default=since, return_dtype=pl.Int32)
    ).select(memory.homes.columns)
    ids = learned.anchors.select("entity", "id")
    return memory._replace(
        profiles=pl.concat([fresh, memory.profiles]).unique("record_id", keep="first", maintain_order=True),
        homes=pl.concat([homes, memory.homes]).unique("person_id", keep="first", maintain_order=True),
        ids=pl.concat([memory.ids, ids]),
    )


def by_nik(rows: pl.DataFrame) -> pl.DataFrame:
    """What merging on equal NIKs would say."""
    return rows.filter(pl.col("list").is_in(PERSONS)).with_columns(person_id=pl.coalesce("nik", "record_id"))


def by_nik_then_name(rows: pl.DataFrame) -> pl.DataFrame:
    """NIK where there is one, name and birth date where not: each row keeps the first key it shares."""
    persons = rows.filter(pl.col("list").is_in(PERSONS))
    key = pl.concat_str(pl.col("name").str.to_uppercase().str.strip_chars(), "birth_date", separator="|")
    named = persons.with_columns(name_key=key)
    first = named.filter(pl.col("nik").is_not_null()).group_by("name_key").agg(found=pl.col("nik").min())
    joined = named.join(first, on="name_key", how="left")
    return joined.with_columns(person_id=pl.coalesce("nik", "found", "name_key", "record_id"))


def _forget_peak() -> None:
    """Let the system count this process's peak anew; one that cannot counts from the start of the process."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    """Give the peak in megabytes, the measuring frames in it."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0
