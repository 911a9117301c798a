"""The dbt command line, its start-up told from its work."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from benchmarks.measuring import Measure, watch

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def build(
    selector: str, opened: Mapping[str, Any], variables: Mapping[str, str], target: Path
) -> tuple[Measure, float]:
    """Build and test one selector as a run does; give its work and, apart, its start-up."""
    command = [
        *(*_command("build", target), "--no-partial-parse", "--selector", selector, "--vars", json.dumps(dict(opened))),
        *("--indirect-selection", "buildable", "--exclude-resource-type", "unit_test"),
    ]
    watched = watch(command, variables)
    worked = float(json.loads((target / "run_results.json").read_text(encoding="utf-8"))["elapsed_time"])
    whole = watched.ended - watched.started
    return Measure(
        f"dbt {selector}", worked, 0, watched.peak(watched.started, watched.ended), watched.cpu
    ), whole - worked


def _command(verb: str, target: Path) -> list[str]:
    program = str(Path(sys.executable).with_name("dbt"))
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    return [program, verb, *folders, "--target-path", str(target), "--log-path", str(target)]
