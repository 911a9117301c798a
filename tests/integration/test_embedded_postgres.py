"""The embedded server: passwords needed, kill -9 survived, nothing left behind, no row in its log."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
import pytest

from embedded import ports, postgres
from embedded.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    # Not pytest's own temporary folder: a system user must be able to walk there when tests run as root.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        place = Home(Path(folder) / "home").prepare()
        yield place
        postgres.remove(place)


@pytest.fixture
def server(home: Home) -> postgres.Server:
    return postgres.start(home)


def _ask(dsn: str, question: str) -> str:
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def test_wants_a_password(server: postgres.Server) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(server.dsn("postgres", password="wrong"))
    assert _ask(server.dsn("postgres"), "show password_encryption") == "scram-sha-256"


def test_listens_on_loopback_only_with_checksums(server: postgres.Server) -> None:
    assert _ask(server.dsn("postgres"), "show listen_addresses") == "127.0.0.1"
    assert _ask(server.dsn("postgres"), "show data_checksums") == "on"
    assert _ask(server.dsn("postgres"), "show unix_socket_directories") == ""


def test_starting_twice_is_starting_once(home: Home, server: postgres.Server) -> None:
    numbers = {process.pid for process in postgres.processes(home)}
    assert postgres.start(home) == server
    assert numbers & {process.pid for process in postgres.processes(home)}


def test_survives_kill_9_with_its_data_and_port(home: Home, server: postgres.Server) -> None:
    with closing(psycopg2.connect(server.dsn("postgres"))) as connection, connection.cursor() as cursor:
        cursor.execute("create table if not exists kept (id int)")
        connection.commit()
    postmaster = int((home.pg.resolve() / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    again = postgres.start(home)
    assert again == server
    assert _ask(again.dsn("postgres"), "select count(*) from kept") == "0"


def test_a_stale_pid_file_with_another_process_number_is_no_hindrance(home: Home, server: postgres.Server) -> None:
    postgres.stop(home)
    stale = home.pg.resolve() / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{home.pg}\n1\n{server.port}\n\n127.0.0.1\n1 1\nready\n")
    assert postgres.status(home) is None
    assert postgres.start(home).port == server.port


def test_moves_when_its_port_was_taken_meanwhile(home: Home, server: postgres.Server) -> None:
    postgres.stop(home)
    with closing(socket.socket()) as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind((ports.LOOPBACK, server.port))
        squatter.listen()
        moved = postgres.start(home)
        assert moved.port != server.port
        assert _ask(moved.dsn("postgres"), "select 1") == "1"


def test_stop_leaves_no_process(home: Home, server: postgres.Server) -> None:
    with closing(psycopg2.connect(server.dsn("postgres"))):
        assert postgres.stop(home)
        assert postgres.processes(home) == []
    assert not postgres.stop(home)


def test_its_log_holds_neither_statements_nor_values(home: Home, server: postgres.Server) -> None:
    canary = "6402019876543210"
    with closing(psycopg2.connect(server.dsn("postgres"))) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("create table if not exists canary (nik text primary key, born date)")
        cursor.execute("truncate canary")
        cursor.execute("insert into canary values (%s, null)", (canary,))
        for attempt in (
            f"insert into canary values ('{canary}', null)",
            f"select '{canary}x'::bigint",
            f"insert into canary values ('1', '{canary}')",
        ):
            with pytest.raises(psycopg2.Error):
                cursor.execute(attempt)
    assert canary not in postgres.log_file(home).read_text()


def test_a_half_made_data_folder_is_made_again(home: Home, server: postgres.Server) -> None:
    postgres.stop(home)
    (home.pg.resolve() / postgres.SETTINGS).unlink()
    (home.pg.resolve() / "PG_VERSION").write_text("18\n")
    assert _ask(postgres.start(home).dsn("postgres"), "select 1") == "1"
