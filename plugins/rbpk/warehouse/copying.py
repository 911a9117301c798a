"""COPY in and out: the only way rows in number enter or leave the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from psycopg2 import sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case


class Readable(Protocol):
    """What COPY FROM reads: a binary stream of CSV."""

    def read(self, size: int = ..., /) -> bytes: ...

    def readline(self, size: int = ..., /) -> bytes: ...


class Writable(Protocol):
    """What COPY TO writes: a binary sink."""

    def write(self, data: bytes, /) -> object: ...


def copy_in(
    connection: Connection,
    table: tuple[str, str],
    columns: Sequence[str],
    stream: Readable,
    delimiter: str = ",",
) -> int:
    """Append CSV rows of a stream to (schema, table); an unquoted empty field is NULL.

    Returns the number of rows the server took.
    """
    command = sql.SQL("copy {} ({}) from stdin with (format csv, delimiter {})").format(
        sql.Identifier(*table),
        sql.SQL(", ").join(sql.Identifier(column) for column in columns),
        sql.Literal(delimiter),
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(command, stream, size=1 << 16)
        return int(cursor.rowcount)


def copy_out(connection: Connection, query: sql.Composable | str, stream: Writable) -> int:
    """Write the rows of a query to a stream as CSV with a header line; return their number."""
    body = sql.SQL(query) if isinstance(query, str) else query
    with connection.cursor() as cursor:
        cursor.copy_expert(
            sql.SQL("copy ({}) to stdout with (format csv, header true)").format(body), stream, size=1 << 16
        )
        return int(cursor.rowcount)
