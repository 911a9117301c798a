"""Mended rows of one delivery: judged like any row of its list, and landed as a delivery that stands beside it."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.errors import FeedRejected
from rbpk.feeds import contract_for
from rbpk.feeds.child import Job, judged_rows
from rbpk.feeds.writing_columns import REJECTED_COLUMNS
from rbpk.landing.ledger import execute, find_delivery
from rbpk.landing.mending_repeats import Mend, Refusal, Work, drop_repeated
from rbpk.warehouse import copy_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.landing.ledger import Delivery
    from rbpk.landing.mending_repeats import Why


def mend(connection: Connection, sent: Delivery, corrects: str, rows: Sequence[Mend], regions: Path) -> list[Refusal]:
    """Land the rows that are good now, with the ones mended before; return the refusals of the others."""
    first = find_delivery(connection, corrects)
    if first is None:
        message = f"no delivery {corrects} in the ledger"
        raise FeedRejected(message, "delivery.unknown")
    ((times, former),) = execute(connection, "mended_before", delivery_id=corrects)
    work = Work(
        connection, contract_for(first.feed, first.entity), sent, corrects,
        f"{corrects}-corrected-{int(str(times)) + 1}", str(former) if former else None,
    )  # fmt: skip
    refused = _land(work, first, rows, regions)
    refused |= drop_repeated(work, rows, set(refused))
    if len(refused) < len(rows):
        _enter(work)
    return [Refusal(rows[number].sheet, rows[number].source_row, *why) for number, why in refused.items()]


def _land(work: Work, first: Delivery, rows: Sequence[Mend], regions: Path) -> dict[int, Why]:
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


def _copy(work: Work, job: Job) -> dict[int, Why]:
    with judged_rows(job) as judged:
        form = judged.form
        copy_in(work.connection, ("landing", work.contract.table), form.columns, judged, form.delimiter)
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


def _enter(work: Work) -> None:
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
