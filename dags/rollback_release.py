"""Kembalikan rilis · Roll back a release.

Shows a regency's readers a former release again: the one before the current, or the one named. One
pointer row moves; nothing is rebuilt and nothing is deleted.

*Triage*: `release.unknown` in the log: no such release, or it was never published, or retention has
dropped it. `audit.pointer_moves` has every move, with who asked for it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import DAG, Param, task

from rbpk.orchestration.assets import PUBLISHED
from rbpk.orchestration.months import REGENCY
from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings

SETTINGS = load_settings()

with DAG(
    dag_id="rollback_release",
    dag_display_name="Kembalikan rilis · Roll back a release",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["layer:publication"],
    params={
        "regency": Param(SETTINGS.default_regency, pattern=REGENCY.pattern, title="Kabupaten/kota · Regency (64.02)"),
        "release_id": Param(None, type=["null", "string"], title="Rilis · Release (kosong/empty: the one before)"),
    },
):

    @task(task_display_name="Pindahkan penunjuk · Move the pointer", outlets=[PUBLISHED])
    def rollback_release(params: dict[str, Any], dag_run: Any = None) -> dict[str, Any]:
        from rbpk.orchestration.steps import release

        changed_by = dag_run.triggering_user_name or "unknown"
        return release.rollback_release(params["regency"], params["release_id"], changed_by)

    rollback_release()
