"""Terima kiriman · Receive deliveries.

Woken when files in the inbox are new and no longer being written. Each file is copied to the
immutable store under its sha256, recognised by its content and entered in `audit.deliveries`; then
the DAG of every feed that got something is woken. Start it by hand to look at once.

*Triage*: a file that was not taken up has a row in `audit.deliveries` with an `error_code`
(docs/errors.md says who acts). No row at all: does the file lie below `<regency>/<period>/` in the
inbox, is the triggerer healthy (first page of this UI), what does the log of `receive_files` say?
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import DAG, task

from rbpk.orchestration.assets import RECEIVED_FEEDS, inbox, received
from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings

SETTINGS = load_settings()
INBOX = inbox(SETTINGS.inbox_url)

with DAG(
    dag_id="receive_deliveries",
    dag_display_name="Terima kiriman · Receive deliveries",
    doc_md=__doc__,
    schedule=[INBOX],
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["layer:landing"],
):

    @task(
        task_display_name="Simpan dan kenali berkas · Store and recognise files",
        inlets=[INBOX],
        outlets=[RECEIVED_FEEDS],
    )
    def receive_files(asset_state_store: Any = None, outlet_events: Any = None) -> dict[str, Any]:
        from rbpk.orchestration.steps import intake

        counts = intake.receive_files(SETTINGS, asset_state_store[INBOX])
        for feed, deliveries in counts["waiting"].items():
            outlet_events[RECEIVED_FEEDS].add(received(feed), extra={"deliveries": deliveries})
        return counts

    receive_files()
