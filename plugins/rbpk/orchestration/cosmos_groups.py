"""dbt in the Airflow UI: one process a group, every model and its tests a box (Cosmos, WATCHER mode)."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from airflow.sdk import TriggerRule, get_parsing_context
from cosmos import (
    DbtTaskGroup,
    ExecutionConfig,
    ExecutionMode,
    InvocationMode,
    LoadMode,
    ProfileConfig,
    ProjectConfig,
    RenderConfig,
    SeedRenderingBehavior,
)
from cosmos import settings as cosmos_settings
from cosmos.constants import PRODUCER_WATCHER_DONE_TASK_ID
from cosmos.dbt import runner
from cosmos.operators._watcher import base as watching

from rbpk.orchestration import dbt_flags
from rbpk.orchestration.manifest import manifest_of, ready_manifest
from rbpk.orchestration.settings import load_settings
from rbpk.orchestration.transformations import OPENING_TASK, build_of

if TYPE_CHECKING:
    from rbpk.orchestration.settings import Settings

# Reading a DAG file writes nothing: neither into Airflow's database nor into a folder that all
# users of a machine share (/tmp/cosmos, made by whoever comes first). And nobody hears that we did.
cosmos_settings.enable_cache = False
cosmos_settings.enable_telemetry = False
# With no second try there is nothing to save for it; saving costs a request for every event of dbt.
cosmos_settings.enable_watcher_reliable_retry = False
_PASS_ON = watching._process_dbt_log_event  # noqa: SLF001
VARS = ("regency", "period", "release_id", "work_schema", "release_schema", "seed_schema")
# Of a free processor a box takes what it needs; of a busy one a tenth of what a build gets.
_GIVES_WAY = 10


def draw(group_id: str, selector: str, installation: Settings) -> DbtTaskGroup:
    """Return the task group that builds and tests the models of one dbt selector."""
    box = _box_to_run(group_id)
    if box:
        # What only shows how the build went gives way to what builds.
        os.nice(_GIVES_WAY)
    group = DbtTaskGroup(
        group_id=group_id,
        project_config=ProjectConfig(
            dbt_project_path=installation.dbt_project,
            manifest_path=ready_manifest(installation),
            install_dbt_deps=False,
            # Every release brings other vars, which dbt answers with a full parse anyway.
            partial_parse=False,
        ),
        profile_config=ProfileConfig(
            profile_name="rbpk",
            target_name="warehouse",
            profiles_yml_filepath=installation.dbt_project / "profiles.yml",
        ),
        execution_config=ExecutionConfig(
            execution_mode=ExecutionMode.WATCHER,
            invocation_mode=InvocationMode.DBT_RUNNER,
            setup_operator_args=_producer(group_id),
        ),
        render_config=RenderConfig(
            load_method=LoadMode.DBT_MANIFEST,
            selector=None if box else selector,
            select=[box] if box else [],
            # dbt loads and tests the seeds all the same; forty boxes would hide the models.
            seed_rendering_behavior=SeedRenderingBehavior.NONE,
            # Two runs emitting their first assets at once collide in Airflow's API server.
            emit_datasets=False,
        ),
        operator_args={
            "interceptors": [hand_over],
            # A second try would start one dbt process for every box: start the month again instead.
            "retries": 0,
        },
    )
    _expect_runnable_tests(group)
    _show_after_build(group)
    return group


def _box_to_run(group_id: str) -> str | None:
    """Return the model whose box this process was started for: it needs no other to be drawn."""
    running = (get_parsing_context().task_id or "").removeprefix(f"{group_id}.")
    model, _, act = running.replace(".", "_").rpartition("_")
    return model if act in {"run", "test"} else None


def _producer(group_id: str) -> dict[str, Any]:
    """Return what only the one dbt process of the group is told."""
    return {
        "task_display_name": "dbt build",
        "dbt_cmd_global_flags": list(dbt_flags.GLOBAL),
        "dbt_cmd_flags": list(dbt_flags.BUILD),
        "on_success_callback": [_outcome(group_id, succeeded=True), _leave_seeds],
        "on_failure_callback": _outcome(group_id, succeeded=False),
    }


def _expect_runnable_tests(group: DbtTaskGroup) -> None:
    """Let no box wait for a test that dbt leaves to the later group."""
    graph = group.dbt_graph
    waiting = [name for name in graph.filtered_nodes if not name.startswith("test.")]
    reachable = set(waiting)
    while waiting:
        parents = set(getattr(graph.nodes.get(waiting.pop()), "depends_on", ())) - reachable
        reachable |= parents
        waiting.extend(parents)
    producer = build_of(group)
    producer.tests_per_model = {
        model: [test for test in tests if set(graph.nodes[test].depends_on) <= reachable]
        for model, tests in producer.tests_per_model.items()
    }


def _show_after_build(group: DbtTaskGroup) -> None:
    """Start the boxes when dbt has finished, well or badly; after a skipped or forgone build they are skipped.

    Started beside dbt they defer, and Airflow 3.3 fails a deferred task that wakes before the worker
    process that deferred it is seen to have ended (up to `workers.min_heartbeat_interval` later).
    """
    build = build_of(group)
    for root in group.get_roots():
        if root is not build:
            build.set_downstream(root)
            root.trigger_rule = TriggerRule.ONE_DONE
    # Cosmos lets this one succeed after a skipped build; with no second try there is none to forgive.
    group.children[f"{group.group_id}.{PRODUCER_WATCHER_DONE_TASK_ID}"].trigger_rule = TriggerRule.ALL_SUCCESS


def hand_over(context: Any, operator: Any) -> None:  # noqa: ANN401 - Cosmos' own types are for operators only
    """Give dbt the release to build and the credentials of the `warehouse` connection."""
    # Imported here, so that drawing the DAG loads neither dbt nor a driver.
    from rbpk.orchestration.connections import dbt_environment  # noqa: PLC0415
    from rbpk.orchestration.dbt_adapter import adapt_dbt  # noqa: PLC0415

    adapt_dbt()
    watching._process_dbt_log_event = _tell_when_built  # noqa: SLF001 - Cosmos has no setting for it
    opened = context["ti"].xcom_pull(task_ids=OPENING_TASK)
    operator.vars = {name: opened[name] for name in VARS}
    if opened["seed_schema"] != opened["work_schema"]:
        operator.dbt_cmd_flags = [*operator.dbt_cmd_flags, *dbt_flags.SEEDED]
    credentials = dbt_environment()
    operator.env = {**(operator.env or {}), **credentials}
    parsed = manifest_of(load_settings(), credentials["DBT_DBNAME"], opened)
    if parsed is not None:
        from dbt.cli.main import dbtRunner  # noqa: PLC0415 - as above

        # dbt takes a parsed project; Cosmos has no setting to hand one over.
        runner.get_runner = partial(dbtRunner, parsed)


def _tell_when_built(task_instance: Any, dbt_log: dict[str, Any]) -> None:  # noqa: ANN401
    """Pass on the end of each model only, which is what a box reads.

    Cosmos passes on four events of every model and test, each a request that dbt waits for: 1,975
    requests for one month where 170 do.
    """
    node = dbt_log.get("data", {}).get("node_info") or {}
    if dbt_log.get("info", {}).get("name") == "NodeFinished" and node.get("resource_type") == "model":
        _PASS_ON(task_instance, dbt_log)


def _leave_seeds(context: Any) -> None:  # noqa: ANN401 - Airflow's context
    """Keep the seeds this run loaded for the next ones."""
    from rbpk.orchestration.steps.release import leave_seeds  # noqa: PLC0415 - as above

    leave_seeds(context["ti"].xcom_pull(task_ids=OPENING_TASK), load_settings())


def _outcome(step: str, *, succeeded: bool) -> Any:  # noqa: ANN401 - Airflow's callback type
    def leave_outcome(context: Any) -> None:  # noqa: ANN401
        from rbpk.orchestration.steps.recording import record_group  # noqa: PLC0415 - as above

        record_group(context, step, succeeded=succeeded)

    return leave_outcome
