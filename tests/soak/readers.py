"""One reader: asks again and again, checks every answer, and remembers how long each took."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg2

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

# A release's number of households follows from its revision: an answer out of two releases cannot be right.
HOUSEHOLDS = 20_000
SHORT = "select count(*), min(release_id), max(release_id) from published.mart_households"
REPORT_SECONDS = 30
# A dashboard looks at its answer before it asks again; eight that never do measure the processor, not the publishing.
LOOKS_SECONDS = 0.1
# Materialised: it thinks once, whatever the planner makes of the tables.
REPORT = f"""
with thinking as materialized (select pg_sleep({REPORT_SECONDS}))
select count(*), min(release_id), max(release_id)
from published.mart_households
cross join thinking
"""
KINDS = ("plain", "plain", "plain", "prepared", "transaction", "snapshot", "report", "report in a transaction")


@dataclass
class Diary:
    """What one reader lived through: (seconds since the epoch, duration) of each query, errors, wrong answers."""

    kind: str
    queries: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read(kind: str, dsn: str, stop: Event) -> Diary:
    """Read until told to stop."""
    diary = Diary(kind)
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        act = _habits(cursor)[kind]
        cursor.execute(f"prepare counting as {SHORT}")
        while not stop.is_set():
            began = time.time()
            try:
                answers = act()
            except psycopg2.Error as error:
                diary.errors.append(type(error).__name__)
                continue
            diary.queries.append((began, time.time() - began))
            diary.wrong += [f"{kind}: {answer}" for answer in answers if not _whole(answer)]
            if kind == "snapshot" and len(set(answers)) > 1:
                diary.wrong.append(f"one snapshot, two answers: {sorted(set(answers))}")
            time.sleep(LOOKS_SECONDS)
    connection.close()
    return diary


Answer = tuple[int, str, str]


def _habits(cursor: Cursor) -> dict[str, Callable[[], list[Answer]]]:
    def ask(query: str) -> Answer:
        cursor.execute(query)
        count, first, last = cursor.fetchone() or (0, "", "")
        return count, str(first), str(last)

    def within(begin: str, *queries: str) -> list[Answer]:
        cursor.execute(begin)
        answers = [ask(query) for query in queries]
        cursor.execute("commit")
        return answers

    return {
        "plain": lambda: [ask(SHORT)],
        "prepared": lambda: [ask("execute counting")],
        "transaction": lambda: within("begin", SHORT, SHORT),
        "snapshot": lambda: within("begin isolation level repeatable read", SHORT, SHORT, SHORT),
        "report": lambda: [ask(REPORT)],
        "report in a transaction": lambda: within("begin isolation level repeatable read", SHORT, REPORT, SHORT),
    }


def _whole(answer: Answer) -> bool:
    count, first, last = answer
    return first == last and count == HOUSEHOLDS + int(first.rpartition("r")[2])
