"""The raw files that hold somebody who was erased: they go once their rows are in.

A raw file is kept as it came, so it cannot lose one line: it goes as a whole, from the store and from the inbox.
Its rows stay landed, its hash stays in the ledger, and the sender has the original.
"""

from __future__ import annotations

import hashlib
import logging
import time
from typing import TYPE_CHECKING

from rbpk.errors import SourceUnreachable
from rbpk.landing.archives import is_archive
from rbpk.landing.ledger import execute
from rbpk.landing.store import local_copy

if TYPE_CHECKING:
    from upath import UPath

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

# An archive that is being unpacked is not in the ledger yet.
_AT_REST_SECONDS = 24 * 3600


def shred(warehouse: Warehouse, store: UPath, inbox: UPath, regency: str) -> tuple[list[str], int]:
    """Delete the files of a regency that are not to be kept; return their deliveries, and how many files went.

    Asking again does what was left undone.
    """
    with warehouse.connect() as connection:
        unkept = execute(connection, "unkept_files", regency=regency)
        kept = {str(row[0]) for row in execute(connection, "stored_files")}
    contents = {(int(str(size)), str(sha256)) for _, sha256, _, size in unkept}
    try:
        gone = sum(_remove(store / str(place)) for place in {row[2] for row in unkept if row[2]})
        gone += _from_inbox(inbox / regency, contents) if contents else 0
        gone += _archives(store, kept) if contents else 0
    except OSError as error:
        message = "the inbox or the store cannot be written; check that both are mounted and writable"
        raise SourceUnreachable(message) from error
    log.info("shredded regency=%s files=%d", regency, gone)
    return sorted({str(row[0]) for row in unkept}), gone


def _remove(path: UPath) -> int:
    if not path.exists():
        return 0
    path.unlink()
    return 1


def _from_inbox(folder: UPath, contents: set[tuple[int, str]]) -> int:
    sizes = {size for size, _ in contents}
    gone = 0
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        if path.is_file() and (size := path.stat().st_size) in sizes:
            with path.open("rb") as opened:
                digest = hashlib.sha256()
                while block := opened.read(1 << 20):
                    digest.update(block)
            if (size, digest.hexdigest()) in contents:
                gone += _remove(path)
    return gone


def _archives(store: UPath, kept: set[str]) -> int:
    """Delete zips whose parts lie in the store by themselves: the ledger names the parts only."""
    gone = 0
    for path in sorted((store / "sha256").glob("*/*")):
        name = f"sha256/{path.parent.name}/{path.name}"
        if name in kept or time.time() - path.stat().st_mtime < _AT_REST_SECONDS:
            continue
        with local_copy(store, name) as local:
            archive = is_archive(local)
        gone += _remove(path) if archive else 0
    return gone
