"""Twenty queries as dashboards ask them, run as bi_reader and timed; `bi_queries/*.sql`.

Each says in its second line which index serves it, or why none does.
"""

from __future__ import annotations

import re
import statistics
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2

QUERIES = Path(__file__).with_name("bi_queries")
TIMES = 5


@dataclass(frozen=True)
class Query:
    """One question of a dashboard; `index` is `mart (column, …)` or says why there is none."""

    name: str
    about: str
    index: str
    text: str

    @property
    def indexed(self) -> tuple[str, str] | None:
        """Return the mart and the columns of the index that serves it."""
        found = re.fullmatch(r"(\w+) \((.+)\)", self.index)
        return (found[1], found[2]) if found else None


@dataclass(frozen=True)
class Answer:
    """A query's rows and its median time in seconds."""

    query: Query
    rows: int
    seconds: float


def queries() -> list[Query]:
    """Return all queries by name."""
    found = []
    for path in sorted(QUERIES.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        about, index, *_ = text.splitlines()
        found.append(Query(path.stem, about.removeprefix("-- "), index.removeprefix("-- index: "), text))
    return found


def ask(reader: str, times: int = TIMES) -> list[Answer]:
    """Ask every query of the published release."""
    with closing(psycopg2.connect(reader)) as connection, connection.cursor() as cursor:
        return [_ask(cursor, query, times) for query in queries()]


def _ask(cursor: psycopg2.extensions.cursor, query: Query, times: int) -> Answer:
    taken, rows = [], 0
    for _ in range(times):
        began = time.perf_counter()
        cursor.execute(query.text)
        rows = len(cursor.fetchall())
        taken.append(time.perf_counter() - began)
    return Answer(query, rows, statistics.median(taken))


def table(answers: list[Answer]) -> str:
    """Return the answers as a table, the slowest first."""
    lines = ["| query | rows | ms | served by |", "| --- | ---: | ---: | --- |"]
    slowest_first = sorted(answers, key=lambda one: -one.seconds)
    lines += [f"| {one.query.name} | {one.rows:,} | {1000 * one.seconds:.0f} | {one.query.index} |"
              for one in slowest_first]  # fmt: skip
    return "\n".join(lines)
