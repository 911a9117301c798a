"""The dbt command line, its start-up told from its work."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from benchmarks.measuring import Measure, watch
from rbpk.orchestration import dbt_flags

if TYPE_CHECKING:
    from collections.abc import Mapping

# What the office's list needs of ours: who is in which household, on which list, helped by whom.
_LISTS = ("mart_households", "mart_coverage")
SAME_LIST = {
    "before_linkage": [
        *(f"+{one},path:models/staging" for one in _LISTS),
        *(f"+{one},path:models/intermediate/records" for one in _LISTS),
    ],
    "after_linkage": [f"+{one},path:models/{part}" for one in _LISTS for part in ("intermediate", "marts")],
}
_SAVE = {"before_linkage": [], "after_linkage": ["--exclude", "path:models/intermediate/records"]}
PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"


def environment(dsn: str) -> dict[str, str]:
    """Give the variables the profile reads."""
    parts = urlsplit(dsn)
    return {
        "DBT_HOST": parts.hostname or "",
        "DBT_PORT": str(parts.port or 5432),
        "DBT_USER": parts.username or "",
        "DBT_PASSWORD": unquote(parts.password or ""),
        "DBT_DBNAME": parts.path.lstrip("/"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def parse(variables: Mapping[str, str], target: Path) -> float:
    """Time a bare start: read the project, build nothing."""
    began = time.time()
    watch([*_command("parse", target), "--no-partial-parse"], variables)
    return time.time() - began


def start(variables: Mapping[str, str], target: Path) -> Measure:
    """Measure a dbt invocation that reads the project and builds nothing."""
    watched = watch([*_command("parse", target), "--no-partial-parse"], variables)
    whole = watched.ended - watched.started
    return Measure("floor: bare dbt", whole, 0, watched.peak(watched.started, watched.ended), watched.cpu)


def load_seeds(schema: str, variables: Mapping[str, str], target: Path) -> float:
    """Load what changes with the code only, which the first run of a version does for all later ones; in seconds."""
    command = [*_command("seed", target), "--no-partial-parse", "--vars", json.dumps({"seed_schema": schema})]
    return float(watch(command, variables).output.strip().rsplit("\n", 1)[-1])


def build(
    selector: str, opened: Mapping[str, Any], variables: Mapping[str, str], target: Path, *, same_list: bool = False
) -> tuple[Measure, float]:
    """Build and test one selector as a run does, or what of it the office's list needs; give start-up apart."""
    chosen = ["--select", *SAME_LIST[selector], *_SAVE[selector]] if same_list else ["--selector", selector]
    command = [
        *(*_command("build", target), "--no-partial-parse", *chosen, "--vars", json.dumps(dict(opened))),
        *(*dbt_flags.BUILD, *dbt_flags.SEEDED),
    ]
    watched = watch(command, variables)
    worked = float(watched.output.strip().rsplit("\n", 1)[-1])
    whole = watched.ended - watched.started
    return Measure(
        f"dbt {selector}", worked, 0, watched.peak(watched.started, watched.ended), watched.cpu
    ), whole - worked


def _command(verb: str, target: Path) -> list[str]:
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    program = [sys.executable, "-m", "benchmarks.dbt_command", *dbt_flags.GLOBAL, verb]
    return [*program, *folders, "--target-path", str(target), "--log-path", str(target)]
