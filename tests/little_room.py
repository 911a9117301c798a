"""Disks that are full, without one: limits and devices that any container has and no privilege is needed for."""

from __future__ import annotations

import os
import resource
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.warehouse import Warehouse


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file of this process, and of those it starts, grow beyond a size in bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def no_room_for(server: Warehouse, table: str) -> Iterator[None]:
    """Put an empty table of a server of this machine where every write meets ENOSPC: PostgreSQL's own way to fail."""
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute("select current_setting('data_directory'), pg_relation_filepath(%s)", (table,))
        file = Path(*(cursor.fetchone() or ()))
    was = file.stat()
    assert was.st_size == 0
    file.unlink()
    file.symlink_to("/dev/full")
    try:
        yield
    finally:
        file.unlink()
        file.touch(mode=0o600)
        os.chown(file, was.st_uid, was.st_gid)
