"""dbt's connections on a real server: one serves node after node, and nothing of a node stays behind."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from dbt.adapters.postgres.connections import PostgresConnectionManager, PostgresCredentials
from dbt_common.exceptions import DbtDatabaseError

from rbpk.orchestration.dbt_adapter import adapt_dbt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Database


class Profile:
    """What dbt's adapter reads of a profile."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        self.credentials = PostgresCredentials(
            host=str(parts.hostname),
            port=parts.port or 5432,
            user=str(parts.username),
            password=str(parts.password),
            database=parts.path.lstrip("/"),
            schema="public",
            role="rbpk_owner",
        )
        self.query_comment = None


@pytest.fixture
def connections(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresConnectionManager]:
    for name in ("exception_handler", "open", "release"):
        monkeypatch.setattr(PostgresConnectionManager, name, getattr(PostgresConnectionManager, name))
    adapt_dbt()
    opened = PostgresConnectionManager(Profile(database.owner.dsn), multiprocessing.get_context("spawn"))  # type: ignore[arg-type]
    yield opened
    opened.cleanup_all()  # type: ignore[no-untyped-call]


def node(connections: Any, name: str, *statements: str, begin: bool = False) -> Any:  # noqa: ANN401 - as dbt has it
    """Do what dbt does for one node; return what its last statement finds."""
    connections.set_connection_name(name)
    try:
        for one in statements:
            _, found = connections.execute(one, auto_begin=begin, fetch=True)
        if begin:
            connections.commit_if_has_connection()
    finally:
        connections.release()
    return found.rows[0][0]


def test_one_connection_serves_node_after_node(connections: PostgresConnectionManager) -> None:
    pids = {node(connections, name, "select pg_backend_pid()") for name in ("first", "second", "third")}
    assert len(pids) == 1


@pytest.mark.parametrize("first", ["select 1", "select 1 / 0"], ids=["read", "failed"])
def test_next_node_is_the_owner(connections: PostgresConnectionManager, first: str) -> None:
    try:
        node(connections, "first", first)
    except DbtDatabaseError:
        assert first != "select 1"
    assert node(connections, "second", "select current_user") == "rbpk_owner"


@pytest.mark.parametrize("nodes", [1, 2])
def test_no_commit_waits_for_the_disk(connections: PostgresConnectionManager, nodes: int) -> None:
    settings = [node(connections, f"node {n}", "show synchronous_commit") for n in range(nodes)]
    assert settings == ["off"] * nodes


def test_what_a_node_only_read_is_free_for_the_next(connections: PostgresConnectionManager, database: Database) -> None:
    made = ("create schema work_x", "create table work_x.t as select 1 as one", "select 1")
    node(connections, "made", *made, begin=True)
    node(connections, "test of it", "select count(*) from work_x.t")
    with database.owner.connect() as other:
        other.cursor().execute("set lock_timeout = '2s'")
        other.cursor().execute("drop table work_x.t")


def test_what_a_node_left_undone_is_undone(connections: PostgresConnectionManager) -> None:
    node(connections, "forgot to commit", "create schema work_x", "select 1")
    assert node(connections, "next", "select count(*) from pg_namespace where nspname = 'work_x'") == 0


def test_a_lost_connection_is_replaced(connections: PostgresConnectionManager, database: Database) -> None:
    lost = node(connections, "first", "select pg_backend_pid()")
    with database.admin.connect() as admin:
        admin.cursor().execute("select pg_terminate_backend(%s, 5000)", (lost,))
    with pytest.raises(DbtDatabaseError):
        node(connections, "meets it", "select 1")
    assert node(connections, "next", "select pg_backend_pid()") != lost
