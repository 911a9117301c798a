"""Small invented candidates, for tests that publish."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from rbpk.publishing import OpenedRelease, open_release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rbpk.warehouse import Warehouse

REGENCY = "64.02"
HOUSEHOLDS = (
    "create table {schema}.mart_households "
    "(household_id text not null, desil integer, regency_code text, period text, release_id text, built timestamptz)"
)
AGREEMENT = (
    "create table {schema}.mart_feed_agreement "
    "(grain text, in_p3ke boolean, count bigint, regency_code text, period text, release_id text)"
)


def run(warehouse: Warehouse, *commands: str) -> None:
    with warehouse.connect() as connection, connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)


def ask(warehouse: Warehouse, query: str) -> list[tuple[Any, ...]]:
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def answer(warehouse: Warehouse, query: str) -> Any:  # noqa: ANN401 - one cell of any type
    return ask(warehouse, query)[0][0]


def deliver(
    owner: Warehouse,
    feed: str = "p3ke",
    entity: str = "families",
    *,
    period: str = "2026-10",
    content: str = "a",
    status: str = "landed",
    regency: str = REGENCY,
    rows: int = 10,
    senders: Sequence[str] = (),
) -> str:
    """Write the ledger row of a landed delivery."""
    sha256 = hashlib.sha256(f"{regency}{period}{feed}{entity}{content}".encode()).hexdigest()
    digits = f"{regency.replace('.', '')}-{period.replace('-', '')}"
    delivery_id = f"{digits}-{feed}-{entity}-{sha256[:12]}"
    run(
        owner,
        "insert into audit.deliveries (delivery_id, regency_code, period, feed, entity, source_file, sha256, "
        "size_bytes, status, error_code, rows_read, rows_loaded, rows_quarantined, rows_duplicate) values "
        f"('{delivery_id}', '{regency}', '{period}', '{feed}', '{entity}', '{content}.csv', '{sha256}', 1, "
        f"'{status}', {'null' if status in ('landed', 'received', 'superseded') else repr('x.y')}, "
        f"{rows}, {rows}, 0, 0)",
    )
    if senders:
        named = ",".join(senders)
        run(owner, f"update audit.deliveries set senders = '{{{named}}}' where delivery_id = '{delivery_id}'")
    return delivery_id


def deliver_all(owner: Warehouse, *, period: str = "2026-10", content: str = "a", regency: str = REGENCY) -> None:
    for feed, entity in (("p3ke", "families"), ("dtks", "individuals"), ("pkh", "participants")):
        deliver(owner, feed, entity, period=period, content=content, regency=regency)


def candidate(
    owner: Warehouse,
    desils: Sequence[int] = (1, 2, 3),
    *,
    period: str = "2026-10",
    regency: str = REGENCY,
    verdict: str | None = "passed",
) -> OpenedRelease:
    """Open a release and build two marts in it, as dbt would."""
    if answer(owner, f"select count(*) from audit.deliveries where regency_code = '{regency}'") == 0:
        deliver_all(owner, period=period, regency=regency)
    opened = open_release(owner, regency, period, "code-1", force=True)
    schema, facts = opened.release_schema, f"'{regency}', '{period}', '{opened.release_id}'"
    run(owner, HOUSEHOLDS.format(schema=schema), AGREEMENT.format(schema=schema))
    for number, desil in enumerate(desils):
        run(
            owner,
            f"insert into {schema}.mart_households values ('h{number}', {desil}, {facts}, clock_timestamp())",
        )
    run(
        owner,
        f"insert into {schema}.mart_feed_agreement values ('household', true, {len(desils)}, {facts})",
        f"comment on table {schema}.mart_households is 'Satu baris per keluarga. One row a household.'",
        f"comment on column {schema}.mart_households.desil is 'Desil. Decile.'",
    )
    if verdict:
        run(owner, f"update audit.releases set verdict = '{verdict}' where release_id = '{opened.release_id}'")
    return opened
