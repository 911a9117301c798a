"""Where a table of a release goes when it is published: to everyone's marts, or to the lists by name.

A list is a table called `bnba_…` (by name, by address). It is named here with the role that reads it
and the column that role's readers are told apart by; a list nobody named is never published.
"""

from __future__ import annotations

from dataclasses import dataclass

from rbpk.errors import ContractDrifted

LIST_PREFIX = "bnba_"


@dataclass(frozen=True)
class Shelf:
    """The schema of the partitioned parents, of the views on them, and who reads those views."""

    parents: str
    views: str
    readers: tuple[str, ...]
    # Of a list: the column whose value a reader must have been granted.
    scope_column: str | None = None

    @property
    def is_restricted(self) -> bool:
        return self.scope_column is not None


MARTS = Shelf("marts", "published", ("bi_reader", "auditor"))


def _list(reader: str, scope_column: str) -> Shelf:
    return Shelf("lists", "restricted", (reader,), scope_column)


LISTS = {
    "bnba_exclusion_errors": _list("case_worker", "kecamatan_code"),
    "bnba_inclusion_errors": _list("case_worker", "kecamatan_code"),
    "bnba_verification_worklist": _list("case_worker", "kecamatan_code"),
    "bnba_opd_delivery": _list("opd_reader", "opd_code"),
    "bnba_partner_offer": _list("partner_reader", "offer_code"),
}


def shelf_of(table: str) -> Shelf:
    """Return the shelf of a table of a release.

    Raises:
        ContractDrifted: it is a list by name, and nobody has said who may read it.
    """
    if not table.startswith(LIST_PREFIX):
        return MARTS
    if table not in LISTS:
        message = f"{table} is a list by name that no role reads; name its reader in rbpk.publishing.shelves"
        raise ContractDrifted(message, table=table)
    return LISTS[table]
