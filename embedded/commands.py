"""The commands behind the Makefile's targets."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from embedded import airflow, backup, environment, links, official, postgres, room, service, trust
from embedded.errors import EmbeddedError
from embedded.home import open_home
from embedded.ports import kept
from embedded.service import Platform
from rbpk.errors import RbpkError, is_out_of_room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embedded.home import Home

STOPPED = 3


def main(arguments: Sequence[str]) -> int:
    """Run one command; a known failure is one message on the error stream."""
    options = _parser().parse_args(arguments)
    home = None
    try:
        home = open_home()
        return int(globals()[f"_{options.command}"](home, options))
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if home is None or not is_out_of_room(error):
            raise
        print(room.explain(home, error), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m embedded")
    commands = parser.add_subparsers(dest="command", required=True)
    job = commands.add_parser("run", help="start everything and do the main job")
    job.add_argument("--deliveries", help="folder of one month's files (default: the sample month)")
    job.add_argument("--regency", default="")
    job.add_argument("--period", default="")
    for name in ("up", "stop", "status", "ui", "env"):
        commands.add_parser(name)
    for name in ("dsn", "psql"):
        commands.add_parser(name).add_argument("role", nargs="?", default="bi_reader")
    commands.add_parser("clean", help="delete everything in RBPK_HOME").add_argument("--yes", action="store_true")
    back = commands.add_parser("rollback", help="show readers a former release")
    back.add_argument("regency")
    back.add_argument("release", nargs="?")
    trust.add_commands(commands)
    backup.add_commands(commands)
    question = commands.add_parser("whatif", help="compare the published release with another policy")
    question.add_argument("--regency", default="")
    question.add_argument("--programme", default="SEMBAKO_DAERAH")
    question.add_argument("--desil", default="", help="last desil the programme is for (1-10)")
    question.add_argument("--ceiling", default="", help="rupiah to add to the ceiling, or to take away (-)")
    official.add_commands(commands)
    links.add_commands(commands)
    server = commands.add_parser("postgres", help="start, stop or show the server alone")
    server.add_argument("action", choices=("start", "stop", "status"))
    return parser


def _run(home: Home, options: argparse.Namespace) -> int:
    from embedded.run import Job, run  # noqa: PLC0415 - rich costs every other command

    if not options.deliveries:
        if options.regency or options.period:
            raise EmbeddedError("REGENCY and PERIOD go with DELIVERIES=<folder>; without it the sample month runs.")
        return run(home, Job())
    regency = options.regency or environment.regencies()[0]
    if not re.fullmatch(r"\d\d\.\d\d", regency):
        raise EmbeddedError(f"REGENCY is a Kemendagri code such as 64.02, not {regency!r}.")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", options.period):
        raise EmbeddedError(f"PERIOD is a month such as 2026-10, not {options.period!r}.")
    return run(home, Job(regency, options.period, Path(options.deliveries).expanduser().resolve()))


def _up(home: Home, _: argparse.Namespace) -> int:
    service.up(home, tell=print)
    return 0


def _stop(home: Home, _: argparse.Namespace) -> int:
    stopped = service.down(home)
    print(f"Stopped: {stopped} Airflow processes and PostgreSQL.")
    return 0


def _status(home: Home, _: argparse.Namespace) -> int:
    server = postgres.status(home)
    print(f"{'postgres':14} {f'port {server.port}' if server else 'stopped'}")
    found = airflow.states(home)
    port = kept(home).get("airflow", 0)
    sick = airflow.unhealthy(port) if airflow.listens(home, port) else airflow.NAMES
    for state in found:
        health = "unhealthy" if state.name in sick else "healthy"
        print(f"{state.name:14} {f'process {state.pid}, {health}' if state.pid else 'stopped'}")
    return 0 if server and airflow.running(home) and not sick else STOPPED


def _ui(home: Home, _: argparse.Namespace) -> int:
    platform = _running(home)
    print(f"{platform.address}  login {environment.LOGIN}  password {platform.password}")
    return 0


def _dsn(home: Home, options: argparse.Namespace) -> int:
    print(_server(home).dsn(options.role))
    return 0


def _psql(home: Home, options: argparse.Namespace) -> int:
    program = postgres.client("psql")
    dsn = _server(home).dsn(options.role)
    # By the environment, as a command line can be read by everyone on the machine.
    os.execve(program, [str(program)], {**os.environ, **postgres.client_environment(dsn)})  # noqa: S606


def _env(home: Home, _: argparse.Namespace) -> int:
    """Print the environment as shell assignments, for a developer's own commands."""
    server = _server(home)
    for name, value in environment.build(home, server.server, kept(home).get("airflow", 8080)).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _clean(home: Home, options: argparse.Namespace) -> int:
    if not options.yes:
        if not sys.stdin.isatty():
            raise EmbeddedError(f"This deletes {home.root} with every kept delivery: make clean CONFIRM=yes")
        if input(f"Delete {home.root} with every kept delivery? [y/N] ").strip().lower() != "y":
            return 1
    airflow.stop(home)
    postgres.remove(home)
    shutil.rmtree(home.root)
    print(f"Removed {home.root}.")
    return 0


