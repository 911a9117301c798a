"""`make spark`: the model's comparisons on Splink's Spark backend in local mode, beside DuckDB on the same pairs.

The way to links across regencies. Spark (which needs Java) is installed into an environment of its own.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.accuracy.labelled import invented
from rbpk.linkage.cascade import household_edges, rule_edges
from rbpk.linkage.edges import EDGE_SCHEMA
from rbpk.linkage.engine import open_engine
from rbpk.linkage.matching import match
from rbpk.linkage.model import FILE, trained_model
from rbpk.linkage.records import RECORD_SCHEMA
from rbpk.linkage.registry import no_memory
from rbpk.linkage.scoring import score

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine

HOME = Path(__file__).parents[2] / ".rbpk" / "spark"
WANTED = ("pyspark==4.3.0", "splink==5.0.0", "pandas", "pyarrow")
MODEL = Path(__file__).parents[2] / "plugins" / "rbpk" / "linkage" / "models" / FILE


def main() -> None:
    """Score the leftover pairs of 2,000 invented families both ways; fail where a pair or a probability differs."""
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *WANTED], check=True)
    with tempfile.TemporaryDirectory(prefix="rbpk-spark-") as name:
        folder = Path(name)
        ours = _export(folder)
        child = Path(__file__).with_name("spark_child.py")
        # The child's environment is its own: what this one imports must not be seen there.
        clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        subprocess.run([python, child, MODEL, folder], check=True, env=clean)
        theirs = pl.read_parquet(folder / "spark.parquet")
    both = ours.join(theirs, on=["left_unit", "right_unit"], how="full", coalesce=True)
    alone = both["probability"].null_count() + both["spark"].null_count()
    apart = both.filter((pl.col("probability") - pl.col("spark")).abs() > 1e-6)
    moved = both.filter(_verdict("probability") != _verdict("spark"))
    print(
        f"{len(both)} pairs scored by both; {alone} by one only; {len(apart)} at another level of a field; "
        f"{len(moved)} with another verdict (joined, asked, left)"
    )
    if alone or len(moved):
        raise SystemExit(1)


def _verdict(column: str) -> pl.Expr:
    model = trained_model()
    return (pl.col(column) >= model.link).cast(pl.Int8) + (pl.col(column) >= model.review).cast(pl.Int8)


def _export(folder: Path) -> pl.DataFrame:
    rows = invented(2_000, 7).months[0].select(list(RECORD_SCHEMA))
    scored: list[pl.DataFrame] = []

    def producer(engine: Engine, clusters: pl.DataFrame) -> pl.DataFrame:
        scored.append(score(engine, clusters, trained_model().settings))
        units = engine.table("scorable_units")
        # Spark knows no unsigned numbers.
        signed = units.with_columns(
            pl.col(pl.UInt32, pl.UInt64).cast(pl.Int64), pl.col("families", "related", "pairs").cast(pl.List(pl.Int64))
        )
        signed.write_parquet(folder / "units.parquet")
        return pl.DataFrame(schema=EDGE_SCHEMA)

    with open_engine() as engine:
        match(engine, rows, no_memory().profiles, (rule_edges, household_edges, producer))
    return scored[0].select("left_unit", "right_unit", "probability")


if __name__ == "__main__":
    main()
