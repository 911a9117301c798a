"""Makes `.venv` from the frozen lock; runs on the machine's own Python, standard library only.

Old syntax on purpose: a Python too old for the platform must still be able to say so.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

UV = "uv==0.13.9"
OLDEST, NEWEST = (3, 11), (3, 13)
DISK_NEEDED = 2_500_000_000
REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv"
LOCK = REPOSITORY / "requirements.lock"
# uv lives in a corner of its own: syncing removes from .venv whatever the lock does not name.
TOOL = VENV / "uv"
STAMP = VENV / ".synced"


def main() -> int:
    """Bring `.venv` in line with the lock unless it is already."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted and _works(VENV):
        STAMP.touch()
        return 0
    _find_python()
    _check_disk()
    print(f"Setting up {VENV.name} from {LOCK.name} (once; about a minute, needs the package index) …", flush=True)
    if not _works(VENV):
        _do([sys.executable, "-m", "venv", "--without-pip", "--clear", str(VENV)], "Python could not make a folder")
    uv = _uv()
    command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(VENV / "bin" / "python"), str(LOCK)]
    # Every file is checked by hash, so it does not matter which index it comes from. Compiled once, also where
    # PYTHONDONTWRITEBYTECODE lets no process keep what it compiled: importing takes half the time.
    options = ["--index-strategy", "unsafe-best-match", "--compile-bytecode"]
    _do([*command, *options], NO_PACKAGES, {**os.environ, **_index_settings()})
    STAMP.write_text(wanted)
    return 0


NO_PACKAGES = """The packages could not be fetched.
The first set-up needs the network or a package index (PIP_INDEX_URL or UV_DEFAULT_INDEX); later runs need neither."""
NO_INSTALLER = """This Python can install nothing: it has neither ensurepip nor pip.
On Debian and Ubuntu: apt install python3-venv"""


def _find_python() -> None:
    """Go on as a newer Python if this one does not do and the machine has one."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            os.execv(other, [other, *sys.argv])  # noqa: S606 - our own script, no shell
    have = ".".join(map(str, sys.version_info[:2]))
    _fail(
        f"Python 3.11, 3.12 or 3.13 is needed; {sys.executable} is {have}. Name another: make PYTHON=/path/to/python3"
    )


def _check_disk() -> None:
    free = shutil.disk_usage(str(REPOSITORY)).free
    if free < DISK_NEEDED and not _works(VENV):
        _fail(f"{free / 1e9:.1f} GB free at {REPOSITORY}; the first set-up needs {DISK_NEEDED / 1e9:.1f} GB.")


def _uv() -> str:
    """Return the pinned uv, installed at first need by whatever installer this Python has."""
    program = TOOL / "bin" / "uv"
    mark = TOOL / ".version"
    if program.exists() and mark.exists() and mark.read_text() == UV:
        return str(program)
    shutil.rmtree(str(TOOL), ignore_errors=True)
    if find_spec("ensurepip"):
        _do([sys.executable, "-m", "venv", str(TOOL)], NO_INSTALLER)
        _do([str(TOOL / "bin" / "python"), "-m", "pip", "install", "--quiet", UV], NO_PACKAGES)
    elif find_spec("pip"):
        _do([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOL), UV], NO_PACKAGES)
    else:
        _fail(NO_INSTALLER)
    mark.write_text(UV)
    return str(program)


def _index_settings() -> dict[str, str]:
    """Tell uv what pip is told about indexes: a machine is usually set up for pip."""
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "cert": "SSL_CERT_FILE",
        "timeout": "UV_HTTP_TIMEOUT",
        "trusted-host": "UV_INSECURE_HOST",
    }
    found: dict[str, str] = {}
    for line in _pip_settings():
        name, _, value = line.partition("=")
        variable = names.get(name.rpartition(".")[2])
        if variable and variable not in os.environ:
            text = "".join(shlex.split(value))
            found[variable] = text.replace(" ", ",") if variable == "UV_FIND_LINKS" else text
    return found


def _pip_settings() -> list[str]:
    python = TOOL / "bin" / "python"
    program = str(python) if python.exists() else sys.executable
    done = subprocess.run([program, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def _works(venv: Path) -> bool:
    python = venv / "bin" / "python"
    if not python.exists():
        return False
    check = f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return subprocess.run([str(python), "-c", check], capture_output=True, check=False).returncode == 0


def _do(command: list[str], otherwise: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()[-8:]
        _fail("\n".join([otherwise, *(f"  {line}" for line in said)]))


def _fail(message: str) -> None:
    sys.exit(message)


if __name__ == "__main__":
    sys.exit(main())
