"""Mended rows of one delivery: judged like any row of its list, and landed as a delivery that stands beside it."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from psycopg2 import sql

from rbpk.errors import FeedRejected
from rbpk.feeds import contract_for
from rbpk.feeds.child import Job, judged_rows
from rbpk.feeds.contract import Kind
from rbpk.feeds.reasons import reason
from rbpk.feeds.writing_columns import REJECTED_COLUMNS
from rbpk.landing.ledger import execute, find_delivery
from rbpk.warehouse import copy_in, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.feeds.contract import Contract, Unique
    from rbpk.landing.ledger import Delivery

_Why = tuple[str | None, str, str]
_AGAIN: Final = "CORR_REPEATED"
_REPEATED: Final = "The mended row is empty, or repeats a row that counts already. Nothing has to be done."


@dataclass(frozen=True, slots=True)
class Mend:
    """One row sent back, the place of the refused row it mends, and its cells."""

    sheet: str
    source_row: int
    first_sheet: str
    first_row: int
    cells: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row of a correction workbook that mends nothing, and why."""

    sheet: str
    source_row: int
    column: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class _Work:
    connection: Connection
    contract: Contract
    sent: Delivery
    corrects: str
    mended: str
    former: str | None

    @property
    def table(self) -> sql.Composable:
        return sql.Identifier("landing", self.contract.table)

    def run(self, name: str, values: dict[str, object], **parts: sql.Composable) -> list[tuple[object, ...]]:
        query = sql.SQL(statement("rbpk.landing", name)).format(table=self.table, **parts)
        with self.connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall()) if cursor.description else []


def mend(connection: Connection, sent: Delivery, corrects: str, rows: Sequence[Mend], regions: Path) -> list[Refusal]:
    """Land the rows that are good now, with the ones mended before; return the refusals of the others."""
    first = find_delivery(connection, corrects)
    if first is None:
        message = f"no delivery {corrects} in the ledger"
        raise FeedRejected(message, "delivery.unknown")
    ((times, former),) = execute(connection, "mended_before", delivery_id=corrects)
    work = _Work(
        connection, contract_for(first.feed, first.entity), sent, corrects,
        f"{corrects}-corrected-{int(str(times)) + 1}", str(former) if former else None,
    )  # fmt: skip
    refused = _land(work, first, rows, regions)
    refused |= _drop_repeated(work, rows, set(refused))
    if len(refused) < len(rows):
        _enter(work)
    return [Refusal(rows[number].sheet, rows[number].source_row, *why) for number, why in refused.items()]


def _land(work: _Work, first: Delivery, rows: Sequence[Mend], regions: Path) -> dict[int, _Why]:
    """Judge the rows as a list of their own; rows that no list would hold back land in their first place."""
    with tempfile.TemporaryDirectory(prefix="rbpk-") as folder:
        path = Path(folder) / "mended.csv"
        path.write_text(_as_list(rows), encoding="utf-8")
        job = Job(
            path, regions, work.mended, first.regency_code, first.period, first.feed, first.entity, first.source_file
        )
        try:
            refused = _copy(work, job)
        except FeedRejected as refusal:
            return dict.fromkeys(range(len(rows)), (None, refusal.reason, refusal.message))
    work.run(
        "put_in_place",
        {
            "mended": work.mended,
            "corrected_by": work.sent.delivery_id,
            # The title row is the list's first.
            "numbers": list(range(2, len(rows) + 2)),
            "sheets": [row.first_sheet for row in rows],
            "source_rows": [row.first_row for row in rows],
            "places": [f"{row.sheet}!{row.source_row}" for row in rows],
        },
    )
    return refused


def _copy(work: _Work, job: Job) -> dict[int, _Why]:
    columns = [name for name, _ in work.contract.landing_columns()]
    with judged_rows(job) as judged:
        copy_in(work.connection, ("landing", work.contract.table), columns, judged)
        judged.summary()
        judged.rejected.seek(0)
        text = io.TextIOWrapper(judged.rejected, encoding="utf-8", newline="")
        found = [dict(zip(REJECTED_COLUMNS, line, strict=True)) for line in csv.reader(text)]
        text.detach()
    return {
        int(row["source_row"]) - 2: (row["column_name"] or None, row["reason_code"], row["message"]) for row in found
    }


def _as_list(rows: Sequence[Mend]) -> str:
    # The columns the list itself had, no more: they are known by the same shape again.
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([(row.cells.get(name) or "").replace("\x00", "") for name in names] for row in rows)
    return out.getvalue()


def _drop_repeated(work: _Work, rows: Sequence[Mend], known: set[int]) -> dict[int, _Why]:
    """Take back rows that repeat one that counts already, and name those the reader took for no row at all."""
    sent = [c.name for c in work.contract.columns if c.kind is not Kind.RUNNING_NUMBER]
    same = sql.SQL("({}) is not distinct from ({})").format(_cells("fresh", sent), _cells("there", sent))
    rules: list[tuple[str, str, sql.Composable]] = [(_AGAIN, _REPEATED, same)]
    rules += [(u.reason, reason(u.reason, u.columns[0]), _same(u)) for u in work.contract.uniques]
    dropped: dict[tuple[object, ...], _Why] = {}
    for code, message, condition in rules:
        values: dict[str, object] = {
            "mended": work.mended, "corrects": work.corrects,
            "counted": [one for one in (work.corrects, work.former) if one],
        }  # fmt: skip
        dropped |= dict.fromkeys(work.run("drop_repeated", values, same=condition), (None, code, message))
    there = set(work.run("places", {"mended": work.mended}))
    answers = {}
    for number, row in enumerate(rows):
        place = (row.first_sheet, row.first_row)
        if number not in known and place not in there:
            answers[number] = dropped.get(place, (None, _AGAIN, _REPEATED))
    return answers


def _same(unique: Unique) -> sql.Composable:
    """Say when two rows are the one that may be there once only."""
    pairs = [
        sql.SQL("btrim({}) = btrim({})").format(sql.Identifier("fresh", name), sql.Identifier("there", name))
        for name in unique.columns
    ]
    if unique.where_column:
        wanted = sql.SQL(", ").join(map(sql.Literal, unique.where_values))
        pairs += [
            sql.SQL("upper(btrim({})) in ({})").format(sql.Identifier(side, unique.where_column), wanted)
            for side in ("fresh", "there")
        ]
    return sql.SQL(" and ").join(pairs)


def _cells(side: str, names: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(side, name) for name in names)


def _enter(work: _Work) -> None:
    """Carry over what was mended before, and enter the delivery that now stands beside the first one."""
    columns = [name for name, _ in work.contract.landing_columns()]
    if work.former:
        carried = [sql.Literal(work.mended), *(sql.Identifier("former", name) for name in columns[1:])]
        values: dict[str, object] = {"former": work.former, "mended": work.mended}
        work.run(
            "carry_mended", values,
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)), carried=sql.SQL(", ").join(carried),
        )  # fmt: skip
        execute(work.connection, "mark_superseded", delivery_ids=[work.former])
    execute(
        work.connection, "add_mended", delivery_id=work.sent.delivery_id, mended=work.mended, former=work.former,
        corrects=work.corrects, feed=work.contract.feed, entity=work.contract.entity,
        rows=len(work.run("places", {"mended": work.mended})),
    )  # fmt: skip
