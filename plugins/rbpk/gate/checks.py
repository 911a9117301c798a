"""The gate's two questions: may this delivery go on, may this release be published."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.errors import GateCheckCrashed, ReleaseUnknown
from rbpk.gate import docs, engine
from rbpk.gate.results import Verdict
from rbpk.warehouse import lock_for_transaction, statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.gate.suite import Suite
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

_ROOM = "rbpk.gate"


def check_delivery(warehouse: Warehouse, delivery_id: str, suites: Sequence[Suite], docs_dir: Path) -> Verdict:
    """Judge a landed delivery by the suites of its table; a blocked one is held, out of every release.

    Raises:
        GateCheckCrashed: no suite is about its table.
        ReleaseUnknown: there is no such delivery, or it was never landed.
    """
    with warehouse.connect() as connection:
        table, facts, before = _delivery_facts(connection, delivery_id)
        jobs = [(suite, suite.bind(facts)) for suite in suites if suite.audits == table]
    if not jobs:
        raise GateCheckCrashed(f"{delivery_id}: no suite audits {table}", delivery_id=delivery_id)
    verdict = Verdict(delivery_id, engine.run(warehouse, jobs))
    with warehouse.connect() as connection:
        if _record(connection, verdict, before, delivery_id=delivery_id):
            with connection.cursor() as cursor:
                cursor.execute(
                    statement(_ROOM, "judge_delivery"),
                    {
                        "delivery_id": delivery_id,
                        "passed": verdict.passed,
                        "error_code": "gate.check_crashed" if verdict.crashed else "gate.blocked",
                        "error_message": f"blocked by {', '.join(verdict.blocking)}",
                    },
                )
    _finish(verdict, docs_dir, "deliveries")
    return verdict


def check_release(warehouse: Warehouse, release_id: str, suites: Sequence[Suite], docs_dir: Path) -> Verdict:
    """Judge a candidate release; a blocked one is marked and cannot be published.

    Raises:
        ReleaseUnknown: there is no such release, or it is no candidate any more.
    """
    with warehouse.connect() as connection:
        jobs = [(suite, suite.bind(_release_facts(connection, release_id, suites, suite))) for suite in suites]
        before = _last_result(connection, release_id=release_id)
    verdict = Verdict(release_id, engine.run(warehouse, jobs))
    with warehouse.connect() as connection:
        if _record(connection, verdict, before, release_id=release_id):
            with connection.cursor() as cursor:
                cursor.execute(statement(_ROOM, "judge_release"), {"release_id": release_id, "passed": verdict.passed})
                if cursor.rowcount == 0:
                    # Published or withdrawn while it was measured: a verdict must not change what readers see.
                    message = f"{release_id} is no candidate any more; its verdict is not recorded"
                    raise ReleaseUnknown(message, release_id=release_id)
    _finish(verdict, docs_dir, "releases")
    return verdict


def _delivery_facts(connection: Connection, delivery_id: str) -> tuple[str, dict[str, sql.Composable], int]:
    with connection.cursor() as cursor:
        cursor.execute(statement(_ROOM, "find_delivery"), {"delivery_id": delivery_id})
        row = cursor.fetchone()
    if row is None:
        message = f"{delivery_id} is not a landed delivery; nothing to check"
        raise ReleaseUnknown(message, delivery_id=delivery_id)
    regency, period, feed, entity, last_result = row
    facts = {
        "delivery": sql.Literal(delivery_id),
        "regency": sql.Literal(regency),
        "period": sql.Literal(period),
        "feed": sql.Literal(feed),
        "entity": sql.Literal(entity),
        "table": sql.Identifier("landing", f"{feed}__{entity}"),
    }
    return f"landing.{feed}__{entity}", facts, int(last_result)


def _release_facts(
    connection: Connection, release_id: str, suites: Sequence[Suite], suite: Suite
) -> dict[str, sql.Composable]:
    with connection.cursor() as cursor:
        cursor.execute(statement(_ROOM, "find_release"), {"release_id": release_id, "table": suite.table})
        row = cursor.fetchone()
    if row is None:
        message = f"{release_id} is not a candidate; only candidates are checked"
        raise ReleaseUnknown(message, release_id=release_id)
    regency, period, release, work, previous, previous_id = row
    return {
        "release_id": sql.Literal(release_id),
        "regency": sql.Literal(regency),
        "period": sql.Literal(period),
        "release": sql.Identifier(release),
        "work": sql.Identifier(work),
        # Without a former release the candidate stands in, and `release_id = null` finds no row of it.
        "previous": sql.Identifier(previous or release),
        "previous_id": sql.Literal(previous_id),
        "release_name": sql.Literal(release),
        "table": sql.Identifier(release, suite.table),
        "audited": sql.Literal([one.table for one in suites if one.schema in {"marts", "restricted"}]),
    }


def _last_result(connection: Connection, **subject: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement(_ROOM, "last_result"), {"release_id": None, "delivery_id": None, **subject})
        (last,) = cursor.fetchone() or (0,)
    return int(last)


def _record(connection: Connection, verdict: Verdict, before: int, **subject: str) -> bool:
    """Write the results, unless another attempt came first; say which. `before` is the last result there should be."""
    lock_for_transaction(connection, "gate", verdict.subject)
    if _last_result(connection, **subject) != before:
        log.info("subject=%s was judged by another attempt meanwhile", verdict.subject)
        return False
    rows = [{"release_id": None, "delivery_id": None, **subject, **vars(result)} for result in verdict.results]
    with connection.cursor() as cursor:
        cursor.executemany(statement(_ROOM, "record_result"), rows)
    return True


def _finish(verdict: Verdict, docs_dir: Path, kind: str) -> None:
    docs.write(verdict, docs_dir, kind)
    log.info(
        "checked subject=%s passed=%s rules=%d blocking=%d warnings=%d",
        verdict.subject, verdict.passed, len(verdict.results), len(verdict.blocking), len(verdict.warnings),
    )  # fmt: skip
