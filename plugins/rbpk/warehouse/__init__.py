"""The only room that talks to PostgreSQL: connections, statements, COPY, locks, installation."""

from rbpk.warehouse.connection import Warehouse
from rbpk.warehouse.copying import copy_in, copy_out
from rbpk.warehouse.exports import Export, record_export
from rbpk.warehouse.installation import GROUP_ROLES, install
from rbpk.warehouse.locking import lock_for_transaction
from rbpk.warehouse.outcomes import StepOutcome, record_outcome
from rbpk.warehouse.statements import statement

__all__ = [
    "GROUP_ROLES",
    "Export",
    "StepOutcome",
    "Warehouse",
    "copy_in",
    "copy_out",
    "install",
    "lock_for_transaction",
    "record_export",
    "record_outcome",
    "statement",
]
