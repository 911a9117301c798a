"""A release on one page: what went in, what came out, who let it through, and where the audit's chain stood.

The page is kept outside the warehouse. Whoever changes the audit afterwards, or cuts its end off, can
recompute a chain, but not the head that stands here.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rbpk.errors import ReleaseUnknown
from rbpk.publishing.hashing import content_hash
from rbpk.publishing.marts import tables_of
from rbpk.warehouse import Head, chain_head, statement

if TYPE_CHECKING:
    from rbpk.warehouse import Warehouse

ROOM = "rbpk.publishing"


def write_manifest(publisher: Warehouse, release_id: str, folder: Path) -> Path:
    """Write `<folder>/<release_id>.json` at once; return where.

    Raises:
        ReleaseUnknown: it was never published.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{release_id}.json"
    text = json.dumps(describe_release(publisher, release_id), indent=2, ensure_ascii=False, sort_keys=True)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text + "\n")
    Path(name).replace(target)
    return target


def describe_release(publisher: Warehouse, release_id: str) -> dict[str, Any]:
    """Return what the manifest of a published release says: hashes, counts and names of decisions."""
    with publisher.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement(ROOM, "manifest"), {"release_id": release_id})
        row = cursor.fetchone()
        if row is None:
            message = f"{release_id} was never published; there is no manifest of it"
            raise ReleaseUnknown(message, release_id=release_id)
        facts: dict[str, Any] = row[0]
        head = chain_head(connection, facts["regency_code"])
    return {**facts, "audit_chain": {"number": head.number, "hash": head.hash}}


def known_heads(folder: Path) -> list[Head]:
    """Read the chain heads of every manifest in the folder."""
    heads = []
    for path in sorted(folder.glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        chain = facts["audit_chain"]
        heads.append(Head(facts["regency_code"], chain["number"], chain["hash"]))
    return heads


def verify_release(publisher: Warehouse, release_id: str) -> tuple[str, str]:
    """Return the content hash kept at publication and the one its tables have now.

    Raises:
        ReleaseUnknown: it was never published, or its tables are not kept any more.
    """
    with publisher.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set local role rbpk_publisher")
        cursor.execute(statement(ROOM, "find_release"), {"release_id": release_id})
        row = cursor.fetchone()
        marts = tables_of(cursor, row[5]) if row else ()
        if row is None or row[6] is None or not marts:
            message = f"{release_id} was never published or is not kept any more; there is nothing to verify"
            raise ReleaseUnknown(message, release_id=release_id)
        found, _ = content_hash(connection, row[5], marts)
    return str(row[6]), found
