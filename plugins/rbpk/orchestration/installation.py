"""Brings a warehouse to the shape of this version of the platform; `python -m` does it from the environment."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING

from rbpk.errors import ConfigurationMissing
from rbpk.feeds.registry import contracts
from rbpk.orchestration.settings import Settings, load_settings
from rbpk.warehouse import Warehouse, install

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGINS = ("rbpk_owner", "rbpk_publisher", "bi_reader", "auditor")


def install_platform(admin: Warehouse, passwords: Mapping[str, str], settings: Settings) -> None:
    """Create or complete roles, schemas and tables; running it again changes nothing.

    Every regency of the region seed is known from the start, so that serving a new one needs no new views.
    """
    tables = {contract.table: contract.landing_columns() for contract in contracts()}
    install(admin, regency_names(settings), passwords, tables)


def regency_names(settings: Settings) -> dict[str, str]:
    """Read code → name of every regency in the region seed."""
    with (settings.dbt_project / "seeds" / "regions.csv").open(encoding="utf-8") as handle:
        return {row["regency_code"]: row["regency_name"] for row in csv.DictReader(handle)}


def main() -> None:
    """Install from RBPK_ADMIN_DSN and one password variable per login, such as RBPK_BI_READER_PASSWORD."""
    variables = {role: f"RBPK_{role.removeprefix('rbpk_').upper()}_PASSWORD" for role in LOGINS}
    missing = [name for name in ("RBPK_ADMIN_DSN", *variables.values()) if not os.environ.get(name)]
    if missing:
        raise ConfigurationMissing(f"cannot install the warehouse: set {', '.join(missing)}")
    passwords = {role: os.environ[name] for role, name in variables.items()}
    install_platform(Warehouse(os.environ["RBPK_ADMIN_DSN"]), passwords, load_settings())


if __name__ == "__main__":
    main()
