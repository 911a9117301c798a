"""The DAGs have the shape we drew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from airflow.sdk import TriggerRule

from rbpk.feeds import feed_names
from rbpk.orchestration.settings import REPOSITORY

if TYPE_CHECKING:
    from airflow.sdk import DAG

PATH = ["open_release", "stage", "link_people", "marts", "check_release", "publish_release", "month_done"]


def build(group: str) -> str:
    return f"{group}.dbt_producer_watcher"


def said(script: str, environment: dict[str, str]) -> str:
    """Return what a script prints that reads the DAGs in a process of its own, as every task does."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment, "PYTHONPATH": f"{REPOSITORY / 'plugins'}:{REPOSITORY}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def upstream(dag: DAG, name: str) -> set[str]:
    return set(dag.get_task(name).upstream_task_ids)


def test_month_goes_step_by_step(month: DAG) -> None:
    steps = [build(name) if name in {"stage", "marts"} else name for name in PATH]
    found = [upstream(month, later) for later in steps[1:]]
    assert found == [{earlier} for earlier in steps[:-1]]


def test_a_run_is_judged_by_its_release_and_not_by_boxes_that_show_it(month: DAG) -> None:
    last = {task.task_id for task in month.leaves} - {"start_other_regencies"}
    assert last == {"month_done", "close_candidate", "boxes_filled"}
    boxes = {task for task in month.task_ids if task.endswith((".run", ".test", "_run"))}
    filled = month.get_task("boxes_filled")
    assert filled.trigger_rule == TriggerRule.ALL_DONE
    assert boxes <= set(filled.get_flat_relative_ids(upstream=True))


@pytest.mark.parametrize(("group", "selector"), [("stage", "before_linkage"), ("marts", "after_linkage")])
def test_one_dbt_process_builds_a_whole_group(month: DAG, group: str, selector: str) -> None:
    task = month.get_task(build(group))
    assert task.selector == selector
    assert task.emit_datasets is False
    assert task.retries == 0
    assert "unit_test" in task.dbt_cmd_flags
    assert [one.__name__ for one in task.interceptors] == ["hand_over"]


def test_every_model_and_its_tests_are_boxes(month: DAG, environment: dict[str, str]) -> None:
    manifest = Path(environment["RBPK_HOME"], "dbt", "manifest.json")
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    models = {node["name"] for node in nodes if node["resource_type"] == "model"}
    boxes = {name.split(".")[1].removesuffix("_run") for name in month.task_ids if name.endswith(("run", ".test"))}
    assert models <= boxes


def test_boxes_start_after_the_build_and_never_rebuild(month: DAG) -> None:
    for group in ("stage", "marts"):
        producer = build(group)
        boxes = [task for task in month.tasks if task.task_id.startswith(f"{group}.") and task.task_id != producer]
        assert boxes
        for box in boxes:
            # A box beside the build would defer; a box with retries would start dbt once more.
            assert box.upstream_task_ids, box.task_id
            assert box.retries == 0 or box.task_type == "EmptyOperator"
            first = box.upstream_task_ids == {producer} and box.task_type != "EmptyOperator"
            assert box.trigger_rule == (TriggerRule.ONE_DONE if first else TriggerRule.ALL_SUCCESS)


def test_no_box_waits_for_a_test_of_the_later_group(month: DAG) -> None:
    stage = {name.split(".")[1].removesuffix("_run") for name in month.task_ids if name.startswith("stage.")}
    expected = month.get_task(build("stage")).tests_per_model
    for model, tests in expected.items():
        if model.split(".")[-1] in stage:
            assert not any("mart_" in test.split(".")[2] for test in tests), model
            # Nobody would ever tell its box how the tests went: it would defer, and fail at random.
            assert tests, f"{model} has tests in the later group only: give it one of its own"


def test_failed_month_closes_its_candidate_and_stays_red(month: DAG) -> None:
    assert month.get_task("close_candidate").trigger_rule == TriggerRule.ONE_FAILED
    assert upstream(month, "close_candidate") == {"publish_release"}
    assert upstream(month, "month_done") == {"publish_release"}


def test_month_runs_on_its_calendar_day_for_the_month_before(month: DAG) -> None:
    timetable = month.timetable
    assert timetable.expression == "0 3 11 * *"
    assert timetable.run_offset == -1
    assert timetable.key_format == "%Y-%m"
    assert str(timetable.timezone) == "Asia/Makassar"


def test_other_regencies_get_runs_of_their_own(month: DAG) -> None:
    task = month.get_task("start_other_regencies")
    assert upstream(month, "start_other_regencies") == set()
    assert task.expand_input.value["conf"] == [{"regency": "64.08", "period": "{{ dag_run.partition_key }}"}]


