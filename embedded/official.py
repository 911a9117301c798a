"""The commands that write what readers see now for others: official tables, open data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from embedded import environment
from embedded.errors import EmbeddedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from rbpk.publishing.official import Written


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to those of the platform."""
    for name, words in (
        ("export", "write the official tables of the published release as a workbook"),
        ("opendata", "write counts of the published release for the public, small cells hidden"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("--out", required=True)
        command.add_argument("--regency", default="")
        command.add_argument("--period", default="")


def export(options: argparse.Namespace, dsn: Callable[[str], str]) -> int:
    """Write the workbook and say where it is and under which number it was logged."""
    from rbpk.orchestration.settings import load_settings  # noqa: PLC0415 - only this command needs the platform's rooms
    from rbpk.publishing import export_official  # noqa: PLC0415 - as above

    models = load_settings().dbt_project / "models" / "marts"
    return _hand_out(options, dsn, lambda doors, out, **asked: export_official(doors, models, out, **asked), "rows")


def opendata(options: argparse.Namespace, dsn: Callable[[str], str]) -> int:
    """Write the open tables and say where they are and under which number they were logged."""
    from rbpk.publishing import export_open  # noqa: PLC0415 - only this command needs the platform's rooms

    return _hand_out(options, dsn, export_open, "cells")


def _hand_out(
    options: argparse.Namespace, dsn: Callable[[str], str], write: Callable[..., Written], counted: str
) -> int:
    from rbpk.errors import RbpkError  # noqa: PLC0415 - as above
    from rbpk.publishing import Doors  # noqa: PLC0415
    from rbpk.warehouse import Warehouse  # noqa: PLC0415 - as above

    try:
        done = write(
            Doors(Warehouse(dsn("bi_reader")), Warehouse(dsn("rbpk_owner"))),
            Path(options.out).expanduser().resolve(),
            regency=options.regency or environment.regencies()[0],
            period=options.period or None,
        )
    except RbpkError as error:
        raise EmbeddedError(str(error)) from error
    print(f"{done.path}: release {done.release_id}, {done.rows} {counted}, audit.exports {done.export_id}")
    return 0
