"""The tables of a candidate and the promises of their published parents, read from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rbpk.errors import ContractDrifted, ReleaseUnknown
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

KEY = "release_id"
# Parents are partitioned by it first, so that a regency's branch of a view meets its own releases only.
REGENCY = "regency_code"
# dbt's surrogate key is unique over all releases, so it has the release in it.
SURROGATE = "row_id"


@dataclass(frozen=True)
class Column:
    """One column as PostgreSQL spells it."""

    name: str
    type: str
    comment: str | None = None

    @property
    def is_content(self) -> bool:
        """Say whether the column is part of what the release says, not of when and as what it was made."""
        names_a_release = self.name.endswith(KEY) or self.name == SURROGATE
        return not names_a_release and not self.type.startswith("timestamp")


@dataclass(frozen=True)
class Mart:
    """One table with its columns in order."""

    name: str
    columns: tuple[Column, ...]
    comment: str | None = None


def tables_of(cursor: Cursor, schema: str, kind: str = "r") -> tuple[Mart, ...]:
    """Return the tables of a schema by name; `kind` is PostgreSQL's letter (r, p, v)."""
    cursor.execute(statement("rbpk.publishing", "read_tables"), {"schema": schema, "kind": kind})
    rows = cursor.fetchall()
    return tuple(
        Mart(name, tuple(Column(*row[2:]) for row in group), comment)
        for (name, comment), group in groupby(rows, key=lambda row: (row[0], row[1]))
    )


def check_shape(release_id: str, candidate: Sequence[Mart], parents: Sequence[Mart]) -> None:
    """Refuse a candidate that would take something away from readers.

    Raises:
        ReleaseUnknown: the candidate has no marts.
        ContractDrifted: a mart or column is missing, or has changed its type.
    """
    if not candidate:
        message = f"{release_id} has no marts; build it before publishing it"
        raise ReleaseUnknown(message, release_id=release_id)
    built = {mart.name: {column.name: column.type for column in mart.columns} for mart in candidate}
    drifts = [
        f"{name} has no {key}"
        for name, columns in built.items()
        for key in (KEY, REGENCY)
        if columns.get(key) != "text"
    ]
    for parent in parents:
        columns = built.get(parent.name)
        if columns is None:
            drifts.append(f"{parent.name} is missing")
            continue
        for column in parent.columns:
            found = columns.get(column.name)
            if found is None:
                drifts.append(f"{parent.name}.{column.name} is missing")
            elif found != column.type:
                drifts.append(f"{parent.name}.{column.name} is {found}, was {column.type}")
    if drifts:
        message = f"{release_id} breaks what readers were promised: {'; '.join(drifts)}"
        raise ContractDrifted(message, release_id=release_id, drifts=len(drifts))
