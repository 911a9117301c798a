"""Bersihkan rilis lama · Retain releases.

Drops superseded releases, the newest few of every regency excepted, and only when no open
transaction is older than the moment a release was superseded: a reader never finds it gone.

*Triage*: a release stays longer than expected: a long report is still open on it (`pg_stat_activity`,
`xact_start`), which is right; the next run tries again. `warehouse.busy`: likewise.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param, task

from rbpk.orchestration.months import CALENDAR
from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings

SETTINGS = load_settings()

with DAG(
    dag_id="retain_releases",
    dag_display_name="Bersihkan rilis lama · Retain releases",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("0 2 * * 0", timezone="Asia/Makassar"),
    start_date=datetime.combine(SETTINGS.schedule_from, datetime.min.time(), CALENDAR),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["layer:publication"],
    params={"keep": Param(3, type="integer", minimum=2, title="Rilis yang disimpan · Releases kept by regency")},
):

    @task(task_display_name="Hapus rilis lama · Drop old releases")
    def retain_releases(params: dict[str, Any]) -> dict[str, Any]:
        from rbpk.orchestration.steps import release

        return release.retain_releases(params["keep"], SETTINGS)

    retain_releases()
