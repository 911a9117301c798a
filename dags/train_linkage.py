"""Latih model pencocokan · Train the linkage model.

Learns the weights of the model from invented people, chooses its thresholds with others, and writes the
artefact: weights, thresholds, a fingerprint of what it was trained on and how right it was. It reads no
delivery and changes no month: a run predicts with the artefact its version was released with. To use a
new one, look at its accuracy, put it in place of `plugins/rbpk/linkage/models/person_model.json`, run
`make accuracy`, and release; every month linked afterwards is linked anew.

The path of the artefact and its figures stand in the XCom of `train_model`. 60,000 families take about
ten minutes of both processors and 3 GB.

*Triage*: `linkage.untrained`: the training broke off; its last line stands in the message and the rest in
the log. A folder that cannot be written: check that the platform's home has room.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import DAG, Param, task

from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings

SETTINGS = load_settings()

with DAG(
    dag_id="train_linkage",
    dag_display_name="Latih model pencocokan · Train the linkage model",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["layer:marts"],
    params={
        "households": Param(
            60_000, type="integer", minimum=2_000, title="Keluarga rekaan · Invented families to learn from"
        )
    },
):

    @task(task_display_name="Latih model · Train the model")
    def train_model(params: dict[str, Any]) -> dict[str, Any]:
        from rbpk.orchestration.steps import training

        return training.train_model(params["households"], SETTINGS)

    train_model()
