"""The dbt manifest the DAGs are drawn from: parsed once per change of the project, not at every look.

`python -m rbpk.orchestration.manifest` brings it up to date.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rbpk.errors import ConfigurationMissing
from rbpk.orchestration.settings import load_settings

if TYPE_CHECKING:
    from rbpk.orchestration.settings import Settings

log = logging.getLogger(__name__)

_MADE = frozenset({"target", "logs", "dbt_packages"})
# Parsing asks no database; profile and schema names only have to be there.
_NOWHERE: Final = {"DBT_HOST": "nowhere", "DBT_PORT": "1", "DBT_USER": "", "DBT_PASSWORD": "", "DBT_DBNAME": "rbpk"}
_VARS: Final = ("regency", "period", "release_id", "work_schema", "release_schema")


def ready_manifest(settings: Settings) -> Path:
    """Return the manifest, or say how to get one."""
    if not settings.manifest.exists():
        message = f"no dbt manifest at {settings.manifest}: run `python -m rbpk.orchestration.manifest`"
        raise ConfigurationMissing(message)
    return settings.manifest


def ensure_manifest(settings: Settings) -> bool:
    """Parse the dbt project unless nothing changed since; say whether it was parsed."""
    stamp = settings.manifest.with_name("project.sha256")
    version = project_hash(settings.dbt_project)
    if settings.manifest.exists() and stamp.exists() and stamp.read_text("utf-8") == version:
        return False
    settings.manifest.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _parse(settings.dbt_project, Path(folder))
        # Whole or not at all: the DAG processor may be reading.
        hidden = settings.manifest.with_suffix(".new")
        shutil.copyfile(Path(folder) / "manifest.json", hidden)
        hidden.replace(settings.manifest)
    stamp.write_text(version, encoding="utf-8")
    return True


def project_hash(project: Path) -> str:
    """Hash every file of the project that dbt did not write itself."""
    digest = hashlib.sha256()
    for path in sorted(project.rglob("*")):
        part = path.relative_to(project)
        if path.is_file() and not _MADE.intersection(part.parts):
            digest.update(part.as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _parse(project: Path, target: Path) -> None:
    command = [
        *(sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "--log-path", str(target), "parse"),
        *("--project-dir", str(project), "--profiles-dir", str(project), "--target-path", str(target)),
        *("--vars", json.dumps(dict.fromkeys(_VARS, "unset")), "--no-partial-parse"),
    ]
    environment = {**_NOWHERE, **os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        message = f"dbt cannot parse {project}:\n{done.stdout[-4000:]}{done.stderr[-2000:]}"
        raise ConfigurationMissing(message)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    made = ensure_manifest(load_settings())
    log.info("dbt manifest %s", "parsed" if made else "up to date")
