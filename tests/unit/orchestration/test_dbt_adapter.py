"""dbt's errors name what happened and never what a row held; its connections serve node after node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg2
import pytest
from dbt.adapters.postgres.connections import PostgresConnectionManager
from dbt_common.exceptions import DbtDatabaseError, DbtRuntimeError

from rbpk.orchestration import dbt_adapter

if TYPE_CHECKING:
    from collections.abc import Iterator

NIK = "0000000000000001"


class Manager:
    """Stands in for dbt's connections."""

    def __init__(self) -> None:
        self.rolled_back = 0

    def rollback_if_open(self) -> None:
        self.rolled_back += 1


@pytest.fixture
def adapted() -> Iterator[None]:
    inherited = PostgresConnectionManager.exception_handler, PostgresConnectionManager.release
    dbt_adapter.adapt_dbt()
    yield
    PostgresConnectionManager.exception_handler, PostgresConnectionManager.release = inherited  # type: ignore[method-assign]


def test_detail_of_the_server_is_dropped() -> None:
    manager = Manager()
    with pytest.raises(DbtDatabaseError) as caught, dbt_adapter._discreet(manager, "select 1"):  # type: ignore[arg-type]
        raise psycopg2.IntegrityError(f"null value\nDETAIL:  Failing row contains ({NIK}).")
    assert NIK not in str(caught.value)
    assert "IntegrityError" in str(caught.value)
    assert caught.value.__cause__ is None
    assert manager.rolled_back


def test_other_errors_of_dbt_pass() -> None:
    with pytest.raises(DbtRuntimeError, match="dbt's own"), dbt_adapter._discreet(Manager(), ""):  # type: ignore[arg-type]
        raise DbtRuntimeError("dbt's own")


@pytest.mark.usefixtures("adapted")
def test_takes_the_place_of_dbts_own() -> None:
    assert PostgresConnectionManager.exception_handler is dbt_adapter._discreet
    assert PostgresConnectionManager.release is dbt_adapter._keep
