"""A fingerprint of everything that decides a release's content: Python, SQL, seeds, suites."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rbpk.orchestration.settings import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

_DECIDING = ("plugins/rbpk", "dbt_project", "expectations")
_KINDS = frozenset({".py", ".sql", ".yml", ".yaml", ".csv", ".json"})
_MADE = frozenset({"target", "logs", "dbt_packages", "__pycache__"})


def code_version(root: Path = REPOSITORY) -> str:
    """Hash names and contents, so that a changed rule makes a month worth building again."""
    digest = hashlib.sha256()
    for path in sorted(_files(root)):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(root: Path) -> list[Path]:
    found = (path for folder in _DECIDING for path in (root / folder).rglob("*") if path.suffix in _KINDS)
    return [path for path in found if not _MADE.intersection(path.relative_to(root).parts)]
