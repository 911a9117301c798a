"""Opaque identifiers: the same first row, delivered in the same file, gives the same id on any machine.

Without the key nobody can tell which row an id comes from, or that two installations speak of one person.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

from rbpk.errors import LinkageInconsistent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rbpk.linkage.engine import Engine

_BLOCK = 64


def mint(engine: Engine, anchors: pl.DataFrame, token_key: bytes, contents: Mapping[str, str]) -> pl.DataFrame:
    """Return (entity, item, id) for each anchor.

    Args:
        engine: where the digests are computed.
        anchors: entity ('person' or 'household'), item, delivery_id, sheet, source_row, and `again`: 0, or how
            often an id of this anchor was already given to somebody else.
        token_key: the secret of this installation; empty is allowed.
        contents: delivery_id → sha256 of the file, so that ids do not depend on names or times.
    """
    pads = [(delivery, *_pads(token_key + bytes.fromhex(sha256))) for delivery, sha256 in sorted(contents.items())]
    schema = {"delivery_id": pl.String, "inner_pad": pl.Binary, "outer_pad": pl.Binary}
    engine.load("pads", pl.DataFrame(pads, schema=schema, orient="row"))
    message = pl.concat_str("entity", "sheet", "source_row", separator="|")
    again = pl.when(pl.col("again") > 0).then(pl.format("|{}", "again")).otherwise(pl.lit(""))
    engine.load("mintable", anchors.select("entity", "item", "delivery_id", message=message + again))
    minted = engine.ask("mint")
    if len(minted) != len(anchors):
        text = "an anchor record belongs to a delivery without content hash in audit.deliveries"
        raise LinkageInconsistent(text, reason="anchor_unknown", anchors=len(anchors), minted=len(minted))
    return minted


def _pads(secret: bytes) -> tuple[bytes, bytes]:
    """Return the two padded keys of HMAC; a key longer than a block is hashed first."""
    key = (hashlib.sha256(secret).digest() if len(secret) > _BLOCK else secret).ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)
