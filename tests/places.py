"""Where a test run keeps its servers: in memory where there is plenty, as a copied database is 500 small files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")  # noqa: S108 - every name in it is made by tempfile
ENOUGH_BYTES = 6 * 1024**3


def quick() -> str | None:
    """Return the folder of the file system in memory, or nothing where it is small or memory is short."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    free = min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available)
    return str(MEMORY) if free >= ENOUGH_BYTES else None
