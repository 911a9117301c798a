"""A month in which one list changed: what was compared is not compared again, and the answer is that of a full run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from benchmarks.accuracy.harder import harder
from benchmarks.accuracy.labelled import invented
from benchmarks.accuracy.solving import grown, link
from rbpk.linkage.engine import open_engine
from rbpk.linkage.kept import Kept
from rbpk.linkage.matching import match
from rbpk.linkage.records import RECORD_SCHEMA, in_order
from rbpk.linkage.registry import no_memory

if TYPE_CHECKING:
    from pathlib import Path

    from rbpk.linkage.matching import Matching
    from rbpk.linkage.registry import Memory


@pytest.fixture(scope="module")
def months() -> tuple[pl.DataFrame, pl.DataFrame, Memory]:
    """Return a month, the next in which DTKS alone changed (rows gone, spelt and numbered otherwise), its memory."""
    people = invented(300, 11)
    first = people.months[0]
    worse = harder(people).months[0].filter(pl.col("source_row") % 9 > 0)
    second = in_order(pl.concat([first.filter(pl.col("feed") != "dtks"), worse.filter(pl.col("feed") == "dtks")]))
    return first, second, grown(no_memory(), link(first, no_memory()), 1)


def found(rows: pl.DataFrame, memory: Memory, kept: Kept | None) -> tuple[Matching, int]:
    """Return what was matched and how many pairs were compared by the rules."""
    with open_engine("500MB", kept) as engine:
        compared: list[int] = []
        build = type(engine).build

        def counting(self: object, table: str, file: str) -> None:
            if table == "comparisons":
                compared.append(len(engine.connection.table("candidates")))
            build(engine, table, file)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(engine), "build", counting)
            _, matching = match(engine, rows.select(list(RECORD_SCHEMA)), memory.profiles)
    return matching, compared[0]


def test_what_was_kept_changes_nothing_but_the_work(
    months: tuple[pl.DataFrame, pl.DataFrame, Memory], tmp_path: Path
) -> None:
    first, second, memory = months
    kept = Kept(tmp_path / "linkage" / "64.02.parquet", b"secret")
    found(first, no_memory(), kept)

    cheap, compared = found(second, memory, kept)
    full, all_pairs = found(second, memory, None)

    assert cheap.edges.equals(full.edges)
    assert cheap.units.equals(full.units)
    assert cheap.asked.equals(full.asked)
    assert cheap.candidates == full.candidates
    assert 0 < compared < all_pairs / 2


def test_a_pair_no_rule_joined_is_still_scored_where_both_rows_are_known(
    months: tuple[pl.DataFrame, pl.DataFrame, Memory], tmp_path: Path
) -> None:
    kept = Kept(tmp_path / "64.02.parquet", b"secret")
    first, _ = found(months[0], no_memory(), kept)

    again, _ = found(months[0], no_memory(), kept)

    assert first.asked.height > 0
    assert again.asked.equals(first.asked)
    assert again.candidates == first.candidates


def test_the_same_month_again_compares_nothing(
    months: tuple[pl.DataFrame, pl.DataFrame, Memory], tmp_path: Path
) -> None:
    kept = Kept(tmp_path / "64.02.parquet", b"secret")
    first, _ = found(months[0], no_memory(), kept)

    again, compared = found(months[0], no_memory(), kept)

    assert compared == 0
    assert again.edges.equals(first.edges)


@pytest.mark.parametrize("harm", ["spoilt", "other secret"])
def test_what_cannot_be_used_is_compared_anew(
    months: tuple[pl.DataFrame, pl.DataFrame, Memory], tmp_path: Path, harm: str
) -> None:
    path = tmp_path / "64.02.parquet"
    first, all_pairs = found(months[0], no_memory(), Kept(path, b"secret"))
    if harm == "spoilt":
        path.write_bytes(b"PAR1 half")

    again, compared = found(months[0], no_memory(), Kept(path, b"secret" if harm == "spoilt" else b"another"))

    assert compared == all_pairs
    assert again.edges.equals(first.edges)
