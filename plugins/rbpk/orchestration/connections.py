"""The Airflow connections `warehouse` and `warehouse_publisher`, turned into ways into the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from rbpk.errors import ConfigurationMissing
from rbpk.warehouse import Warehouse

if TYPE_CHECKING:
    from collections.abc import Mapping

OWNER = "warehouse"
PUBLISHER = "warehouse_publisher"


def open_warehouse(name: str = OWNER) -> Warehouse:
    """Return the way in that the Airflow connection of that name describes."""
    return Warehouse(dsn(_find(name)))


def dsn(connection: Connection) -> str:
    """Spell a connection as libpq's URL; Airflow's own adds parameters libpq refuses."""
    login = quote(connection.login or "", safe="")
    password = quote(connection.password or "", safe="")
    database = quote(connection.schema or "", safe="")
    options = {key: value for key, value in connection.extra_dejson.items() if isinstance(value, str)}
    query = f"?{urlencode(options)}" if options else ""
    return f"postgresql://{login}:{password}@{connection.host}:{connection.port or 5432}/{database}{query}"


def dbt_environment() -> Mapping[str, str]:
    """Return the variables dbt's profile reads, from the same connection every other step uses."""
    connection = _find(OWNER)
    return {
        "DBT_HOST": connection.host or "",
        "DBT_PORT": str(connection.port or 5432),
        "DBT_USER": connection.login or "",
        "DBT_PASSWORD": connection.password or "",
        "DBT_DBNAME": connection.schema or "",
    }


def _find(name: str) -> Connection:
    try:
        found: Connection = Connection.get(name)
    except AirflowNotFoundException:
        message = f"Airflow has no connection {name!r}; set AIRFLOW_CONN_{name.upper()} or add it in the UI"
        raise ConfigurationMissing(message) from None
    return found
