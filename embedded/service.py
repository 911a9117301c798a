"""The platform as a whole: everything up, everything down, and where it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embedded import airflow, databases, environment, postgres, room
from embedded.api import Api
from embedded.errors import StartFailed
from embedded.home import write_private
from rbpk.errors import ConfigurationMissing
from rbpk.orchestration.manifest import ensure_manifest
from rbpk.orchestration.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from embedded.home import Home
    from embedded.postgres import Server


@dataclass(frozen=True)
class Platform:
    """A running platform."""

    home: Home
    server: Server
    port: int

    @property
    def address(self) -> str:
        return f"http://{self.server.host}:{self.port}"

    @property
    def password(self) -> str:
        return self.home.secret("airflow_admin")

    def api(self) -> Api:
        """Return a client of Airflow's REST API."""
        return Api(self.address, environment.LOGIN, self.password)

    def dsn(self, role: str) -> str:
        """Return the URL by which a role enters the warehouse."""
        return databases.role_dsn(self.home, self.server, role)


def silent(_: str) -> None:
    """Tell nobody."""


def up(
    home: Home, regency: str | None = None, dags: Path | None = None, tell: Callable[[str], None] = silent
) -> Platform:
    """Start whatever does not run, for the regencies served so far and this one."""
    room.require(home)
    server = postgres.start(home)
    tell(f"PostgreSQL on {server.host}:{server.port}")
    served = _serve(home, regency)
    databases.prepare(home, server)
    draw(home)
    if not airflow.running(home):
        tell("Airflow is starting (api-server, scheduler, dag-processor, triggerer)")
    try:
        port = _start_airflow(home, server, served, dags)
    except StartFailed:
        if airflow.port_was_kept(home):
            raise
        # Somebody took the port in the seconds between choosing it and listening on it.
        tell("The port was taken meanwhile; starting on another")
        port = _start_airflow(home, server, served, dags)
    tell(f"Airflow on http://{server.host}:{port}")
    return Platform(home, server, port)


def _start_airflow(home: Home, server: Server, served: Sequence[str], dags: Path | None) -> int:
    port = airflow.port(home)
    airflow.start(home, environment.build(home, server, port, served=served, dags=dags))
    return port


def down(home: Home) -> int:
    """Stop everything; return how many of Airflow's processes there were."""
    stopped = airflow.stop(home)
    postgres.stop(home)
    return stopped


def draw(home: Home) -> None:
    """Parse the dbt project if it changed, so that the DAGs are drawn from a manifest and stay light."""
    try:
        ensure_manifest(load_settings({"RBPK_HOME": str(home.root)}))
    except ConfigurationMissing as error:
        raise StartFailed(str(error)) from error


def _serve(home: Home, regency: str | None) -> tuple[str, ...]:
    """Return the regencies served, this one among them from now on."""
    path = home.run / "regencies.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    served = tuple(dict.fromkeys((*environment.regencies(), *before, *([regency] if regency else []))))
    write_private(path, json.dumps(served))
    return served
