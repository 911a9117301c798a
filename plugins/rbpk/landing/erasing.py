"""Who was erased (UU 27/2022) leaves the landed and refused rows, and does not come back with the next list.

A person is known again by keyed digests of what their rows said: the number, and the name within a home
(family card, or the sender's number of the family). A row of a list of persons moves to quarantine, without
what it held; of a list that speaks of a family the row stays and no longer says who it named, so that the
others of the family keep their help. Where nobody else lived there, all rows go.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from psycopg2 import sql

from rbpk.errors import ConfigurationMissing
from rbpk.feeds.contract import Contract, Kind
from rbpk.feeds.registry import contracts
from rbpk.landing.erasing_marks import (
    marks_of_refused,
    marks_of_relative,
    marks_of_rows,
    of_corrections,
    relatives_named,
    what_names_somebody,
)
from rbpk.landing.ledger import execute
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from rbpk.landing.ledger import Delivery

_PACKAGE = "rbpk.landing"
REASON: Final = "ERASED"
MESSAGE: Final = "The person asked to be erased (UU 27/2022). Leave them out of the next list."
# Lists with a row a person; every other list with a NIK speaks of a family or of what was given to one.
PERSON_LISTS: Final = frozenset({"individuals", "components", "verifications"})
_BLOCK: Final = 64


@dataclass(frozen=True, slots=True)
class Secret:
    """The key under which erased people are remembered, in the two pads of HMAC; the key itself never travels."""

    key_id: str
    inner: bytes = field(repr=False)
    outer: bytes = field(repr=False)

    @classmethod
    def of(cls, key: bytes) -> Secret:
        """Make the pads of a key.

        Raises:
            ConfigurationMissing: there is none.
        """
        if not key:
            message = "somebody is or was erased, and that needs its secret: set RBPK_SUPPRESSION_KEY"
            raise ConfigurationMissing(message)
        # A use of its own: digests here and identifiers elsewhere cannot be compared.
        derived = hashlib.sha256(b"rbpk-suppression|" + key).digest().ljust(_BLOCK, b"\0")
        return cls(
            hashlib.sha256(b"rbpk-suppression-id|" + key).hexdigest()[:12],
            bytes(byte ^ 0x36 for byte in derived),
            bytes(byte ^ 0x5C for byte in derived),
        )


@dataclass(frozen=True, slots=True)
class Traces:
    """By what one person's rows are found: numbers, and the rows linkage says are theirs."""

    niks: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[str, str, int], ...] = field(repr=False)
    is_alone: bool = False


@dataclass(slots=True)
class Gone:
    """How many rows of the landing tables and of quarantine were emptied, and of which deliveries."""

    moved: int = 0
    blanked: int = 0
    relatives: int = 0
    refused: int = 0
    deliveries: set[str] = field(default_factory=set)


def suppress(connection: Connection, contract: Contract, delivery: Delivery, key: bytes) -> int:
    """Take erased people out of a delivery that has just been copied in; return how many rows moved to quarantine.

    Raises:
        ConfigurationMissing: somebody was erased under another key, and would come back unnoticed.
    """
    if not contract.of_kind(Kind.NIK) and not of_corrections(contract):
        return 0
    known = {str(row[0]) for row in execute(connection, "known_suppressions", regency=delivery.regency_code)}
    if not known:
        return 0
    secret = Secret.of(key)
    if known != {secret.key_id}:
        message = (
            "people were erased under another secret and would come back with this list; "
            "set RBPK_SUPPRESSION_KEY to the secret of that time"
        )
        raise ConfigurationMissing(message)
    work = _Work(connection, delivery.regency_code, delivery.delivery_id, secret)
    _sweep(work, contract, ())
    _note_files(work)
    return work.gone.moved


