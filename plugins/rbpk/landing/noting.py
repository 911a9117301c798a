"""Findings that only a whole list tells, written onto its landed rows."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from difflib import SequenceMatcher
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from psycopg2 import sql

from rbpk.domain.names import name_key
from rbpk.feeds.contract import REPEATED, Kind
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Collection

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)
    from psycopg2.extensions import cursor as Cursor  # noqa: N812  (see above)

    from rbpk.feeds.contract import Contract

# Below this, two names under one number are two people's (reference 2.3, ID14).
ALIKE = 0.6
# So many rows that share their numbers are no slips, and comparing their names would say nothing more.
_MOST_COMPARED = 50_000


class _Row(NamedTuple):
    """A landed row that a finding speaks of: where it lies, its cell of lineage, whose it is."""

    place: str
    sheet: str
    source_row: int
    nik: str | None
    name: str | None

    @property
    def cell(self) -> tuple[str, int]:
        return self.sheet, self.source_row


def note(connection: Connection, contract: Contract, delivery_id: str, told: bytes) -> None:
    """Write the findings that the reader told of a whole list; `told` is its CSV."""
    notes: dict[tuple[str, int], list[str]] = defaultdict(list)
    for sheet, number, finding in csv.reader(io.StringIO(told.decode(), newline="")):
        notes[sheet, int(number)].append(intern(finding))
    if not notes:
        return
    with connection.cursor() as cursor:
        rows = _rows_noted(cursor, contract, delivery_id, notes)
        repeated = [row for row in rows if any(finding.endswith(f":{REPEATED}") for finding in notes[row.cell])]
        different = _different_people(repeated) if len(repeated) <= _MOST_COMPARED else set()
        places, findings = [], []
        for row in rows:
            said = notes[row.cell] + ([f"{_once(contract)}:NIK_DUP_DIFF_PERSON"] if row.nik in different else [])
            places += [row.place] * len(said)
            findings += said
        query = sql.SQL(statement("rbpk.landing", "note_findings")).format(table=_table(contract))
        cursor.execute(query, {"places": places, "findings": findings})


def _rows_noted(cursor: Cursor, contract: Contract, delivery_id: str, notes: Collection[tuple[str, int]]) -> list[_Row]:
    """Find all the rows concerned in one pass over the list."""
    nik, names = _once(contract), contract.of_kind(Kind.PERSON_NAME)[:1]
    nothing = sql.SQL("null::text")
    query = sql.SQL(statement("rbpk.landing", "rows_noted")).format(
        table=_table(contract),
        nik=sql.Identifier("landed", f"{nik}_clean") if nik and names else nothing,
        name=sql.Identifier("landed", names[0].name) if nik and names else nothing,
    )
    sheets, numbers = map(list, zip(*notes, strict=True))
    # Rows copied a moment ago have no statistics: the planner would take them for a handful and look for each
    # note in all of them.
    cursor.execute("set local enable_nestloop = off")
    cursor.execute(query, {"delivery_id": delivery_id, "sheets": sheets, "rows": numbers})
    rows = [_Row(*row) for row in cursor.fetchall()]
    cursor.execute("set local enable_nestloop = on")
    return rows


def _different_people(rows: list[_Row]) -> set[str | None]:
    """Find the numbers under which the names of different people stand."""
    people: dict[str | None, list[str]] = defaultdict(list)
    for row in rows:
        if row.nik is not None:
            people[row.nik].append(name_key(row.name))
    return {nik for nik, (first, *others) in people.items() if any(not alike(first, other) for other in others)}


def alike(left: str, right: str) -> bool:
    """Say whether two names, reduced to letters, may be one person's."""
    if not left or not right or left == right:
        return True
    compared = SequenceMatcher(None, left, right, autojunk=False)
    # Bounds from above, far cheaper than the ratio: most names of different people fall short of one of them.
    return compared.real_quick_ratio() >= ALIKE and compared.quick_ratio() >= ALIKE and compared.ratio() >= ALIKE


def _once(contract: Contract) -> str | None:
    return contract.people.once if contract.people else None


def _table(contract: Contract) -> sql.Identifier:
    return sql.Identifier("landing", contract.table)
