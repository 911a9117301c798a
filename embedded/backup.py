"""`make backup` and `make restore`: everything that cannot be made again, in one folder that proves itself."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from embedded import airflow, backup_databases, backup_files, postgres, trust
from embedded.databases import role_dsn
from embedded.errors import EmbeddedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from embedded.home import Home
    from embedded.postgres import Server

DATABASES = "databases"
# Logs, the drawn dbt project and process notes are made anew and left out.
FOLDERS = ("store", "inbox", "secrets", "manifests", "corrections", "reviews", "docs")
NOTES = ("run/installed_on", "run/regencies.json")
# What lies outside RBPK_HOME when these are set, and so outside the backup too.
ELSEWHERE = ("RBPK_STORE_URL", "RBPK_INBOX_URL", "RBPK_TOKEN_KEY", "RBPK_SUPPRESSION_KEY")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands of this module."""
    commands.add_parser("backup", help="copy databases, deliveries and secrets").add_argument("--out", default="")
    back = commands.add_parser("restore", help="make the platform anew from a backup")
    back.add_argument("--from", dest="source", default="")
    back.add_argument("--overwrite", action="store_true")


def backup(home: Home, out: str) -> int:
    """Write a backup into an empty folder; one that fails leaves nothing there."""
    if not out:
        raise EmbeddedError("Say where: make backup OUT=<folder>, on another disk than the platform's.")
    target = Path(out).expanduser().resolve()
    if target == home.root or home.root in target.parents:
        raise EmbeddedError(f"{target} lies inside {home.root} and would be lost with it: choose another folder.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise EmbeddedError(f"{target} is not an empty folder: choose a new one, a backup overwrites nothing.")
    if not (home.pg.resolve() / "PG_VERSION").exists():
        raise EmbeddedError(f"{home.root} holds no database yet: `make run` starts everything.")
    is_new = not target.exists()
    backup_files.make_private(target)
    target.chmod(0o700)
    with _whole_or_not_at_all(lambda: _clear(target, is_new=is_new)):
        print(_write(home, target))
    for name in ELSEWHERE:
        if os.environ.get(name):
            print(f"Not in it: what {name} stands for. Keep a copy of that too.")
    return 0


def restore(home: Home, source: str, *, overwrite: bool) -> int:
    """Make the platform anew; the backup is proved whole before anything here is touched."""
    folder = Path(source).expanduser().resolve()
    if not source or not folder.is_dir():
        raise EmbeddedError(f"Say from where: make restore FROM=<folder of a backup>; {source!r} is none.")
    kept = backup_files.check(folder)
    if _is_used(home):
        if not overwrite:
            raise EmbeddedError(
                f"{home.root} is not empty. Restore into another RBPK_HOME, or replace what is there, "
                "every delivery in it included: make restore FROM=… OVERWRITE=yes"
            )
        airflow.stop(home)
        _empty(home)
    with _whole_or_not_at_all(lambda: _empty(home)):
        for file in kept:
            if not file.path.startswith(f"{DATABASES}/"):
                backup_files.copy(folder / file.path, home.root / file.path)
                (home.root / file.path).chmod(file.mode)
        # Only now: the server takes its administrator's password from the secrets that came back.
        server = postgres.start(home)
        backup_databases.load(server, folder / DATABASES)
    print(f"Restored {len(kept)} files and {len(backup_databases.DATABASES)} databases into {home.root}.")
    return _verify(home, server)


def _write(home: Home, target: Path) -> str:
    was_running = postgres.status(home) is not None
    server = postgres.start(home)
    try:
        backup_files.make_private(target / DATABASES)
        # Databases first: a delivery is stored before it is written down, so every file they name is copied after.
        backup_databases.dump(server, target / DATABASES)
        for path in _sources(home):
            backup_files.copy(path, target / path.relative_to(home.root))
    finally:
        if not was_running:
            postgres.stop(home)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    proof = backup_files.write_manifest(target, {"made_at": made_at})
    size = sum(path.stat().st_size for path in backup_files.files(target))
    return f"{target}: {size / 1e6:.1f} MB, sha256 of its {backup_files.MANIFEST} {proof}"


def _sources(home: Home) -> Iterator[Path]:
    for name in FOLDERS:
        # A file still being dropped into the inbox has a hidden name until it is whole.
        yield from (path for path in backup_files.files(home.root / name) if not path.name.endswith(".part"))
    for name in NOTES:
        if (home.root / name).exists():
            yield home.root / name


def _is_used(home: Home) -> bool:
    folders = (home.pg.resolve(), *(home.root / name for name in FOLDERS))
    return any(folder.is_dir() and any(folder.iterdir()) for folder in folders)


@contextmanager
def _whole_or_not_at_all(undo: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        undo()
        raise EmbeddedError(f"{error.filename}: {error.strerror}. What was begun is taken away again.") from error
    except BaseException:
        undo()
        raise


def _clear(target: Path, *, is_new: bool) -> None:
    for leftover in (target,) if is_new else tuple(target.iterdir()):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _empty(home: Home) -> None:
    postgres.remove(home)
    for name in FOLDERS:
        shutil.rmtree(home.root / name, ignore_errors=True)
    for name in NOTES:
        (home.root / name).unlink(missing_ok=True)
    home.prepare()


def _verify(home: Home, server: Server) -> int:
    """Ask what `make verify-audit` and `make verify-release` ask."""

    def dsn(role: str) -> str:
        return role_dsn(home, server, role)

    wrong = trust.check_audit(home, dsn) or trust.check_release("", dsn)
    print("`make up` starts the rest." if not wrong else "The restored data is not what was backed up: see above.")
    return wrong
