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

    from rbpk.feeds.contract import Contract

# Below this, two names under one number are two people's (reference 2.3, ID14).
ALIKE = 0.6
# So many rows that share their numbers are no slips, and comparing their names would say nothing more.
_MOST_COMPARED = 50_000

_Note = tuple[str, int, str]


def note(connection: Connection, contract: Contract, delivery_id: str, told: bytes) -> None:
    """Write the findings that the reader told of a whole list; `told` is its CSV."""
    notes = [(sheet, int(row), finding) for sheet, row, finding in csv.reader(io.StringIO(told.decode(), newline=""))]
    _write(connection, contract, delivery_id, notes)
    repeated = sum(1 for _, _, finding in notes if finding.endswith(f":{REPEATED}"))
    if 0 < repeated <= _MOST_COMPARED:
        _write(connection, contract, delivery_id, _different_people(connection, contract, delivery_id))


def _write(connection: Connection, contract: Contract, delivery_id: str, notes: list[_Note]) -> None:
    if not notes:
        return
    sheets, rows, findings = map(list, zip(*notes, strict=True))
    query = sql.SQL(statement("rbpk.landing", "note_findings")).format(table=_table(contract))
    with connection.cursor() as cursor:
        cursor.execute(query, {"delivery_id": delivery_id, "sheets": sheets, "rows": rows, "findings": findings})


def _different_people(connection: Connection, contract: Contract, delivery_id: str) -> list[_Note]:
    nik = contract.people.once if contract.people else None
    names = [column.name for column in contract.of_kind(Kind.PERSON_NAME)][:1]
    if nik is None or not names:
        return []
    query = sql.SQL(statement("rbpk.landing", "rows_of_repeated_niks")).format(
        table=_table(contract), nik=sql.Identifier(f"{nik}_clean"), name=sql.Identifier(names[0])
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"delivery_id": delivery_id, "finding": f"{nik}:{REPEATED}"})
        rows = cursor.fetchall()
    people: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for sheet, row, number, name in rows:
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
