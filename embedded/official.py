"""The command that writes the official tables of what readers see now as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from embedded import environment
from embedded.errors import EmbeddedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of the platform."""
    export = commands.add_parser("export", help="write the official tables of the published release as a workbook")
    export.add_argument("--out", required=True)
    export.add_argument("--regency", default="")
    export.add_argument("--period", default="")


def export(options: argparse.Namespace, dsn: Callable[[str], str]) -> int:
    """Write the workbook and say where it is and under which number it was logged."""
    from rbpk.errors import RbpkError  # noqa: PLC0415 - only this command needs the platform's rooms
    from rbpk.orchestration.settings import load_settings  # noqa: PLC0415
    from rbpk.publishing import Doors, export_official  # noqa: PLC0415
    from rbpk.warehouse import Warehouse  # noqa: PLC0415

    try:
        done = export_official(
            Doors(Warehouse(dsn("bi_reader")), Warehouse(dsn("rbpk_owner"))),
            load_settings().dbt_project / "models" / "marts",
            Path(options.out).expanduser().resolve(),
            regency=options.regency or environment.regencies()[0],
            period=options.period or None,
        )
    except RbpkError as error:
        raise EmbeddedError(str(error)) from error
    print(f"{done.path}: release {done.release_id}, {done.rows} rows, audit.exports {done.export_id}")
    return 0
