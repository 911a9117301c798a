"""Which older deliveries a landed list replaces, and whose list it is."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

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
# Of a longer list at least half as many keys are compared: chance moves the share by some 3 % at most.
_KEYS_COMPARED = 5_000
_MENDED = re.compile(r"(?i)(?<![a-z])(?:rev(?:isi)?|perbaikan|ralat|koreksi|pembetulan|final|terbaru)(?![a-z])")


class _Older(NamedTuple):
    """A list of the month that is there already."""

    delivery_id: str
    source_file: str
    rows_loaded: int | None


def supersede(connection: Connection, contract: Contract, delivery: Delivery) -> tuple[str, ...]:
    """Replace the older lists of the month that came again, by name or by most of their rows; name them."""
    older = execute(
        connection, "older_deliveries", delivery_id=delivery.delivery_id, regency_code=delivery.regency_code,
        period=delivery.period, feed=delivery.feed, entity=delivery.entity,
    )  # fmt: skip
    replaced = _replaced(connection, contract, delivery, [_Older(*row) for row in older])  # type: ignore[arg-type]
    if replaced:
        execute(connection, "mark_superseded", delivery_ids=list(replaced))
    return replaced


def _replaced(connection: Connection, contract: Contract, delivery: Delivery, older: list[_Older]) -> tuple[str, ...]:
    said = contract.event and _MENDED.search(PurePosixPath(delivery.source_file).stem)
    alike = {
        one.delivery_id
        for one in older
        if one.source_file == delivery.source_file or (said and _bare(one.source_file) == _bare(delivery.source_file))
    }
    if said and alike:
        return tuple(one.delivery_id for one in older if one.delivery_id in alike)
    # The same people get the next stage or the next parcel on a list with the same titles.
    key = _key(contract) if said or not contract.event else _with_event(contract)
    others = [one for one in older if one.delivery_id not in alike]
    shares = _shares(connection, contract, key, others, delivery.delivery_id)
    # A mended list mends one, and does not say which.
    least = max([SAME_LIST, *shares.values()]) if said else SAME_LIST
    alike |= {one for one, share in shares.items() if share >= least}
    return tuple(one.delivery_id for one in older if one.delivery_id in alike)


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


def _shares(
    connection: Connection, contract: Contract, key: sql.Composable, older: list[_Older], newer: str
) -> dict[str, float]:
    """Say of each older list which share of its keys the newer one brings again."""
    query = sql.SQL(statement("rbpk.landing", "share_of_keys")).format(
        table=sql.Identifier("landing", contract.table), key=key
    )
    masks: dict[int, list[str]] = defaultdict(list)
    for one in older:
        masks[(1 << ((one.rows_loaded or 0) // _KEYS_COMPARED).bit_length()) - 1].append(one.delivery_id)
    shares: dict[str, float] = {}
    with connection.cursor() as cursor:
        for mask, these in masks.items():
            cursor.execute(query, {"older": these, "newer": newer, "mask": mask})
            shares.update(cursor.fetchall())
    return shares


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
