"""Terbitkan rilis yang ditahan · Override a blocked release.

Publishes a release its gate blocked, on the word of a named person and the number of signed minutes.
Both, and the reason, stay in `audit.approvals` and in the release's manifest, beside the rules that failed.

*Triage*: `release.unknown`: the release is not blocked (a passed one needs no override, a withdrawn one
must be built again). `warehouse.refused`: name, reason (ten letters at least) or number is missing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import DAG, Param, task

from rbpk.orchestration.assets import PUBLISHED
from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings

SETTINGS = load_settings()

with DAG(
    dag_id="override_release",
    dag_display_name="Terbitkan rilis yang ditahan · Override a blocked release",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["layer:publication"],
    params={
        "release_id": Param("", type="string", pattern=r"\d{4}-\d{6}-r\d+", title="Rilis · Release"),
        "decided_by": Param("", type="string", minLength=3, title="Nama penanggung jawab · Name of who answers for it"),
        "reason": Param("", type="string", minLength=10, title="Alasan · Reason"),
        "ba_number": Param("", type="string", minLength=3, title="Nomor berita acara · Number of the minutes"),
    },
):

    @task(task_display_name="Terbitkan meski ditahan · Publish although blocked", outlets=[PUBLISHED])
    def override_release(params: dict[str, Any]) -> dict[str, Any]:
        from rbpk.orchestration.steps import signing

        return signing.override_release(
            params["release_id"], params["decided_by"], params["reason"], params["ba_number"], SETTINGS
        )

    override_release()
