"""docker-compose.yml, read by a real compose parser; no engine is needed to read it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).parents[2]
TEXT = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
REQUIRED = sorted(set(re.findall(r"\$\{(\w+):\?", TEXT)))
LONG_RUNNING = {"postgres", "redis", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}


def compose(**environment: str) -> subprocess.CompletedProcess[str]:
    """Let the parser resolve the file with exactly this environment."""
    command = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
    return subprocess.run(
        [*command, "--file", str(REPOSITORY / "docker-compose.yml"), "config"],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    parsed = compose(**{name: f"value-of-{name}" for name in REQUIRED})
    assert parsed.returncode == 0, parsed.stderr
    document: dict[str, Any] = yaml.safe_load(parsed.stdout)
    found: dict[str, Any] = document["services"]
    return found


def test_runs_every_component(services: dict[str, Any]) -> None:
    assert set(services) == LONG_RUNNING | {"init"}


@pytest.mark.parametrize("secret", REQUIRED)
def test_refuses_to_start_without(secret: str) -> None:
    without = compose(**{name: "value" for name in REQUIRED if name != secret})
    assert without.returncode != 0
    assert secret in without.stderr


def test_every_secret_is_documented() -> None:
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    assert [name for name in REQUIRED if not re.search(rf"^#? ?{name}=", example, re.MULTILINE)] == []


@pytest.mark.parametrize("service", sorted(LONG_RUNNING))
def test_service_says_whether_it_is_healthy(services: dict[str, Any], service: str) -> None:
    assert services[service]["healthcheck"]["test"]


def test_workers_scale_by_number(services: dict[str, Any]) -> None:
    worker = services["worker"]
    assert "container_name" not in worker
    assert "ports" not in worker
    assert worker["environment"]["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"


def test_only_loopback_ports_are_published(services: dict[str, Any]) -> None:
    published = [str(port) for service in services.values() for port in service.get("ports", [])]
    assert published
    assert [port for port in published if not port.startswith("127.0.0.1:")] == []


def test_no_secret_has_a_default(services: dict[str, Any]) -> None:
    for line in TEXT.splitlines():
        if re.search(r"PASSWORD|SECRET|_KEY", line):
            assert ":-" not in line, line
    # The administrator's password reaches the init step only.
    holders = [name for name, service in services.items() if "RBPK_ADMIN_DSN" in (service.get("environment") or {})]
    assert holders == ["init"]


def test_the_executor_it_names_can_be_loaded() -> None:
    # Airflow names it by a string: a broken one shows only when the scheduler of a server starts.
    command = [sys.executable, "-W", "ignore", "-c", "import airflow.providers.celery.executors.celery_executor"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
