"""dbt in the Airflow UI: one process a group, every model and its tests a box (Cosmos, WATCHER mode)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cosmos import (
    DbtTaskGroup,
    ExecutionConfig,
    ExecutionMode,
    InvocationMode,
    LoadMode,
    ProfileConfig,
    ProjectConfig,
    RenderConfig,
    TestIndirectSelection,
)

from rbpk.orchestration.manifest import ready_manifest

if TYPE_CHECKING:
    from rbpk.orchestration.settings import Settings

# The task whose XCom says which release the run builds.
OPENING_TASK = "open_release"
VARS = ("regency", "period", "release_id", "work_schema", "release_schema")


def transform(group_id: str, selector: str, settings: Settings) -> DbtTaskGroup:
    """Return the task group that builds and tests the models of one dbt selector."""
    return DbtTaskGroup(
        group_id=group_id,
        project_config=ProjectConfig(
            dbt_project_path=settings.dbt_project,
            manifest_path=ready_manifest(settings),
            install_dbt_deps=False,
            # Every release brings other vars, which dbt answers with a full parse anyway.
            partial_parse=False,
        ),
        profile_config=ProfileConfig(
            profile_name="rbpk",
            target_name="warehouse",
            profiles_yml_filepath=settings.dbt_project / "profiles.yml",
        ),
        execution_config=ExecutionConfig(
            execution_mode=ExecutionMode.WATCHER,
            invocation_mode=InvocationMode.DBT_RUNNER,
            # A test of models from both groups waits for the later one.
            test_indirect_selection=TestIndirectSelection.BUILDABLE,
            setup_operator_args={
                "on_success_callback": _outcome(group_id, "done"),
                "on_failure_callback": _outcome(group_id, "failed"),
            },
        ),
        render_config=RenderConfig(
            load_method=LoadMode.DBT_MANIFEST,
            selector=selector,
            # Two runs emitting their first assets at once collide in Airflow's API server.
            emit_datasets=False,
        ),
        operator_args={
            "interceptors": [hand_over],
            # dbt's own tests of logic belong to `make test`; a run tests the data.
            "dbt_cmd_flags": ["--exclude-resource-type", "unit_test"],
            "poke_interval": 2,
            # A second try would start one dbt process for every box: start the month again instead.
            "retries": 0,
        },
    )


def hand_over(context: Any, operator: Any) -> None:  # noqa: ANN401 - Cosmos' own types are for operators only
    """Give dbt the release to build and the credentials of the `warehouse` connection."""
    from rbpk.orchestration.connections import dbt_environment  # noqa: PLC0415 - psycopg2 stays out of parsing

    opened = context["ti"].xcom_pull(task_ids=OPENING_TASK)
    operator.vars = {name: opened[name] for name in VARS}
    operator.env = {**(operator.env or {}), **dbt_environment()}


def _outcome(step: str, status: str) -> Any:  # noqa: ANN401 - Airflow's callback type
    def leave_outcome(context: Any) -> None:  # noqa: ANN401
        from rbpk.orchestration.steps.recording import record_group  # noqa: PLC0415 - as above

        record_group(context, step, status)

    return leave_outcome
