"""The environment of the embedded platform: complete, on loopback, silent, with no default password."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from embedded import environment, postgres_settings
from embedded.home import REPOSITORY, Home
from embedded.postgres import Server

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").prepare()


@pytest.fixture
def built(home: Home) -> dict[str, str]:
    return environment.build(home, Server(5999, "admin-secret"), 8999, served=("64.02", "64.08"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AIRFLOW__API__HOST", "127.0.0.1"),
        ("AIRFLOW__API__PORT", "8999"),
        ("AIRFLOW__CORE__EXECUTOR", "LocalExecutor"),
        ("AIRFLOW__CORE__LOAD_EXAMPLES", "False"),
        ("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", "admin:admin"),
        ("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "http://127.0.0.1:8999/execution/"),
        ("DBT_PORT", "5999"),
        ("DBT_USER", "rbpk_owner_login"),
        ("RBPK_REGENCIES", "64.02,64.08"),
        ("DO_NOT_TRACK", "1"),
        ("SCARF_NO_ANALYTICS", "true"),
        ("DBT_SEND_ANONYMOUS_USAGE_STATS", "false"),
        ("GX_ANALYTICS_ENABLED", "false"),
    ],
)
def test_says(built: dict[str, str], name: str, value: str) -> None:
    assert built[name] == value


def test_tasks_never_get_the_administrators_password(built: dict[str, str]) -> None:
    assert not [name for name, value in built.items() if "admin-secret" in value]


def test_secrets_differ_from_each_other_and_between_homes(home: Home, tmp_path: Path, built: dict[str, str]) -> None:
    names = ("airflow_admin", "jwt_secret", "api_secret", "pg_rbpk_owner", "pg_bi_reader")
    secrets = [home.secret(name) for name in names]
    assert len(set(secrets)) == len(names)
    assert home.secret("airflow_admin") != Home(tmp_path / "other").prepare().secret("airflow_admin")


def test_secrets_are_for_their_owner_only(home: Home, built: dict[str, str]) -> None:
    modes = {path.stat().st_mode & 0o777 for path in home.secrets.iterdir()}
    assert modes == {0o600}
    assert home.secrets.stat().st_mode & 0o777 == 0o700


def test_the_same_home_gives_the_same_environment(home: Home, built: dict[str, str]) -> None:
    again = environment.build(home, Server(5999, "admin-secret"), 8999, served=("64.02", "64.08"))
    assert again == built


def test_a_persons_shell_stays_out(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "True")
    monkeypatch.setenv("PGPASSWORD", "theirs")
    built = environment.build(home, Server(5999, "x"), 8999)
    assert "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS" not in built
    assert "PGPASSWORD" not in built


def test_every_variable_of_the_platform_is_in_the_example(built: dict[str, str]) -> None:
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^#?([A-Z_]+)=", example, flags=re.MULTILINE))
    ours = {name for name in built if name.startswith(("RBPK_", "AIRFLOW_CONN_", "DBT_"))}
    assert ours <= listed


@pytest.mark.parametrize(("text", "codes"), [("", ("64.02",)), ("64.08, 17.04", ("64.08", "17.04")), (",", ("64.02",))])
def test_regencies_of(text: str, codes: tuple[str, ...]) -> None:
    assert environment.regencies({"RBPK_REGENCIES": text}) == codes


@pytest.mark.parametrize(("cores", "tasks"), [(1, 4), (2, 4), (8, 16)])
def test_tasks_at_once_follow_the_cores(cores: int, tasks: int) -> None:
    assert environment.parallelism(cores) == tasks


@pytest.mark.parametrize(("gigabytes", "cache"), [(0.25, 128), (2, 512), (4, 1024), (64, 1024)])
def test_the_cache_follows_the_memory(gigabytes: float, cache: int) -> None:
    rendered = postgres_settings.render(5999, memory=int(gigabytes * 1024**3), cores=2)
    assert f"shared_buffers = '{cache}MB'" in rendered


def test_the_server_logs_no_statement_no_parameter_no_error_of_a_client() -> None:
    rendered = postgres_settings.render(5999)
    for line in (
        "log_error_verbosity = 'terse'",
        "log_statement = 'none'",
        "log_min_error_statement = 'panic'",
        "log_min_messages = 'log'",
        "log_parameter_max_length = '0'",
        "log_parameter_max_length_on_error = '0'",
        "listen_addresses = '127.0.0.1'",
    ):
        assert line in rendered


def test_reads_the_real_environment_by_default() -> None:
    assert environment.regencies() == environment.regencies(os.environ)
