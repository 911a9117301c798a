"""A warehouse to measure on: the private server, or one that is given."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from benchmarks.floors import SCHEMA as FLOOR
from benchmarks.office import SCHEMA as OFFICE
from benchmarks.segments import SERVER
from embedded import postgres
from embedded.home import open_home
from rbpk.orchestration.installation import LOGINS, install_platform
from rbpk.orchestration.settings import load_settings
from rbpk.warehouse import Warehouse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATABASE = "rbpk_benchmark"


@dataclass(frozen=True)
class Place:
    """The ways into one installed warehouse."""

    admin: str
    owner: str
    publisher: str
    reader: str


@contextmanager
def prepared(home: Path, given: str | None) -> Iterator[Place]:
    """Give a fresh, installed warehouse; take it away afterwards."""
    server = given or _start(home)
    _outside(server, f"drop database if exists {DATABASE} with (force)", f"create database {DATABASE}")
    try:
        if not given:
            os.environ[SERVER] = str(_postmaster(home))
        yield _install(_to(server, DATABASE))
    finally:
        _outside(server, f"drop database if exists {DATABASE} with (force)")
        if not given:
            postgres.stop(home)


def _postmaster(home: Path) -> int:
    """Give the process the others of the server descend from."""
    found = postgres.processes(open_home(home))
    numbers = {process.pid for process in found}
    return next(process.pid for process in found if process.ppid() not in numbers)


def _start(home: Path) -> str:
    # The server runs as a user of its own, who has to reach its folder.
    for parent in (home, *home.parents[:1]):
        parent.chmod(parent.stat().st_mode | 0o111)
    return postgres.start(home).dsn("postgres")


def _install(admin: str) -> Place:
    passwords = {role: secrets.token_urlsafe(12) for role in LOGINS}
    install_platform(Warehouse(admin), passwords, load_settings({}))
    with Warehouse(admin).connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"create schema {OFFICE}; create schema {FLOOR}")

    def seen_by(role: str) -> str:
        return _to(admin, DATABASE, f"{role}_login", passwords[role])

    return Place(admin, seen_by("rbpk_owner"), seen_by("rbpk_publisher"), seen_by("bi_reader"))


def _outside(dsn: str, *commands: str) -> None:
    with Warehouse(dsn).connect(autocommit=True) as connection, connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)


def _to(dsn: str, database: str, login: str | None = None, password: str | None = None) -> str:
    parts = urlsplit(dsn)
    place = parts.netloc if login is None else f"{login}:{password}@{parts.hostname}:{parts.port}"
    return urlunsplit(parts._replace(netloc=place, path=f"/{database}"))
