"""The only room that talks to PostgreSQL: connections, statements, COPY, locks, installation."""

from rbpk.warehouse.chain import Finding, Head, Inspection, chain_head, verify_audit
from rbpk.warehouse.connection import Warehouse
from rbpk.warehouse.copying import copy_in, copy_out
from rbpk.warehouse.exports import Export, record_export
from rbpk.warehouse.installation import GROUP_ROLES, install
from rbpk.warehouse.locking import lock_for_transaction
from rbpk.warehouse.outcomes import StepOutcome, record_outcome
from rbpk.warehouse.readers import ListGrant, grant_list, revoke_lists
from rbpk.warehouse.seeds import keep_seeds, seed_schema, seeds_kept
from rbpk.warehouse.statements import statement

__all__ = [
    "GROUP_ROLES",
    "Export",
    "Finding",
    "Head",
    "Inspection",
    "ListGrant",
    "StepOutcome",
    "Warehouse",
    "chain_head",
    "copy_in",
    "copy_out",
    "grant_list",
    "install",
    "keep_seeds",
    "lock_for_transaction",
    "record_export",
    "record_outcome",
    "revoke_lists",
    "seed_schema",
    "seeds_kept",
    "statement",
    "verify_audit",
]
