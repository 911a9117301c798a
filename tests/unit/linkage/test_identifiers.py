"""Identifiers: the same on any machine, opaque without the key, never given twice."""

from __future__ import annotations

import base64
import hashlib
import hmac

import polars as pl
import pytest

from rbpk.errors import LinkageInconsistent
from rbpk.linkage.continuity import CLAIM_SCHEMA
from rbpk.linkage.engine import open_engine
from rbpk.linkage.identifiers import mint
from rbpk.linkage.identity import Identifier
from rbpk.linkage.registry import no_memory

SHA = hashlib.sha256(b"a delivery").hexdigest()
ANCHOR = {"entity": "person", "item": 7, "delivery_id": "d", "sheet": "Sheet1", "source_row": 12}


def minted(token_key: bytes, **changes: object) -> str:
    anchor = pl.DataFrame([{**ANCHOR, "again": 0, **changes}])
    with open_engine() as engine:
        return str(mint(engine, anchor, token_key, {"d": SHA})["id"].item())


@pytest.mark.parametrize("token_key", [b"", b"secret", b"x" * 200])
def test_id_is_the_hmac_of_the_anchor_row(token_key: bytes) -> None:
    digest = hmac.digest(token_key + bytes.fromhex(SHA), b"person|Sheet1|12", "sha256")

    assert minted(token_key) == "p" + base64.b32hexencode(digest[:10]).decode().lower()


@pytest.mark.parametrize("changes", [{"entity": "household"}, {"sheet": ""}, {"source_row": 13}, {"again": 1}], ids=str)
def test_another_anchor_gives_another_id(changes: dict[str, object]) -> None:
    assert minted(b"secret", **changes)[1:] != minted(b"secret")[1:]


def test_another_key_gives_another_id() -> None:
    assert minted(b"secret") != minted(b"other secret")


def test_refuses_an_anchor_whose_delivery_is_unknown() -> None:
    with open_engine() as engine, pytest.raises(LinkageInconsistent, match="content hash"):
        mint(engine, pl.DataFrame([{**ANCHOR, "again": 0}]), b"", {})


def test_an_id_that_is_taken_is_minted_again_from_the_same_anchor() -> None:
    first = minted(b"secret")
    taken = pl.DataFrame({"entity": ["person"], "id": [first]})
    records = pl.DataFrame([ANCHOR]).with_columns(pl.col("item").cast(pl.UInt32), record_id=pl.lit("d/Sheet1/12"))

    with open_engine() as engine:
        identifier = Identifier(engine, "person", b"secret", {"d": SHA}, taken)
        given = identifier.identify(records, pl.DataFrame(schema=CLAIM_SCHEMA))

    assert given.ids["id"].to_list() == [minted(b"secret", again=1)]
    assert given.anchors.rows() == [("person", minted(b"secret", again=1), "d/Sheet1/12")]
    assert no_memory().ids.schema == taken.schema
