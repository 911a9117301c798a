"""The fingerprint changes with the rules and with nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rbpk.orchestration.code_version import code_version
from rbpk.orchestration.manifest import project_hash

if TYPE_CHECKING:
    from pathlib import Path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_changed_rule_is_another_version(tmp_path: Path) -> None:
    write(tmp_path, "dbt_project/models/a.sql", "select 1")
    before = code_version(tmp_path)
    write(tmp_path, "dbt_project/models/a.sql", "select 2")
    assert code_version(tmp_path) != before


def test_moved_rule_is_another_version(tmp_path: Path) -> None:
    write(tmp_path, "dbt_project/seeds/a.csv", "1")
    before = code_version(tmp_path)
    (tmp_path / "dbt_project/seeds/a.csv").rename(tmp_path / "dbt_project/seeds/b.csv")
    assert code_version(tmp_path) != before


def test_what_tools_leave_behind_does_not_count(tmp_path: Path) -> None:
    write(tmp_path, "plugins/rbpk/a.py", "")
    write(tmp_path, "dbt_project/dbt_project.yml", "")
    before = code_version(tmp_path), project_hash(tmp_path / "dbt_project")
    write(tmp_path, "dbt_project/target/manifest.json", "{}")
    write(tmp_path, "dbt_project/logs/dbt.log", "")
    write(tmp_path, "plugins/rbpk/__pycache__/a.py", "")
    assert (code_version(tmp_path), project_hash(tmp_path / "dbt_project")) == before
