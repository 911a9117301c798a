"""Findings that only a whole list tells, written onto its landed rows."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.domain.names import name_key
from rbpk.feeds.contract import REPEATED, Kind
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)
    from psycopg2.extensions import cursor as Cursor  # noqa: N812  (see above)

    from rbpk.feeds.contract import Contract

# Below this, two names under one number are two people's (reference 2.3, ID14).
ALIKE = 0.6
# So many rows that share their numbers are no slips, and comparing their names would say nothing more.
_MOST_COMPARED = 50_000

_Note = tuple[str, int, str]


def note(connection: Connection, contract: Contract, delivery_id: str, told: bytes) -> None:
    """Write the findings that the reader told of a whole list; `told` is its CSV."""
    notes = [(sheet, int(row), finding) for sheet, row, finding in csv.reader(io.StringIO(told.decode(), newline=""))]
    if not notes:
        return
    with connection.cursor() as cursor:
        # Rows copied a moment ago have no statistics: the planner would take them for a handful and look for each
        # note in all of them.
        cursor.execute("set local enable_nestloop = off")
        notes += _different_people(cursor, contract, delivery_id, notes)
        sheets, rows, findings = map(list, zip(*notes, strict=True))
        query = sql.SQL(statement("rbpk.landing", "note_findings")).format(table=_table(contract))
        cursor.execute(query, {"delivery_id": delivery_id, "sheets": sheets, "rows": rows, "findings": findings})
        cursor.execute("set local enable_nestloop = on")


def _different_people(cursor: Cursor, contract: Contract, delivery_id: str, notes: list[_Note]) -> list[_Note]:
    """Find the rows of numbers under which the names of different people stand."""
    nik = contract.people.once if contract.people else None
    names = [column.name for column in contract.of_kind(Kind.PERSON_NAME)][:1]
    repeated = [(sheet, row) for sheet, row, finding in notes if finding.endswith(f":{REPEATED}")]
    if nik is None or not names or not 0 < len(repeated) <= _MOST_COMPARED:
        return []
    query = sql.SQL(statement("rbpk.landing", "rows_of_repeated_niks")).format(
        table=_table(contract), nik=sql.Identifier(f"{nik}_clean"), name=sql.Identifier(names[0])
    )
    sheets, rows = map(list, zip(*repeated, strict=True))
    cursor.execute(query, {"delivery_id": delivery_id, "sheets": sheets, "rows": rows})
    people: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for sheet, row, number, name in cursor.fetchall():
        people[number].append((sheet, row, name_key(name)))
    return [
        (sheet, row, f"{nik}:NIK_DUP_DIFF_PERSON")
        for same in people.values()
        if any(not alike(same[0][2], name) for _, _, name in same[1:])
        for sheet, row, _ in same
    ]


def alike(left: str, right: str) -> bool:
    """Say whether two names, reduced to letters, may be one person's."""
    return not left or not right or SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE


def _table(contract: Contract) -> sql.Identifier:
    return sql.Identifier("landing", contract.table)
