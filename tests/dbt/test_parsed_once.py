"""A run takes the project as it was parsed before, with its own schemas in it: that is what dbt would parse itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rbpk.orchestration.manifest import ensure_manifest, manifest_of
from rbpk.orchestration.settings import Settings, load_settings
from tests.dbt.conftest import PROJECT, RUN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.dbt.conftest import Manifest

# When a node was made, and where the parser stood.
_OF_THE_PARSE = frozenset({"created_at", "root_path"})


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return an installation whose project is parsed."""
    here = replace(load_settings({"RBPK_HOME": str(tmp_path_factory.mktemp("home"))}), dbt_project=PROJECT)
    ensure_manifest(here)
    return here


def test_a_run_gets_what_dbt_would_parse(settings: Settings, manifest: Manifest) -> None:
    # `manifest` was parsed with the schemas of RUN, in a database called nowhere.
    ours = manifest_of(settings, "nowhere", RUN)

    assert ours is not None
    for kind in ("nodes", "sources"):
        found = {name: node.to_dict(omit_none=False) for name, node in getattr(ours, kind).items()}
        assert found.keys() == manifest[kind].keys()
        wrong = [
            (name, key) for name, node in manifest[kind].items() for key in node if _differs(key, node, found[name])
        ]
        assert not wrong, wrong[:5]


def test_a_changed_project_is_parsed_by_dbt_itself(settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dbt_project"
    elsewhere.mkdir()
    (elsewhere / "dbt_project.yml").write_text("name: other\n")

    assert manifest_of(replace(settings, dbt_project=elsewhere), "rbpk", RUN) is None


def _differs(key: str, node: dict[str, Any], found: dict[str, Any]) -> bool:
    return key not in _OF_THE_PARSE and node[key] != found[key]
