"""One number for everything a release says: equal content, equal hash, whatever the order of rows."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.publishing.marts import Mart

# Rows print the same in every session only if these do not vary.
_PRINTING = {"datestyle": "ISO, YMD", "intervalstyle": "postgres", "extra_float_digits": "1", "bytea_output": "hex"}


def content_hash(connection: Connection, release_schema: str, marts: Sequence[Mart]) -> tuple[str, int]:
    """Return the hash of all marts of a release and the number of their rows.

    The release's id and timestamps are left out: the same deliveries built again give the same hash.
    """
    lines, rows = [], 0
    with connection.cursor() as cursor:
        for name, value in _PRINTING.items():
            cursor.execute("select set_config(%s, %s, true)", (name, value))
        for mart in sorted(marts, key=lambda one: one.name):
            columns = sorted(column.name for column in mart.columns if column.is_content)
            cursor.execute(
                sql.SQL(statement("rbpk.publishing", "hash_mart")).format(
                    columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                    mart=sql.Identifier(release_schema, mart.name),
                )
            )
            count, high, low = cursor.fetchone() or (0, 0, 0)
            rows += int(count)
            lines.append(f"{mart.name} {','.join(columns)} {count} {high} {low}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest(), rows
