"""The commands behind the Makefile's targets."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from embedded import postgres
from embedded.errors import EmbeddedError
from embedded.home import open_home

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run one command; a known failure is one message on the error stream."""
    parser = argparse.ArgumentParser(prog="python -m embedded")
    commands = parser.add_subparsers(dest="command", required=True)
    server = commands.add_parser("postgres", help="start, stop or show the server alone")
    server.add_argument("action", choices=("start", "stop", "status"))
    options = parser.parse_args(arguments)
    try:
        return _postgres(options.action)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


def _postgres(action: str) -> int:
    home = open_home()
    if action == "stop":
        postgres.stop(home)
        return 0
    server = postgres.start(home) if action == "start" else postgres.status(home)
    print(f"PostgreSQL on {server.host}:{server.port}" if server else "PostgreSQL is stopped")
    return 0 if server else 3
