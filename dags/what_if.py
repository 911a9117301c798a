"""Seandainya · What if.

Compares the release readers see now with itself under another cut-off or another ceiling of one
programme of the regency: households in need, households the ceiling reaches, and rupiah, by
kecamatan and in all. It only reads; no release, policy or list is changed.

The answer stands in the log of `compare_scenario` and in its XCom (counts and rupiah, no household).
A change one wants to keep is a dated row in the policy seeds, and shows in the next release.

*Triage*: `release.unknown`: nothing is published yet, or the programme is not costed
(`published.mart_budget_coverage` lists the ones that are). `scenario.unlike`: report a bug.
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
    dag_id="what_if",
    dag_display_name="Seandainya · What if",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=2,
    default_args=DEFAULT_ARGS,
    tags=["layer:publication"],
    params={
        "regency": Param(SETTINGS.default_regency, pattern=REGENCY.pattern, title="Kabupaten/kota · Regency (64.02)"),
        "programme": Param("SEMBAKO_DAERAH", type="string", title="Program daerah · Programme of the regency"),
        "desil_to": Param(
            None,
            type=["null", "integer"],
            minimum=1,
            maximum=10,
            title="Desil tertinggi · Last desil (kosong/empty: as published)",
        ),
        "ceiling_change_idr": Param(
            0, type="integer", title="Tambahan pagu, rupiah · Change of the ceiling (negatif/negative: less)"
        ),
    },
):

    @task(task_display_name="Bandingkan · Compare")
    def compare_scenario(params: dict[str, Any]) -> dict[str, Any]:
        from rbpk.orchestration.steps import scenario

        return scenario.compare_scenario(
            params["regency"], params["programme"], params["desil_to"], params["ceiling_change_idr"]
        )

    compare_scenario()
