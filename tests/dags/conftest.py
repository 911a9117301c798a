"""DAGs as Airflow reads them, drawn from the project's own dbt manifest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from rbpk.orchestration.manifest import ensure_manifest
from rbpk.orchestration.settings import REPOSITORY, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk import DAG

REGENCIES = "64.02,64.08"


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the variables a process needs to read the DAGs, with a manifest in place."""
    home = tmp_path_factory.mktemp("home")
    variables = {
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "false",
        "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "false",
        "DO_NOT_TRACK": "1",
        "RBPK_HOME": str(home),
        "RBPK_REGENCIES": REGENCIES,
        "RBPK_SCHEDULE_FROM": "2026-11-21",
    }
    ensure_manifest(load_settings(variables))
    return variables


@pytest.fixture(scope="session")
def dagbag(environment: dict[str, str]) -> Iterator[DagBag]:
    """Read all DAG files once."""
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415 - Airflow reads its settings when imported

        yield DagBag(str(REPOSITORY / "dags"))
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="session")
def dags(dagbag: DagBag) -> dict[str, DAG]:
    """Give the DAGs by name."""
    return dict(dagbag.dags)


@pytest.fixture(scope="session")
def month(dags: dict[str, DAG]) -> DAG:
    """Give the monthly DAG."""
    return dags["reconcile_month"]
