"""Airflow's connections as libpq and dbt want them."""

from __future__ import annotations

import pytest
from airflow.sdk import Connection
from psycopg2.extensions import parse_dsn

from rbpk.errors import ConfigurationMissing
from rbpk.orchestration import connections


def connection(**more: object) -> Connection:
    facts = {"conn_id": "warehouse", "conn_type": "postgres", "host": "db", "login": "me", "schema": "rbpk"}
    return Connection(**{**facts, **more})


def test_password_may_hold_any_character() -> None:
    dsn = connections.dsn(connection(password="p@ss/w:rd %20", port=5433))
    assert parse_dsn(dsn) == {
        "user": "me", "password": "p@ss/w:rd %20", "host": "db", "port": "5433", "dbname": "rbpk",
    }  # fmt: skip


def test_options_of_the_connection_are_kept() -> None:
    dsn = connections.dsn(connection(password="x", extra='{"sslmode": "verify-full", "__extra__": {}}'))
    assert parse_dsn(dsn)["sslmode"] == "verify-full"


def test_dbt_gets_the_same_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", "postgresql://me:secret@db:5433/rbpk")
    monkeypatch.setattr(Connection, "get", lambda _: connection(password="secret", port=5433))
    assert connections.dbt_environment() == {
        "DBT_HOST": "db", "DBT_PORT": "5433", "DBT_USER": "me", "DBT_PASSWORD": "secret", "DBT_DBNAME": "rbpk",
    }  # fmt: skip


def test_missing_connection_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Connection:
        raise connections.AirflowNotFoundException

    monkeypatch.setattr(Connection, "get", missing)
    with pytest.raises(ConfigurationMissing, match="AIRFLOW_CONN_WAREHOUSE_PUBLISHER"):
        connections.open_warehouse(connections.PUBLISHER)
