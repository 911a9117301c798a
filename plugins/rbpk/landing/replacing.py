"""Which older deliveries a landed list replaces, and whose list it is."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.feeds.contract import Kind
from rbpk.landing.ledger import execute
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.feeds.contract import Contract
    from rbpk.landing.ledger import Delivery

# The older delivery is the same list if this share of its keys came again.
SAME_LIST = 0.5
_MENDED = re.compile(r"(?i)(?<![a-z])(?:rev(?:isi)?|perbaikan|ralat|koreksi|pembetulan|final|terbaru)(?![a-z])")


def supersede(connection: Connection, contract: Contract, delivery: Delivery) -> tuple[str, ...]:
    """Replace the older lists of the month that came again, by name or by most of their rows; name them."""
    older = execute(
        connection, "older_deliveries", delivery_id=delivery.delivery_id, regency_code=delivery.regency_code,
        period=delivery.period, feed=delivery.feed, entity=delivery.entity,
    )  # fmt: skip
    named = {str(older_id): str(source_file) for older_id, source_file in older}
    replaced = _replaced(connection, contract, delivery, named)
    if replaced:
        execute(connection, "mark_superseded", delivery_ids=list(replaced))
    return replaced


def _replaced(connection: Connection, contract: Contract, delivery: Delivery, named: dict[str, str]) -> tuple[str, ...]:
    said = contract.event and _MENDED.search(PurePosixPath(delivery.source_file).stem)
    if said:
        alike = tuple(one for one, name in named.items() if _bare(name) == _bare(delivery.source_file))
        if alike:
            return alike
    # The same people get the next stage or the next parcel on a list with the same titles.
    key = _key(contract) if said or not contract.event else _with_event(contract)
    shares = {one: _share(connection, contract, key, (one, delivery.delivery_id)) for one in named}
    if said:
        # It mends one list, and does not say which.
        shares = {one: share for one, share in shares.items() if share == max(shares.values())}
    return tuple(one for one, name in named.items() if name == delivery.source_file or shares.get(one, 0) >= SAME_LIST)


def _bare(source_file: str) -> str:
    """Reduce a name to what a mended list shares with the one it mends."""
    path = PurePosixPath(source_file)
    return re.sub(r"[\W_]+", "", f"{path.parent}/{_MENDED.sub('', path.stem)}".casefold())


def senders(connection: Connection, contract: Contract, delivery: Delivery) -> list[str] | None:
    """List the offices, companies or villages whose rows the list holds; none where a list has but one sender."""
    if not contract.sender:
        return None
    filled = [sql.SQL("nullif(btrim({}), '')").format(sql.Identifier(name)) for name in contract.sender]
    query = sql.SQL(statement("rbpk.landing", "senders")).format(
        table=sql.Identifier("landing", contract.table),
        sender=sql.SQL("coalesce({})").format(sql.SQL(", ").join(filled)),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"delivery_id": delivery.delivery_id})
        row = cursor.fetchone()
    return row[0] if row else None


def _share(connection: Connection, contract: Contract, key: sql.Composable, pair: tuple[str, str]) -> float:
    query = sql.SQL(statement("rbpk.landing", "share_of_keys")).format(
        table=sql.Identifier("landing", contract.table), key=key
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"older": pair[0], "newer": pair[1]})
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0


def _key(contract: Contract) -> sql.Composable:
    """Identify a row by the sender's key; by identity number and name in shapes that lack the key."""
    names = [c.name for c in contract.of_kind(Kind.NIK, Kind.PERSON_NAME)]
    if not names:
        return _joined(contract.natural_key)
    return sql.SQL("coalesce({}, {})").format(_joined(contract.natural_key), _joined(names))


def _with_event(contract: Contract) -> sql.Composable:
    return sql.SQL("{} || '|' || concat_ws('|', {})").format(_key(contract), _named(contract.event))


def _joined(names: Sequence[str]) -> sql.Composable:
    return sql.SQL(" || '|' || ").join(sql.Identifier(name) for name in names)


def _named(names: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.SQL("coalesce({}, '')").format(sql.Identifier(name)) for name in names)
