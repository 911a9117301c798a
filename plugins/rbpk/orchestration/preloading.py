"""Libraries loaded once, in the scheduler: LocalExecutor forks every task from it, and a fork has them already.

A task of its own would load Great Expectations for four seconds to judge a file in one.
"""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Final

from airflow.listeners import hookimpl

log = logging.getLogger(__name__)

# What tasks import, heaviest first. None of them starts a thread or opens a connection by being imported.
LIBRARIES: Final = (
    "great_expectations",
    "dbt.cli.main",
    "cosmos",
    "pandas",
    "polars",
    "duckdb",
    "rbpk.landing",
    "rbpk.linkage",
    "rbpk.publishing",
    "rbpk.orchestration.steps.quality",
)


@hookimpl
def on_starting(component: object) -> None:  # noqa: ARG001 - Airflow names its job, which does not know yet what it is
    """Load them where tasks will be forked from."""
    if "scheduler" not in sys.argv[1:2]:
        return
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    for name in LIBRARIES:
        importlib.import_module(name)
    # Great Expectations makes a class of each rule: a third of what judging a small month takes.
    importlib.import_module("expectations").release_suites()
    log.info("loaded %s for the tasks to come", ", ".join(LIBRARIES))
