"""One real PostgreSQL for the whole run; every test that asks for a database gets a fresh one."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from embedded import postgres
from rbpk.orchestration.installation import install_platform
from rbpk.orchestration.settings import load_settings
from rbpk.warehouse import Warehouse, statement
from tests.places import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE = "rbpk_test_template"
PASSWORDS = {role: secrets.token_urlsafe(8) for role in ("rbpk_owner", "rbpk_publisher", "bi_reader", "auditor")}


@dataclass(frozen=True)
class Database:
    """A fresh, installed warehouse seen through each login."""

    admin: Warehouse
    owner: Warehouse
    publisher: Warehouse
    bi_reader: Warehouse
    auditor: Warehouse


@pytest.fixture(scope="session")
def server_dsn() -> Iterator[str]:
    """Administrator's DSN of a real server: RBPK_TEST_DSN, else a private one for this run."""
    given = os.environ.get("RBPK_TEST_DSN")
    if given:
        try:
            psycopg2.connect(given, connect_timeout=5).close()
        except psycopg2.Error:
            # Hundreds of failures would say no more than this.
            pytest.exit("RBPK_TEST_DSN is set but no server answers there", returncode=3)
        yield given
        return
    # Not below pytest's own folder: another run of pytest closes that to the system user who runs PostgreSQL.
    with tempfile.TemporaryDirectory(prefix="rbpk-test-", dir=quick(), ignore_cleanup_errors=True) as folder:
        server = postgres.start(folder)
        # This server's data dies with the run: nothing in it has to survive a power cut.
        for setting in ("fsync", "full_page_writes"):
            run_outside_transaction(server.dsn("postgres"), f"alter system set {setting} = off")
        run_outside_transaction(server.dsn("postgres"), "select pg_reload_conf()")
        yield server.dsn("postgres")
        postgres.stop(folder)


def on_database(dsn: str, name: str, login: str | None = None, password: str | None = None) -> str:
    """Return the DSN with another database, and another login if given."""
    parts = urlsplit(dsn)
    netloc = parts.netloc
    if login is not None:
        netloc = f"{login}:{password}@{parts.hostname}:{parts.port}"
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{name}"))


@pytest.fixture(scope="session")
def template(server_dsn: str) -> str:
    """Install the platform once; tests copy the result."""
    run_outside_transaction(server_dsn, f"drop database if exists {TEMPLATE} with (force)")
    run_outside_transaction(server_dsn, f"create database {TEMPLATE}")
    install_platform(Warehouse(on_database(server_dsn, TEMPLATE)), PASSWORDS, load_settings({}))
    return TEMPLATE


@contextmanager
def fresh_database(server_dsn: str, template: str) -> Iterator[Database]:
    """Give a fresh copy of the installed warehouse, dropped afterwards."""
    name = f"rbpk_test_{secrets.token_hex(4)}"
    run_outside_transaction(server_dsn, f"create database {name} template {template} strategy file_copy")
    # A copy holds everything but what is granted on the database itself.
    run_outside_transaction(on_database(server_dsn, name), statement("rbpk.warehouse", "roles"))

    def seen_by(role: str) -> Warehouse:
        return Warehouse(on_database(server_dsn, name, f"{role}_login", PASSWORDS[role]))

    yield Database(
        admin=Warehouse(on_database(server_dsn, name)),
        owner=seen_by("rbpk_owner"),
        publisher=seen_by("rbpk_publisher"),
        bi_reader=seen_by("bi_reader"),
        auditor=seen_by("auditor"),
    )
    run_outside_transaction(server_dsn, f"drop database {name} with (force)")


@pytest.fixture
def database(server_dsn: str, template: str) -> Iterator[Database]:
    """Give one test a warehouse of its own."""
    with fresh_database(server_dsn, template) as fresh:
        yield fresh


@pytest.fixture
def warehouse(database: Database) -> Warehouse:
    """Give the administrator's way into a fresh warehouse."""
    return database.admin


def run_outside_transaction(dsn: str, command: str) -> None:
    """Run a command that PostgreSQL refuses inside a transaction."""
    with Warehouse(dsn).connect(autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(command)
