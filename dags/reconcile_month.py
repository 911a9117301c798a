"""Rekonsiliasi bulanan · Reconcile a month.

Builds one regency's month out of what was landed, and publishes it if it is fit to be seen.

1. `open_release` picks and freezes the deliveries; nothing new since the published release: the run
   ends here, and its boxes are skipped
2. `stage`: dbt brings the feeds into one shape
3. `link_people` says who is who
4. `marts`: dbt builds and tests the tables of the candidate
5. `check_release`: Great Expectations blocks or passes it
6. where the installation asks for it (`RBPK_SIGN_OFF_HOURS`), `sign_off` waits for a person under
   *Required Actions*; no answer in time is a no
7. `publish_release` moves the regency's pointer; until then readers see the former release

Runs on the 11th (Asia/Makassar) for the month before, for the default regency, and starts a run for
every other one. On demand: *Trigger*, choose regency and month. Past months: *Backfill*.

*Triage*: a red box in `stage` or `marts`: the log of the group's `dbt_producer_watcher` has dbt's
words. `check_release` red: `audit.gate_results` names the rule and who acts; readers keep the former
release. Whatever failed, the candidate is closed: mend the cause and trigger the month again.
A red box in a green run: the process that fills it in was killed; dbt had built its model well.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, CronPartitionTimetable, Param, TriggerRule, chain, task
from airflow.sdk.exceptions import AirflowSkipException

from rbpk.orchestration import months
from rbpk.orchestration.assets import PUBLISHED
from rbpk.orchestration.retry import DEFAULT_ARGS
from rbpk.orchestration.settings import load_settings
from rbpk.orchestration.transformations import OPENING_TASK, build_of, transform

SETTINGS = load_settings()

with DAG(
    dag_id="reconcile_month",
    dag_display_name="Rekonsiliasi bulanan · Reconcile a month",
    doc_md=__doc__,
    schedule=CronPartitionTimetable("0 3 11 * *", timezone="Asia/Makassar", run_offset=-1, key_format="%Y-%m"),
    start_date=datetime.combine(SETTINGS.schedule_from, datetime.min.time(), months.CALENDAR),
    catchup=False,
    max_active_runs=2,
    default_args=DEFAULT_ARGS,
    tags=["layer:marts"],
    params={
        "regency": Param(SETTINGS.default_regency, pattern=months.REGENCY.pattern, title="Kabupaten · Regency (64.02)"),
        "period": Param(None, type=["null", "string"], pattern=months.PERIOD.pattern, title="Bulan · Month (2026-10)"),
        "force": Param(default=False, type="boolean", title="Bangun lagi · Build again though nothing changed"),
    },
) as dag:

    @task(task_display_name="Buka rilis · Open release")
    def open_release(params: dict[str, Any], dag_run: Any = None) -> dict[str, Any]:
        from rbpk.orchestration.steps import release

        month = months.chosen(params, dag_run.partition_key, datetime.now(UTC))
        opened = release.open_release(month, SETTINGS, force=params["force"])
        if opened is None:
            raise AirflowSkipException("nothing new: the published release of this month is still right")
        return opened

    @task(task_display_name="Tautkan orang · Link people")
    def link_people(ti: Any = None) -> dict[str, Any]:
        from rbpk.orchestration.steps import release

        return release.link_people(ti.xcom_pull(task_ids=OPENING_TASK), SETTINGS)

    @task(task_display_name="Periksa rilis · Check release")
    def check_release(ti: Any = None) -> dict[str, Any]:
        from rbpk.orchestration.steps import quality

        return quality.check_candidate(ti.xcom_pull(task_ids=OPENING_TASK), SETTINGS)

    @task(task_display_name="Terbitkan rilis · Publish release", outlets=[PUBLISHED])
    def publish_release(ti: Any = None, dag_run: Any = None) -> dict[str, Any]:
        from rbpk.orchestration.steps import release

        approved_by = dag_run.triggering_user_name or "calendar"
        return release.publish_release(ti.xcom_pull(task_ids=OPENING_TASK), approved_by, SETTINGS)

    @task(task_display_name="Tutup kandidat yang gagal · Close failed candidate", trigger_rule=TriggerRule.ONE_FAILED)
    def close_candidate(ti: Any = None) -> dict[str, Any] | None:
        from rbpk.orchestration.steps import release

        opened = ti.xcom_pull(task_ids=OPENING_TASK)
        return release.close_candidate(opened) if opened else None

    # Airflow judges a run by its last tasks: without this one, closing a candidate well would look like success.
    month_done = EmptyOperator(task_id="month_done", task_display_name="Selesai · Done")
    opened, linked = open_release(), link_people()
    stage = transform("stage", "before_linkage", SETTINGS)
    marts = transform("marts", "after_linkage", SETTINGS)

    chain(opened, stage)
    chain(build_of(stage), linked, marts)
    # Boxes only show how dbt went: one whose worker died must not make a published month a failed run.
    boxes_filled = EmptyOperator(
        task_id="boxes_filled", task_display_name="Kotak terisi · Boxes filled in", trigger_rule=TriggerRule.ALL_DONE
    )
    chain([*stage.get_leaves(), *marts.get_leaves()], boxes_filled)
    published = publish_release()
    chain(published, [month_done, close_candidate()])
    if SETTINGS.sign_off_hours:
        from rbpk.orchestration.sign_off import sign_off

        @task(task_display_name="Ringkas perubahan · Describe changes")
        def describe_changes(ti: Any = None) -> str:
            from rbpk.orchestration.steps import signing

            return signing.describe_changes(ti.xcom_pull(task_ids=OPENING_TASK))

        chain(build_of(marts), check_release(), describe_changes(), sign_off(SETTINGS), published)
    else:
        chain(build_of(marts), check_release(), published)

    if len(SETTINGS.regencies) > 1:
        TriggerDagRunOperator.partial(
            task_id="start_other_regencies",
            task_display_name="Mulai kabupaten lain · Start other regencies",
            trigger_dag_id=dag.dag_id,
            pre_execute=months.skip_unless_by_calendar,
        ).expand(
            conf=[{"regency": code, "period": "{{ dag_run.partition_key }}"} for code in SETTINGS.regencies[1:]],
        )
