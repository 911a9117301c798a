"""One parsed dbt project for all tests of this folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROJECT = Path(__file__).parents[2] / "dbt_project"
RUN = {
    "regency": "64.02",
    "period": "2026-10",
    "release_id": "6402-202610-r1",
    "work_schema": "work_6402_202610_r1",
    "release_schema": "release_6402_202610_r1",
    "seed_schema": "work_6402_202610_r1",
}
_NOWHERE = {"DBT_HOST": "nowhere", "DBT_PORT": "1", "DBT_USER": "", "DBT_PASSWORD": "", "DBT_DBNAME": "nowhere"}

Manifest = dict[str, Any]


@pytest.fixture(scope="session")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Run dbt in a process of its own, away from the tree; return what it prints, fail as it fails."""
    folder = tmp_path_factory.mktemp("dbt")

    def run(*arguments: str, **environment: str) -> str:
        # What was parsed for another server is parsed anew: each keeps its own.
        target = folder / environment.get("DBT_DBNAME", "nowhere")
        done = subprocess.run(
            [
                *(sys.executable, "-W", "ignore", "-m", "dbt.cli.main", "--no-use-colors", *arguments),
                *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
                *("--target-path", str(target), "--log-path", str(target)),
                *(() if "--vars" in arguments else ("--vars", json.dumps(RUN))),
            ],
            env={**os.environ, **_NOWHERE, "DO_NOT_TRACK": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, _reason(done.stdout) + done.stderr[-2000:]
        return done.stdout

    run.parsed = folder / "nowhere" / "manifest.json"  # type: ignore[attr-defined]
    return run


@pytest.fixture(scope="session")
def compiled(dbt: Callable[..., str]) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Return the SQL of each macro call, by its name."""

    def compile_all(calls: Mapping[str, str]) -> dict[str, str]:
        inline = "select 1" + "".join(f"\n-- {name}\n{{{{ {call} }}}}" for name, call in calls.items())
        output = dbt("-q", "--no-populate-cache", "compile", "--no-introspect", "--inline", inline)
        parts = re.split(r"^-- (\w+)$", output, flags=re.MULTILINE)[1:]
        return dict(zip(parts[::2], parts[1::2], strict=True))

    return compile_all


def _reason(output: str) -> str:
    """Leave out the hundreds of lines about what went well."""
    lines = (line for line in output.splitlines() if " START " not in line and " PASS " not in line)
    return "\n".join(lines)[-6000:]


@pytest.fixture(scope="session")
def manifest(dbt: Callable[..., str]) -> Manifest:
    """Parse the project; any warning of the parser is an error."""
    dbt("--warn-error", "parse")
    parsed: Manifest = json.loads(dbt.parsed.read_text("utf-8"))  # type: ignore[attr-defined]
    return parsed


@pytest.fixture(scope="session")
def models(manifest: Manifest) -> dict[str, dict[str, Any]]:
    """Return the models by name."""
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


@pytest.fixture(scope="session")
def marts(models: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the published models by name."""
    published = {name: model for name, model in models.items() if model["fqn"][1] == "marts"}
    assert published
    return published
