"""Both databases and the server's logins as files, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from embedded import postgres
from embedded.databases import METADATA, WAREHOUSE
from embedded.errors import EmbeddedError
from embedded.home import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from embedded.postgres import Server

DATABASES = (WAREHOUSE, METADATA)
LOGINS = "logins.sql"
# A publication holds its locks for milliseconds; who holds one longer is not to be waited for all night.
LOCK_WAIT = "--lock-wait-timeout=120000"
JOBS = 2
# A new server has this role already.
MADE_WITH_THE_SERVER = f"CREATE ROLE {postgres.ADMIN};"


def dump(server: Server, folder: Path) -> None:
    """Write what both databases held at one moment each, with every login, grant and row filter."""
    for name in DATABASES:
        target = _dump_file(folder, name)
        write_private(target, "")
        _run(server, name, "pg_dump", "--format=custom", LOCK_WAIT, f"--file={target}")
    write_private(folder / LOGINS, _run(server, WAREHOUSE, "pg_dumpall", "--roles-only"))


def load(server: Server, folder: Path) -> None:
    """Make logins and databases on a server that has none of them yet."""
    lines = (folder / LOGINS).read_text(encoding="utf-8").splitlines()
    logins = "\n".join(line for line in lines if line != MADE_WITH_THE_SERVER)
    # By the standard input: a command line can be read by everyone on the machine.
    _run(server, "postgres", "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", text=logins)
    for name in DATABASES:
        options = ("--create", "--exit-on-error", f"--jobs={JOBS}", "--dbname=postgres")
        _run(server, "postgres", "pg_restore", *options, str(_dump_file(folder, name)))
    for name in DATABASES:
        # Statistics of the planner are measured anew on what is there.
        _run(server, name, "vacuumdb", "--analyze-only", "--quiet")


def _dump_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.dump"


def _run(server: Server, database: str, program: str, *options: str, text: str = "") -> str:
    environment = {"PATH": os.defpath, "LC_ALL": "C", **postgres.client_environment(server.dsn(database))}
    command = (str(postgres.client(program)), *options)
    done = subprocess.run(command, env=environment, input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise EmbeddedError(f"{program} failed on the database {database}.\n{_without_rows(done.stderr)}")
    return done.stdout


def _without_rows(errors: str) -> str:
    """Keep what went wrong; the lines after it (DETAIL, CONTEXT) quote rows, and with them people."""
    return "\n".join(line for line in errors.splitlines() if "error:" in line.lower())[:2000]
