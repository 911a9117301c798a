"""The dbt parts of a DAG, drawn only where somebody looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import TaskGroup, get_parsing_context

if TYPE_CHECKING:
    from rbpk.orchestration.settings import Settings

# The task whose XCom says which release the run builds.
OPENING_TASK: Final = "open_release"
# Cosmos' own name for the task that is the group's one dbt process.
BUILD: Final = "dbt_producer_watcher"


def transform(group_id: str, selector: str, settings: Settings) -> TaskGroup:
    """Return the task group that builds and tests the models of one dbt selector.

    Every task of a run reads its DAG file again: a process that is here for another task gets the
    outline, and is spared Cosmos and the manifest.
    """
    running = get_parsing_context().task_id
    if running and not running.startswith(f"{group_id}."):
        return _outline(group_id)
    from rbpk.orchestration.cosmos_groups import draw  # noqa: PLC0415

    drawn: TaskGroup = draw(group_id, selector, settings)
    return drawn


def build_of(group: TaskGroup) -> Any:  # noqa: ANN401 - an operator of Cosmos, or its stand-in
    """Return the task that builds and tests the whole group.

    The boxes of single models show what happened; nothing that follows has to wait for the display.
    """
    return group.children[f"{group.group_id}.{BUILD}"]


def _outline(group_id: str) -> TaskGroup:
    with TaskGroup(group_id) as group:
        EmptyOperator(task_id=BUILD)
    return group
