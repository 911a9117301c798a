"""Hapus data seseorang · Erase a person.

UU 27/2022: takes one person out of landed and refused rows, the memory of linkage, the lists by name and every
kept release, and keeps them out of what is delivered next. Raw files that hold them go once their rows are in.
What was published as a number stays. `audit.erasures` keeps who decided, why, the number of the minutes and counts.

Whom: the platform's own id (`person_id`), or, with that field empty, everybody in
`quarantine.erasure_requests` who waits. A NIK never stands in a parameter: parameters are shown and kept.

*Triage*: `warehouse.busy`: a month is being built or waits for its signature; it tries again.
`release.unknown`: nobody has this id, or several people share the number; the log names their ids.
`config.missing`: the secret of the erasures is not set.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import DAG, Param, task

from rbpk.orchestration.months import REGENCY
from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings

SETTINGS = load_settings()

with DAG(
    dag_id="erase_person",
    dag_display_name="Hapus data seseorang · Erase a person",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["layer:publication"],
    params={
        "regency": Param(SETTINGS.default_regency, pattern=REGENCY.pattern, title="Kabupaten/kota · Regency (64.02)"),
        "person_id": Param(None, type=["null", "string"], pattern=r"p[0-9a-v]{16}", title="ID orang · Person id"),
        "decided_by": Param("", type="string", title="Pejabat pelindungan data · Who decided"),
        "reason": Param("", type="string", title="Alasan · Reason"),
        "ba_number": Param("", type="string", title="Nomor berita acara · Number of the minutes"),
    },
):

    @task(task_display_name="Hapus · Erase")
    def erase_person(params: dict[str, Any]) -> dict[str, Any]:
        from rbpk.orchestration.steps import erasure

        return erasure.erase(params, SETTINGS)

    erase_person()
