"""Every DAG keeps the habits that make it readable to whoever is called at night."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rbpk.feeds import feed_names
from rbpk.orchestration import retry
from rbpk.orchestration.settings import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk import DAG

DAG_IDS = [
    "receive_deliveries",
    *(f"ingest_{feed}" for feed in feed_names()),
    "reconcile_month",
    "override_release",
    "erase_person",
    "rollback_release",
    "what_if",
    "train_linkage",
    "retain_releases",
]
FILES = sorted((REPOSITORY / "dags").glob("*.py"))
LAYERS = {"layer:landing", "layer:marts", "layer:publication"}
HEAVY = ("dbt", "great_expectations", "pandas", "polars", "duckdb", "pyarrow", "splink")
LONGEST_FILE = 150
OLD_DOORS = ("airflow.models", "airflow.decorators", "airflow.utils", "airflow.operators", "airflow.sensors")
# Starts Cosmos and reads a manifest; measured 0.6 s of processor time where an import of dbt or GX takes 4.
PARSE_SECONDS = 3.0


def test_all_files_load(dagbag: DagBag) -> None:
    assert dagbag.import_errors == {}


def test_there_is_a_dag_for_every_feed_and_every_duty(dags: dict[str, DAG]) -> None:
    assert set(dags) == set(DAG_IDS)


@pytest.mark.parametrize("dag_id", DAG_IDS)
def test_dag_says_who_and_where(dags: dict[str, DAG], dag_id: str) -> None:
    dag = dags[dag_id]
    assert dag.default_args["owner"] == "rbpk"
    assert len(set(dag.tags) & LAYERS) == 1
    assert dag.dag_display_name != dag_id
    assert " · " in dag.dag_display_name


@pytest.mark.parametrize("dag_id", DAG_IDS)
def test_dag_tells_what_to_do_when_it_fails(dags: dict[str, DAG], dag_id: str) -> None:
    doc = dags[dag_id].doc_md or ""
    assert "*Triage*" in doc.strip().split("\n\n")[-1]


@pytest.mark.parametrize("dag_id", DAG_IDS)
def test_dag_never_makes_up_for_months_by_itself(dags: dict[str, DAG], dag_id: str) -> None:
    dag = dags[dag_id]
    assert dag.catchup is False
    assert dag.start_date is not None
    assert dag.max_active_runs <= 2


@pytest.mark.parametrize("dag_id", DAG_IDS)
def test_our_tasks_have_two_names_and_the_shared_retries(dags: dict[str, DAG], dag_id: str) -> None:
    ours = [task for task in dags[dag_id].tasks if "." not in task.task_id]
    assert ours
    for task in ours:
        assert task.retry_policy is retry.POLICY or task.task_type == "TriggerDagRunOperator"
        assert " · " in task.task_display_name, task.task_id
        assert "_" in task.task_id, "verb_object"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_short_and_uses_the_new_doors(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    assert not any(f"from {door}" in text or f"import {door}" in text for door in OLD_DOORS)
    assert not path.name.startswith("dbt_"), "dbt would import it"
    assert "select " not in text.lower().replace("selector", ""), "SQL belongs to a room"


def test_reading_the_dags_is_light(environment: dict[str, str]) -> None:
    script = f"""
import sys, time
import airflow.sdk
from airflow.dag_processing.dagbag import DagBag
began = time.process_time()
bag = DagBag({str(REPOSITORY / "dags")!r})
assert not bag.import_errors, bag.import_errors
assert time.process_time() - began < {PARSE_SECONDS}, time.process_time() - began
print("heavy:", sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**environment, "PYTHONPATH": f"{REPOSITORY / 'plugins'}:{REPOSITORY}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "heavy: []" in done.stdout


def test_airflow_leaves_our_package_alone() -> None:
    # Airflow imports every file below plugins/ under its bare name: feeds/csv.py would hide Python's csv.
    assert "rbpk/" in (REPOSITORY / "plugins" / ".airflowignore").read_text(encoding="utf-8").splitlines()
