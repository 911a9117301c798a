"""Mended rows that repeat what counts already: taken back, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from psycopg2 import sql

from rbpk.feeds.contract import Kind
from rbpk.feeds.reasons import reason
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.feeds.contract import Contract, Unique
    from rbpk.landing.ledger import Delivery

Why = tuple[str | None, str, str]
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
class Work:
    """One list's rows that came back, and the delivery they become."""

    connection: Connection
    contract: Contract
    sent: Delivery
    corrects: str
    mended: str
    former: str | None

    @property
    def table(self) -> sql.Composable:
        """Name the landing table of the list."""
        return sql.Identifier("landing", self.contract.table)

    def run(self, name: str, values: dict[str, object], **parts: sql.Composable) -> list[tuple[object, ...]]:
        """Run a statement of this room on that table."""
        query = sql.SQL(statement("rbpk.landing", name)).format(table=self.table, **parts)
        with self.connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall()) if cursor.description else []


def drop_repeated(work: Work, rows: Sequence[Mend], known: set[int]) -> dict[int, Why]:
    """Take back rows that repeat one that counts already, and name those the reader took for no row at all."""
    sent = [c.name for c in work.contract.columns if c.kind is not Kind.RUNNING_NUMBER]
    same = sql.SQL("({}) is not distinct from ({})").format(_cells("fresh", sent), _cells("there", sent))
    rules: list[tuple[str, str, sql.Composable]] = [(_AGAIN, _REPEATED, same)]
    rules += [(u.reason, reason(u.reason, u.columns[0]), _same(u)) for u in work.contract.uniques]
    dropped: dict[tuple[object, ...], Why] = {}
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
