"""The two databases of the embedded server, their logins, and the URLs that lead to them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
from psycopg2 import sql

from embedded.errors import EmbeddedError
from rbpk.orchestration.installation import install_platform
from rbpk.orchestration.settings import load_settings
from rbpk.warehouse import GROUP_ROLES, Warehouse

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from embedded.home import Home
    from embedded.postgres import Server

METADATA = "airflow"
WAREHOUSE = "rbpk"


def prepare(home: Home, server: Server) -> None:
    """Create or complete both databases; running it again changes nothing."""
    with closing(psycopg2.connect(server.dsn("postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            _login(cursor, METADATA, home.secret("pg_airflow"))
            _database(cursor, METADATA, owner=METADATA)
            _database(cursor, WAREHOUSE, owner=None)
    passwords = {role: home.secret(f"pg_{role}") for role in GROUP_ROLES}
    install_platform(Warehouse(server.dsn(WAREHOUSE)), passwords, load_settings({}))


def metadata_dsn(home: Home, server: Server) -> str:
    """Return the URL of Airflow's own database."""
    return server.dsn(METADATA, METADATA, home.secret("pg_airflow"))


def role_dsn(home: Home, server: Server, role: str) -> str:
    """Return the URL by which the login of a group role enters the warehouse."""
    if role == "admin":
        return server.dsn(WAREHOUSE)
    if role not in GROUP_ROLES:
        raise EmbeddedError(f"No role {role}. Roles: {', '.join(GROUP_ROLES)}, admin.")
    return server.dsn(WAREHOUSE, f"{role}_login", home.secret(f"pg_{role}"))


def _login(cursor: Cursor, name: str, password: str) -> None:
    cursor.execute("select 1 from pg_roles where rolname = %s", (name,))
    verb = sql.SQL("alter" if cursor.fetchone() else "create")
    statement = sql.SQL("{} role {} login password {}")
    cursor.execute(statement.format(verb, sql.Identifier(name), sql.Literal(password)))


def _database(cursor: Cursor, name: str, owner: str | None) -> None:
    cursor.execute("select 1 from pg_database where datname = %s", (name,))
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    if owner is None:
        return
    database, role = sql.Identifier(name), sql.Identifier(owner)
    cursor.execute(sql.SQL("alter database {} owner to {}").format(database, role))
    # A reader of the warehouse has no business in the scheduler's database.
    cursor.execute(sql.SQL("revoke all on database {} from public").format(database))