def erase(connection: Connection, regency: str, traces: Traces, erasure_id: int, key: bytes) -> Gone:
    """Take one person out of everything delivered for a regency, and remember them for what is delivered next."""
    secret = Secret.of(key)
    work = _Work(connection, regency, None, secret)
    facts = {
        "is_alone": traces.is_alone, "erasure_id": erasure_id, "key_id": secret.key_id, "niks": list(traces.niks),
        **_as_arrays(traces.rows),
    }  # fmt: skip
    work.run("add_suppressed_niks", facts)
    lists = [one for one in contracts() if one.of_kind(Kind.NIK)]
    for contract in lists:
        (nik, *_) = contract.of_kind(Kind.NIK)
        work.run(
            "add_suppressed", facts, table=_table(contract), marks=marks_of_rows(contract),
            nik=sql.Identifier("landed", f"{nik.name}_clean"),
        )  # fmt: skip
    corrections = next(one for one in contracts() if of_corrections(one))
    for contract in (*lists, corrections):
        _sweep(work, contract, traces.rows, is_alone=traces.is_alone)
        work.run("count_erased", {})
    _note_files(work)
    return work.gone


@dataclass(slots=True)
class _Work:
    connection: Connection
    regency: str
    delivery: str | None
    secret: Secret
    gone: Gone = field(default_factory=Gone)

    def run(self, name: str, values: dict[str, Any], **parts: sql.Composable) -> list[tuple[Any, ...]]:
        query = sql.SQL(statement(_PACKAGE, name))
        facts = {
            "regency": self.regency, "delivery": self.delivery, "inner": self.secret.inner, "outer": self.secret.outer,
            "reason": REASON, "message": MESSAGE, **values,
        }  # fmt: skip
        with self.connection.cursor() as cursor:
            cursor.execute(query.format(**parts) if parts else query, facts)
            if cursor.description:
                return list(cursor.fetchall())
            return [(cursor.rowcount,)]


def _sweep(work: _Work, contract: Contract, linked: Sequence[tuple[str, str, int]], *, is_alone: bool = False) -> None:
    table = _table(contract)
    of_list = {"feed": contract.feed, "entity": contract.entity}
    leaves = {"leaves": contract.entity in PERSON_LISTS or of_corrections(contract)}
    work.run("prepare_erased", {})
    if linked:
        work.run("find_linked", {**leaves, "is_alone": is_alone, **_as_arrays(linked)}, table=table)
    work.run("find_suppressed", leaves, table=table, marks=marks_of_rows(contract))
    found = work.run("list_erased", {})
    work.gone.deliveries |= {str(delivery) for delivery, _, _ in found}
    if found:
        work.run("quarantine_erased", of_list, table=table)
        work.gone.moved += sum(out for _, out, _ in found)
        work.gone.blanked += sum(stay for _, _, stay in found)
        work.run("delete_erased", {}, table=table)
        if blanks := what_names_somebody(contract):
            work.run("blank_erased", {}, table=table, blanks=blanks)
    for name in relatives_named(contract):
        rows = work.run(
            "blank_relatives",
            {},
            table=table,
            relative=sql.Identifier(name),
            marks=marks_of_relative(contract, name),
        )
        work.gone.relatives += len(rows)
        work.gone.deliveries |= {str(row[0]) for row in rows}
    rows = work.run("scrub_rejected", of_list, marks=marks_of_refused(contract))
    work.gone.refused += len(rows)
    work.gone.deliveries |= {str(row[0]) for row in rows}


def _note_files(work: _Work) -> None:
    if work.gone.deliveries:
        work.run("note_files", {"deliveries": sorted(work.gone.deliveries)})


def _as_arrays(rows: Sequence[tuple[str, str, int]]) -> dict[str, list[Any]]:
    deliveries, sheets, numbers = (list(one) for one in zip(*rows, strict=True)) if rows else ([], [], [])
    return {"deliveries": deliveries, "sheets": sheets, "rows": numbers}


def _table(contract: Contract) -> sql.Identifier:
    return sql.Identifier("landing", contract.table)
