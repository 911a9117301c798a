"""Who reads lists by name: a login of their own, a role, and the kecamatan, offices or offers they serve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.errors import ConfigurationMissing
from rbpk.warehouse.installation import GROUP_ROLES, SCOPED_ROLES, ask_with_one_process
from rbpk.warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import date

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse.connection import Warehouse

_LOGIN = re.compile(r"[a-z][a-z0-9_]{2,50}")


@dataclass(frozen=True)
class ListGrant:
    """What one person may read of the lists by name, why, and who says so."""

    login: str
    role: str
    regency: str
    scopes: tuple[str, ...]
    reason: str
    granted_by: str
    valid_until: date | None = None


def grant_list(admin: Warehouse, grant: ListGrant, password: str) -> bool:
    """Make the login if it is new, and let it read its part of the role's lists; say whether it is new.

    Raises:
        ConfigurationMissing: the login, the role or the scopes cannot be.
        WarehouseRefused: unknown regency, or no reason.
    """
    if not _LOGIN.fullmatch(grant.login) or grant.login in GROUP_ROLES or grant.login.startswith("pg_"):
        raise ConfigurationMissing(f"{grant.login!r} cannot be a login: use small letters, digits and _")
    if grant.role not in SCOPED_ROLES or not grant.scopes:
        raise ConfigurationMissing(f"lists are read as {', '.join(SCOPED_ROLES)}, each within at least one scope")
    with admin.connect() as connection, connection.cursor() as cursor:
        is_new = _ensure_login(cursor, grant.login, password)
        cursor.execute(sql.SQL("grant {} to {}").format(sql.Identifier(grant.role), sql.Identifier(grant.login)))
        facts = {**vars(grant), "by": grant.granted_by, "scopes": list(grant.scopes)}
        cursor.execute(statement("rbpk.warehouse", "grant_list"), facts)
    return is_new


def revoke_lists(admin: Warehouse, login: str, revoked_by: str) -> int:
    """Take every grant of a login back, from the next statement on; return how many there were."""
    with admin.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement("rbpk.warehouse", "revoke_list"), {"login": login, "by": revoked_by})
        return int(cursor.rowcount)


def _ensure_login(cursor: Cursor, login: str, password: str) -> bool:
    cursor.execute("select 1 from pg_roles where rolname = %s", (login,))
    if cursor.fetchone():
        return False
    cursor.execute(
        sql.SQL("create role {} login inherit nocreatedb nocreaterole password {}").format(
            sql.Identifier(login), sql.Literal(password)
        )
    )
    ask_with_one_process(cursor, login)
    return True
