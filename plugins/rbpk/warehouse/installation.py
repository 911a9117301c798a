"""Roles, schemas and the tables every step relies on; running it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from psycopg2 import sql

from rbpk.warehouse.statements import statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse.connection import Warehouse

GROUP_ROLES = (
    "rbpk_owner",
    "rbpk_publisher",
    "bi_reader",
    "case_worker",
    "opd_reader",
    "partner_reader",
    "auditor",
)
# Who reads lists by name is told apart by login, so their sessions must not act as the group.
SCOPED_ROLES = ("case_worker", "opd_reader", "partner_reader")
READING_ROLES = ("bi_reader", "auditor", *SCOPED_ROLES)
_SCRIPTS = ("roles", "schemas", "audit", "lists", "chain", "quarantine", "linkage", "memory", "grants")


Columns = Sequence[tuple[str, str]]


def install(
    admin: Warehouse,
    regencies: Mapping[str, str],
    passwords: Mapping[str, str],
    landing_tables: Mapping[str, Columns],
) -> None:
    """Create or complete the warehouse in the database `admin` connects to.

    Args:
        admin: a login that may create roles and owns the database.
        regencies: Kemendagri code → name of every regency this installation serves.
        passwords: group role → password of its login `<role>_login`; only these logins are made.
        landing_tables: table name → its columns as (name, SQL type); a table that exists gains
            the columns it lacks and loses none.
    """
    with admin.connect() as connection, connection.cursor() as cursor:
        # Two installations at once would race on CREATE ROLE, which is cluster-wide.
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('rbpk/install', 0))")
        for name in _SCRIPTS:
            cursor.execute(statement("rbpk.warehouse", name))
        for table, columns in landing_tables.items():
            _install_landing_table(cursor, table, columns)
        for code, regency_name in regencies.items():
            cursor.execute(statement("rbpk.warehouse", "add_regency"), {"code": code, "name": regency_name})
        for role, password in passwords.items():
            _install_login(cursor, role, password)


def _install_login(cursor: Cursor, role: str, password: str) -> None:
    if role not in GROUP_ROLES:
        message = f"{role} is not a role of the platform; known roles: {', '.join(GROUP_ROLES)}"
        raise ValueError(message)
    login = f"{role}_login"
    cursor.execute("select 1 from pg_roles where rolname = %s", (login,))
    verb = sql.SQL("alter" if cursor.fetchone() else "create")
    cursor.execute(
        sql.SQL("{} role {} login inherit password {}").format(verb, sql.Identifier(login), sql.Literal(password))
    )
    cursor.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(login)))
    if role in READING_ROLES:
        ask_with_one_process(cursor, login)
    if role in SCOPED_ROLES:
        cursor.execute(sql.SQL("alter role {} reset role").format(sql.Identifier(login)))
        return
    # Sessions act as the group from the start: what they create belongs to the role, not to a login.
    cursor.execute(sql.SQL("alter role {} set role = {}").format(sql.Identifier(login), sql.Identifier(role)))


def ask_with_one_process(cursor: Cursor, login: str) -> None:
    """Let a reader's statements start no helpers.

    Which of the kept releases is read shows while a statement runs: the planner takes their sum for one table worth
    several processes, and starting those takes a short question longer than its answer.
    """
    cursor.execute(sql.SQL("alter role {} set max_parallel_workers_per_gather = 0").format(sql.Identifier(login)))


def _install_landing_table(cursor: Cursor, table: str, columns: Columns) -> None:
    name = sql.Identifier("landing", table)
    cursor.execute(sql.SQL("create table if not exists {} ()").format(name))
    cursor.execute(statement("rbpk.warehouse", "columns_of"), {"schema": "landing", "table": table})
    existing = {column for (column,) in cursor.fetchall()}
    missing = [column for column in columns if column[0] not in existing]
    if missing:
        additions = sql.SQL(", ").join(
            sql.SQL("add column {} {}").format(sql.Identifier(column), sql.SQL(sql_type))
            for column, sql_type in missing
        )
        cursor.execute(sql.SQL("alter table {} {}").format(name, additions))
    # The rows of a delivery lie side by side: a range index finds them and costs COPY nothing, a tree costs half of it.
    cursor.execute(
        sql.SQL("create index if not exists {} on {} using brin (delivery_id)").format(
            sql.Identifier(f"{table}_by_delivery"), name
        )
    )
    cursor.execute(sql.SQL("alter table {} owner to rbpk_owner").format(name))
