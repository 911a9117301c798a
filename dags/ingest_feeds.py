"""One DAG for each feed of the registry: they differ in data, not in shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import DAG, task
from airflow.sdk.exceptions import AirflowSkipException

from rbpk.feeds import feed_names
from rbpk.orchestration.assets import landed, received
from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings

SETTINGS = load_settings()

DOC = """Muat {FEED} · Ingest {FEED}.

Woken when deliveries of {FEED} were received. Every row of each ends in `landing.{feed}__…`, in
`quarantine.rejected_rows` with a reason, or is counted as a duplicate, all in one transaction; then
Great Expectations judges whether the delivery is fit to be used.

*Triage*: `land_deliveries` failed: its log names the delivery and a code of docs/errors.md, and the
other deliveries of the run landed all the same. Status `held` in `audit.deliveries`: a critical
finding, see `audit.gate_results` for the rule and who acts. Clearing the task tries again.
"""


def ingest(feed: str) -> None:
    """Declare the DAG of one feed."""
    with DAG(
        dag_id=f"ingest_{feed}",
        dag_display_name=f"Muat {feed.upper()} · Ingest {feed.upper()}",
        doc_md=DOC.format(feed=feed, FEED=feed.upper()),
        schedule=[received(feed)],
        start_date=datetime(2026, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        default_args=DEFAULT_ARGS,
        tags=["layer:landing", f"feed:{feed}"],
    ):

        @task(task_display_name="Muat kiriman · Land deliveries")
        def land_deliveries() -> dict[str, Any]:
            from rbpk.orchestration.steps import intake

            return intake.land_deliveries(feed, SETTINGS)

        @task(
            task_display_name="Periksa kiriman · Check deliveries",
            outlets=[landed(feed)],
        )
        def check_deliveries(counts: dict[str, Any]) -> dict[str, Any]:
            if not counts["unjudged"]:
                raise AirflowSkipException("nothing landed that is to be judged")
            from rbpk.orchestration.steps import quality

            return quality.check_deliveries(feed, SETTINGS)

        check_deliveries(land_deliveries())


for name in feed_names():
    ingest(name)
