"""The sample month: invented people, made once by the repository's own generator."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from embedded.errors import EmbeddedError
from embedded.home import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from embedded.home import Home

REGENCY = "64.02"
PERIOD = "2025-10"


def make(home: Home, tell: Callable[[str], None]) -> Path:
    """Return the folder of the sample month, made at first use."""
    folder = home.sample / REGENCY / PERIOD
    if folder.is_dir():
        return folder
    tell("Making the sample month: invented people, real region codes")
    # Renamed when whole, so that a killed run leaves no half month behind.
    hidden = folder.with_name(f".{PERIOD}.part")
    shutil.rmtree(hidden, ignore_errors=True)
    command = [sys.executable, "-m", "sample", "--out", str(hidden), "--regency", REGENCY, "--period", PERIOD]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise EmbeddedError(f"The sample month could not be made.\n{done.stderr.strip()}")
    hidden.replace(folder)
    return folder
