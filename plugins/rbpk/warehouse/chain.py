"""Reads the chain of audit rows (sql/chain.sql) back: was anything changed, taken out or cut off?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - likewise

    from rbpk.warehouse.connection import Warehouse

ROOM = "rbpk.warehouse"


@dataclass(frozen=True)
class Head:
    """The last link of a regency's chain at some moment; kept outside, it proves that nothing was cut off."""

    regency: str
    number: int
    hash: str


@dataclass(frozen=True)
class Finding:
    """One place where the audit is not what was written; `row_key` is an id, never a value of a person."""

    regency: str
    number: int | None
    table: str
    row_key: str
    what: str

    def __str__(self) -> str:
        return f"chain {self.regency} link {self.number or '-'}: {self.table} {self.row_key}: {self.what}"


@dataclass(frozen=True)
class Inspection:
    """What was looked at, and what was found wrong."""

    links: int
    heads: tuple[Head, ...]
    findings: tuple[Finding, ...]


def chain_head(connection: Connection, regency: str) -> Head:
    """Return the last committed link of a regency's chain; number 0 before the first."""
    with connection.cursor() as cursor:
        cursor.execute(statement(ROOM, "chain_head"), {"regency": regency})
        number, digest = cursor.fetchone() or (0, "")
    return Head(regency, int(number), str(digest))


def verify_audit(auditor: Warehouse, known: Iterable[Head] = ()) -> Inspection:
    """Recompute every link and compare every audit row with its last one.

    Args:
        auditor: a login that reads the schema audit.
        known: heads kept outside the warehouse, as release manifests carry them.
    """
    with auditor.connect() as connection:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        return inspect_audit(connection, known)


def inspect_audit(connection: Connection, known: Iterable[Head] = ()) -> Inspection:
    """Do the same inside the transaction of a connection; one snapshot for all tables is the caller's to have."""
    with connection.cursor() as cursor:
        # Printed as when the links were made.
        cursor.execute("set local timezone = 'UTC'")
        cursor.execute(statement(ROOM, "chain_breaks"))
        findings = [Finding(*row) for row in cursor.fetchall()]
        cursor.execute(
            "select distinct on (table_name) table_name, key_columns from audit.chain_versions "
            "order by table_name asc, version desc"
        )
        for table, keys in cursor.fetchall():
            findings += _rows_unlike(cursor, table, keys)
        findings += [finding for head in known for finding in _missing(cursor, head)]
        cursor.execute(
            "select distinct on (regency_code) regency_code, number, hash from audit.chain "
            "order by regency_code asc, number desc"
        )
        heads = tuple(Head(*row) for row in cursor.fetchall())
        cursor.execute("select count(*) from audit.chain")
        links = int((cursor.fetchone() or (0,))[0])
    return Inspection(links, heads, tuple(findings))


def _rows_unlike(cursor: Cursor, table: str, keys: list[str]) -> list[Finding]:
    cursor.execute(
        sql.SQL(statement(ROOM, "chain_rows")).format(
            name=sql.Literal(table), keys=sql.Literal(keys), table=sql.Identifier("audit", table)
        )
    )
    return [Finding(*row) for row in cursor.fetchall()]


def _missing(cursor: Cursor, head: Head) -> list[Finding]:
    cursor.execute(
        "select 1 from audit.chain where regency_code = %s and number = %s and hash = %s",
        (head.regency, head.number, head.hash),
    )
    if cursor.fetchone() or head.number == 0:
        return []
    return [Finding(head.regency, head.number, "chain", "-", "a link known outside is not in the chain")]
