"""What a run keeps for the next: which units it compared, which of them were worth comparing, what the rules said.

Whether two units are blocked, and a rule's verdict on them, depends on their attributes and on nothing else, so both
are kept under the units' prints and under the code that reached them. Of two units that were both compared before,
everything is known: not worth a look, joined, or not. The file can be deleted at any time; the answer is the same, it
takes longer. Where the installation has a secret, prints are keyed: nobody without it can try attributes against them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl
from polars.exceptions import PolarsError

from rbpk.linkage.units import ATTRIBUTES, is_telling

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine

log = logging.getLogger(__name__)

# A unit is a row without a right side, a pair a row with both: one file, so that neither is without the other.
_LEFT, _RIGHT = ("left_1", "left_2"), ("right_1", "right_2")
_SCHEMA = pl.Schema({**dict.fromkeys((*_LEFT, *_RIGHT), pl.UInt64), "rule": pl.String})
# Another form of the file is another file.
_FORM = "units and blocked pairs"
# Everything a rule's verdict comes from; a change of any makes what was kept worthless.
_SOURCES = (
    "names.py", "units.py", "rules.py", "sql/units.sql", "sql/blocking_keys.sql", "sql/candidates.sql",
    "sql/comparisons.sql", "sql/rules.sql",
)  # fmt: skip


def place_of(folder: Path, regency: str) -> Path:
    """Name the file of a regency."""
    return folder / f"{regency}.parquet"


def spill_of(folder: Path, regency: str) -> Path:
    """Name the folder in which a run of a regency spills what does not fit into memory; one run uses it at a time."""
    return folder / f"spilled-{regency}"


def forget_comparisons(folder: Path, regency: str) -> None:
    """Delete what runs left of a regency's rows, because one of them must be forgotten: kept, or spilled by the dead.

    To be called under the regency's linkage lock: a run at work would miss it.
    """
    place_of(folder, regency).unlink(missing_ok=True)
    spilled = spill_of(folder, regency)
    if spilled.exists():
        shutil.rmtree(spilled)


@dataclass(frozen=True)
class Kept:
    """The file of one regency and the secret its prints are made with."""

    path: Path
    secret: bytes = field(repr=False)

    def recall(self, engine: Engine, units: pl.DataFrame) -> None:
        """Build tables `prints` of all units, `seen` (those compared before) and `known_pairs` (blocked before)."""
        engine.load("prints", units.select("unit", *self._prints()))
        kept = self._read()
        is_pair = pl.col("right_1").is_not_null()
        engine.build_from("seen", "seen_units", kept.filter(~is_pair))
        engine.build_from("known_pairs", "known_pairs", kept.filter(is_pair))

    def keep(self, engine: Engine, edges: pl.DataFrame) -> None:
        """Write this run's units and what the rules said of their pairs, in place of what was kept before."""
        prints = engine.table("prints")
        right = prints.rename({"unit": "right_unit", **dict(zip(_LEFT, _RIGHT, strict=True))})
        joined = edges.select("left_unit", "right_unit", "rule")
        pairs = engine.table("blocked").join(joined, on=["left_unit", "right_unit"], how="left")
        pairs = pairs.join(prints, left_on="left_unit", right_on="unit").join(right, on="right_unit")
        nothing = [pl.lit(None, kind).alias(name) for name, kind in _SCHEMA.items() if name not in _LEFT]
        self._write(pl.concat([prints.select(*_LEFT, *nothing), pairs.select(_SCHEMA.names())]))

    def _prints(self) -> list[pl.Expr]:
        # A NIK's number of lists is the one thing a rule asks that is not the unit's own.
        own = pl.when(~is_telling()).then("record_id")
        told = pl.struct(*ATTRIBUTES, own.alias("own"), (pl.col("nik_feeds") > 1).alias("attested"))
        made = []
        for name in _LEFT:
            digest = hashlib.sha256(f"{name} {_version()} ".encode() + self.secret).digest()
            made.append(told.hash(int.from_bytes(digest[:8])).alias(name))
        return made

    def _read(self) -> pl.DataFrame:
        # Prints of other code are other numbers: a file of theirs is read and says nothing.
        try:
            return pl.read_parquet(self.path, schema=_SCHEMA) if self.path.exists() else _SCHEMA.to_frame()
        except (OSError, PolarsError):
            log.warning("what linkage kept cannot be read; every pair is compared anew")
            return _SCHEMA.to_frame()

    def _write(self, frame: pl.DataFrame) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=self.path.parent, prefix=".new-")
        os.close(handle)
        try:
            frame.write_parquet(beside)
            Path(beside).replace(self.path)
        finally:
            Path(beside).unlink(missing_ok=True)


@cache
def _version() -> str:
    digest = hashlib.sha256(f"{_FORM} polars {pl.__version__} duckdb {duckdb.__version__}".encode())
    room = files("rbpk.linkage")
    for name in _SOURCES:
        digest.update(room.joinpath(name).read_bytes())
    return digest.hexdigest()
