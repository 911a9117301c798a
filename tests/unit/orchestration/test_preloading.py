"""What the scheduler loads for its tasks, and nobody else does."""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from rbpk.orchestration import preloading


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []

    def note(name: str) -> SimpleNamespace:
        names.append(name)
        return SimpleNamespace(release_suites=tuple)

    monkeypatch.setattr(importlib, "import_module", note)
    return names


def test_the_scheduler_loads_what_its_tasks_need(loaded: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["airflow", "scheduler", "--skip-serve-logs"])
    preloading.on_starting(object())
    assert loaded == [*preloading.LIBRARIES, "expectations"]


@pytest.mark.parametrize("component", ["triggerer", "dag-processor", "api-server"])
def test_other_components_stay_light(loaded: list[str], monkeypatch: pytest.MonkeyPatch, component: str) -> None:
    monkeypatch.setattr(sys, "argv", ["airflow", component])
    preloading.on_starting(object())
    assert loaded == []


@pytest.mark.parametrize("library", preloading.LIBRARIES)
def test_what_is_loaded_exists(library: str) -> None:
    assert find_spec(library) is not None