def test_month_can_be_asked_for(month: DAG) -> None:
    assert set(month.params) == {"regency", "period", "force"}
    assert month.params["regency"] == "64.02"


@pytest.mark.parametrize("feed", feed_names())
def test_feed_is_woken_by_what_was_received(dags: dict[str, DAG], feed: str) -> None:
    dag = dags[f"ingest_{feed}"]
    assert [asset.uri for asset in dag.timetable.asset_condition.objects] == [f"rbpk://received/{feed}"]
    assert upstream(dag, "check_deliveries") == {"land_deliveries"}
    assert [asset.name for asset in dag.get_task("check_deliveries").outlets] == [f"landed_{feed}"]


def test_inbox_wakes_the_receiver(dags: dict[str, DAG]) -> None:
    (asset,) = dags["receive_deliveries"].timetable.asset_condition.objects
    (watcher,) = asset.watchers
    assert asset.name == "inbox"
    assert type(watcher.trigger).__name__ == "InboxTrigger"


def test_task_of_another_kind_is_spared_cosmos(environment: dict[str, str]) -> None:
    script = f"""
import sys
import airflow.sdk
from airflow.sdk.definitions._internal.dag_parsing_context import _airflow_parsing_context_manager
from airflow.dag_processing.dagbag import DagBag
with _airflow_parsing_context_manager(dag_id="reconcile_month", task_id="link_people"):
    bag = DagBag({str(REPOSITORY / "dags" / "reconcile_month.py")!r})
print(len(bag.dags["reconcile_month"].tasks), "cosmos.converter" in sys.modules)
"""
    assert said(script, environment).strip().splitlines()[-1] == "10 False"


def test_a_box_drawn_alone_is_the_one_of_the_whole_picture(month: DAG, environment: dict[str, str]) -> None:
    boxes = [task for task in month.task_ids if task.endswith((".run", ".test", "_run"))]
    # Of either group the first with tests of its own, and the first without.
    chosen = [
        next(box for box in boxes if box.startswith(group) and box.endswith(ending))
        for group in ("stage.", "marts.")
        for ending in (".run", ".test", "_run")
    ]
    script = f"""
import os
from airflow.sdk.definitions._internal.dag_parsing_context import _airflow_parsing_context_manager
from airflow.dag_processing.dagbag import DagBag
for box in {chosen!r}:
    with _airflow_parsing_context_manager(dag_id="reconcile_month", task_id=box):
        task = DagBag({str(REPOSITORY / "dags" / "reconcile_month.py")!r}).dags["reconcile_month"].get_task(box)
    print(box, type(task).__name__, task.model_unique_id, task.retries, task.producer_task_id, os.nice(0) > 0)
"""
    drawn = [line for line in said(script, environment).splitlines() if line.startswith(("stage.", "marts."))]
    whole = [
        f"{box} {type(task).__name__} {task.model_unique_id} {task.retries} {task.producer_task_id} True"
        for box, task in ((box, month.get_task(box)) for box in chosen)
    ]
    assert drawn == whole


def test_an_installation_that_wants_a_signature_waits_for_it(environment: dict[str, str]) -> None:
    script = f"""
from airflow.sdk.definitions._internal.dag_parsing_context import _airflow_parsing_context_manager
from airflow.dag_processing.dagbag import DagBag
from rbpk.orchestration.steps import signing
with _airflow_parsing_context_manager(dag_id="reconcile_month", task_id="sign_off"):
    bag = DagBag({str(REPOSITORY / "dags" / "reconcile_month.py")!r})
dag = bag.dags["reconcile_month"]
box = dag.get_task("sign_off")
print(*dag.get_task("publish_release").upstream_task_ids, *box.upstream_task_ids, *box.defaults, box.response_timeout)
kept = []
signing.keep_decision = lambda opened, event: kept.append((opened["release_id"], event["responded_by_user"]["name"]))
class Instance:
    def xcom_pull(self, task_ids):
        return {{"release_id": "r1"}} if task_ids == "open_release" else None
event = dict(chosen_options=["Approve"], params_input={{"reason": "", "ba_number": ""}}, responded_at=None,
             responded_by_user={{"id": "1", "name": "Siti"}})
import datetime
event["responded_at"] = datetime.datetime(2026, 11, 22)
print(box.execute_complete({{"ti": Instance()}}, event)["chosen_options"], kept)
"""
    signed = said(script, {**environment, "RBPK_SIGN_OFF_HOURS": "72"})
    lines = [line for line in signed.strip().splitlines() if not line.startswith("20")]
    assert lines[-2:] == [
        "sign_off describe_changes Reject 3 days, 0:00:00",
        "['Approve'] [('r1', 'Siti')]",
    ]