def _backup(home: Home, options: argparse.Namespace) -> int:
    return backup.backup(home, options.out)


def _restore(home: Home, options: argparse.Namespace) -> int:
    return backup.restore(home, options.source, overwrite=options.overwrite)


def _rollback(home: Home, options: argparse.Namespace) -> int:
    from rbpk.publishing import rollback  # noqa: PLC0415 - only this command needs the platform's rooms
    from rbpk.warehouse import Warehouse  # noqa: PLC0415 - as above

    publisher = Warehouse(_server(home).dsn("rbpk_publisher"))
    try:
        moved = rollback(publisher, options.regency, options.release or None, os.environ.get("USER", "operator"))
    except RbpkError as error:
        raise EmbeddedError(str(error)) from error
    print(f"Readers of {options.regency} see {moved.release_id}.")
    return 0


def _verify_audit(home: Home, _: argparse.Namespace) -> int:
    return trust.check_audit(home, _server(home).dsn)


def _verify_release(home: Home, options: argparse.Namespace) -> int:
    return trust.check_release(options.release, _server(home).dsn)


def _reader(home: Home, options: argparse.Namespace) -> int:
    return trust.add_reader(options, _server(home).dsn)


def _override(home: Home, options: argparse.Namespace) -> int:
    return trust.override(home, options, _server(home).dsn)


def _erase(home: Home, options: argparse.Namespace) -> int:
    return trust.erase(home, options, _server(home).dsn)


def _revoke(home: Home, options: argparse.Namespace) -> int:
    return trust.revoke_reader(options.login, _server(home).dsn)


def _whatif(home: Home, options: argparse.Namespace) -> int:
    from embedded import scenario  # noqa: PLC0415 - rich costs every other command
    from rbpk.scenarios import Scenario  # noqa: PLC0415 - only this command needs the platform's rooms
    from rbpk.warehouse import Warehouse  # noqa: PLC0415 - as above

    if options.desil and not re.fullmatch(r"[1-9]|10", options.desil):
        raise EmbeddedError(f"DESIL is a number from 1 to 10, not {options.desil!r}.")
    if options.ceiling and not re.fullmatch(r"[+-]?\d{1,15}", options.ceiling):
        raise EmbeddedError(f"CEILING is a change in whole rupiah such as +500000000, not {options.ceiling!r}.")
    asked = Scenario(
        options.regency or environment.regencies()[0],
        options.programme,
        int(options.desil) if options.desil else None,
        Decimal(options.ceiling or 0),
    )
    try:
        # The role of a BI tool: it could not change a release if it wanted to.
        scenario.show(Warehouse(_server(home).dsn("bi_reader")), asked)
    except RbpkError as error:
        raise EmbeddedError(str(error)) from error
    return 0


def _export(home: Home, options: argparse.Namespace) -> int:
    return official.export(options, _server(home).dsn)


def _opendata(home: Home, options: argparse.Namespace) -> int:
    return official.opendata(options, _server(home).dsn)


def _explain_link(home: Home, options: argparse.Namespace) -> int:
    return links.explain_link(options, _server(home).dsn)


def _postgres(home: Home, options: argparse.Namespace) -> int:
    if options.action == "stop":
        postgres.stop(home)
        return 0
    server = postgres.start(home) if options.action == "start" else postgres.status(home)
    print(f"PostgreSQL on {server.host}:{server.port}" if server else "PostgreSQL is stopped")
    return 0 if server else STOPPED


def _server(home: Home) -> Platform:
    server = postgres.status(home)
    if server is None:
        raise EmbeddedError("PostgreSQL is stopped: `make run` starts everything.")
    return Platform(home, server, kept(home).get("airflow", 0))


def _running(home: Home) -> Platform:
    platform = _server(home)
    if not airflow.running(home):
        raise EmbeddedError("Airflow is stopped: `make run` starts everything.")
    return platform
