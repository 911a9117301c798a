"""The whole environment of the embedded platform, in one place for the server, tests and bench."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from embedded import databases
from embedded.home import REPOSITORY, write_private

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from embedded.home import Home
    from embedded.postgres import Server

LOGIN = "admin"
LOGGING = ("AIRFLOW__LOGGING__LOGGING_LEVEL", "AIRFLOW__LOGGING__NAMESPACE_LEVELS")
QUIET = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
}
# What a task needs of the machine; the rest of a person's shell stays out.
INHERITED = ("HOME", "USER", "LANG", "TZ", "TMPDIR", "SSL_CERT_FILE")
FALLBACK_REGENCY = "64.02"


def regencies(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the regencies served; the first is the default."""
    codes = environment.get("RBPK_REGENCIES", "").split(",")
    return tuple(code.strip() for code in codes if code.strip()) or (FALLBACK_REGENCY,)


def build(
    home: Home, server: Server, port: int, *, served: Sequence[str] = (), dags: Path | None = None
) -> dict[str, str]:
    """Return every variable that Airflow, its tasks, dbt and the gate read."""
    return {
        **{name: os.environ[name] for name in INHERITED if name in os.environ},
        **QUIET,
        **_python(),
        **_platform(home, served or regencies()),
        **_connections(home, server),
        **_airflow(home, server, port, dags or REPOSITORY / "dags"),
    }


def _python() -> dict[str, str]:
    programs = Path(sys.executable).parent
    return {
        "PATH": os.pathsep.join((str(programs), os.environ.get("PATH", os.defpath))),
        "PYTHONPATH": os.pathsep.join((str(REPOSITORY / "plugins"), str(REPOSITORY))),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        # Workers ask the API server on loopback, which no proxy reaches.
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


def _platform(home: Home, served: Sequence[str]) -> dict[str, str]:
    return {
        "RBPK_HOME": str(home.root),
        "RBPK_INBOX_URL": os.environ.get("RBPK_INBOX_URL") or home.inbox.as_uri(),
        "RBPK_STORE_URL": os.environ.get("RBPK_STORE_URL") or home.store.as_uri(),
        "RBPK_DOCS_DIR": os.environ.get("RBPK_DOCS_DIR") or str(home.docs),
        "RBPK_REGENCIES": ",".join(served),
        # The calendar begins on the day of installation: a day long past would start last month's run at once,
        # and Airflow gives no tasks to a run before it.
        "RBPK_SCHEDULE_FROM": os.environ.get("RBPK_SCHEDULE_FROM") or home.installed_on,
        # None by default: the same deliveries then give the same ids on every machine (docs/adr/0005).
        "RBPK_TOKEN_KEY": os.environ.get("RBPK_TOKEN_KEY", ""),
        **{name: value for name, value in os.environ.items() if name.startswith("RBPK_TOKEN_KEY_")},
        # Whom we erased we must know again for ever, by a secret of our own if nobody gives one.
        "RBPK_SUPPRESSION_KEY": os.environ.get("RBPK_SUPPRESSION_KEY") or home.secret("suppression_key"),
        "RBPK_SIGN_OFF_HOURS": os.environ.get("RBPK_SIGN_OFF_HOURS", "0"),
    }


def _connections(home: Home, server: Server) -> dict[str, str]:
    owner = databases.role_dsn(home, server, "rbpk_owner")
    login = urlsplit(owner)
    return {
        "AIRFLOW_CONN_WAREHOUSE": owner,
        "AIRFLOW_CONN_WAREHOUSE_PUBLISHER": databases.role_dsn(home, server, "rbpk_publisher"),
        "DBT_HOST": server.host,
        "DBT_PORT": str(server.port),
        "DBT_USER": login.username or "",
        "DBT_PASSWORD": home.secret("pg_rbpk_owner"),
        "DBT_DBNAME": databases.WAREHOUSE,
    }


def _airflow(home: Home, server: Server, port: int, dags: Path) -> dict[str, str]:
    metadata = databases.metadata_dsn(home, server)
    settings = {
        **_core(home, dags),
        "DATABASE__SQL_ALCHEMY_CONN": metadata.replace("postgresql://", "postgresql+psycopg2://", 1),
        "API__HOST": server.host,
        "API__PORT": str(port),
        "API__BASE_URL": f"http://{server.host}:{port}",
        "API__WORKERS": "1",
        "API__SECRET_KEY": home.secret("api_secret"),
        "API__ENABLE_SWAGGER_UI": "False",
        "API_AUTH__JWT_SECRET": home.secret("jwt_secret", 48),
        "CORE__EXECUTION_API_SERVER_URL": f"http://{server.host}:{port}/execution/",
        "LOGGING__BASE_LOG_FOLDER": str(home.task_logs),
        "LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(home.logs / "dag_processor"),
        "LOGGING__COLORED_CONSOLE_LOG": "False",
        # Personal data lies nearby: group and others see no log either.
        "LOGGING__FILE_TASK_HANDLER_NEW_FOLDER_PERMISSIONS": "0o700",
        "LOGGING__FILE_TASK_HANDLER_NEW_FILE_PERMISSIONS": "0o600",
        # One computer: a task of a killed scheduler is known dead sooner than by default.
        "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "90",
        # A finished task gives its slot back at once; by default after up to five seconds.
        "WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
        "DAG_PROCESSOR__PARSING_PROCESSES": "1",
        # A file that did not change is read again this often; drawing two hundred boxes takes a processor's second.
        "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "120",
        # The first parse imports Cosmos from a cold disk; 30 seconds are short where a month runs at the same time.
        "CORE__DAGBAG_IMPORT_TIMEOUT": "120",
        "DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "180",
    }
    # How much is logged, as everywhere in Airflow: DEBUG when something has to be found out.
    level = {name: os.environ[name] for name in LOGGING if os.environ.get(name)}
    # Where Celery's broker is, if that is the executor: more machines by setting only.
    celery = {name: value for name, value in os.environ.items() if name.startswith("AIRFLOW__CELERY__")}
    named = {f"AIRFLOW__{name}": value for name, value in settings.items()}
    return {"AIRFLOW_HOME": str(home.airflow), **named, **level, **celery}


def _core(home: Home, dags: Path) -> dict[str, str]:
    return {
        "CORE__EXECUTOR": os.environ.get("AIRFLOW__CORE__EXECUTOR", "LocalExecutor"),
        "CORE__PARALLELISM": str(parallelism(len(os.sched_getaffinity(0)))),
        "CORE__DAGS_FOLDER": str(dags),
        "CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
        "CORE__LOAD_EXAMPLES": "False",
        # A file dropped into the inbox must be met by a running DAG, with nobody at the UI.
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "CORE__FERNET_KEY": _fernet(home.secret("fernet_seed")),
        "CORE__HOSTNAME_CALLABLE": "socket.gethostname",
        "CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{LOGIN}:admin",
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords(home)),
    }


def parallelism(cores: int) -> int:
    """Return how many tasks may run at once: Airflow's default of 32 starts 32 workers."""
    return max(4, cores * 2)


def _passwords(home: Home) -> Path:
    """Return the file from which the auth manager reads the generated password."""
    path = home.secrets / "airflow_passwords.json"
    text = json.dumps({LOGIN: home.secret("airflow_admin")})
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_private(path, text)
    return path


def _fernet(seed: str) -> str:
    """Shape a secret as the 32 bytes in base64 that Fernet wants."""
    return base64.urlsafe_b64encode(hashlib.sha256(seed.encode()).digest()).decode()
