"""`python -m benchmarks.accuracy`: how often linkage is right, into ACCURACY.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.accuracy import report
from benchmarks.accuracy.churn import churn
from benchmarks.accuracy.errors import kinds
from benchmarks.accuracy.febrl import febrl
from benchmarks.accuracy.harder import harder
from benchmarks.accuracy.labelled import Labelled, delivered, invented
from benchmarks.accuracy.pairs import pairwise
from benchmarks.accuracy.plain_splink import TUTORIAL, plain
from benchmarks.accuracy.solving import by_nik, by_nik_then_name, ours
from rbpk.linkage.cascade import household_edges, rule_edges

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = Path(__file__).parents[1] / "ACCURACY.md"
# None of the seeds the model was trained on or its thresholds were chosen with (see training.py).
SEED = 1
# Above this many families only the usual mix of the three registers is linked.
_BOTH_MIXES = 100_000


def main() -> None:
    """Link every labelled set each way and write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--households", type=int, nargs="+", default=[20_000])
    parser.add_argument("--out", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    command = f"python -m benchmarks.accuracy --households {' '.join(str(size) for size in chosen.households)}"
    findings: list[report.Finding] = []
    australians = [(one.name, ours(one)[0]) for one in febrl()]
    # Written after every set: a large one takes minutes, and what is known is worth having.
    for one in _sets(chosen.households):
        findings += measured(one)
        report.write(findings, australians, command, chosen.out)
    print(chosen.out.read_text(encoding="utf-8"))


def measured(labelled: Labelled) -> Iterator[report.Finding]:
    """Yield what was found for each month of a set."""
    print(labelled.name, file=sys.stderr, flush=True)
    without_model = ours(labelled, (rule_edges, household_edges))
    with_model = ours(labelled)
    for number, (solved, rules) in enumerate(zip(with_model, without_model, strict=True), start=1):
        rows = labelled.months[number - 1]
        since = slice(number - 2, number)
        yield report.Finding(
            name=labelled.name if len(labelled.months) == 1 else f"{labelled.name}, month {number}",
            ours=solved,
            rules=rules,
            splink=plain(rows),
            tutorial=plain(rows, TUTORIAL),
            by_nik=pairwise(by_nik(rows), "person_id", "true_person"),
            by_nik_then_name=pairwise(by_nik_then_name(rows), "person_id", "true_person"),
            errors=kinds(solved.persons, rows),
            churn=churn(with_model[since], labelled.homes[since]) if number > 1 and labelled.homes else None,
        )


def _sets(sizes: list[int]) -> Iterator[Labelled]:
    found = delivered()
    if found is not None:
        yield found
        yield harder(found)
    for size in sizes:
        usual = invented(size, SEED)
        yield usual if size <= _BOTH_MIXES else _registers(usual)
        if size <= _BOTH_MIXES:
            yield harder(usual)


def _registers(full: Labelled) -> Labelled:
    """P3KE, DTKS and PKH alone: the rows plain Splink can be asked about in memory at the size of a real regency."""
    kept = pl.col("feed").is_in(["p3ke", "dtks", "pkh"])
    return Labelled(f"{full.name}, P3KE, DTKS and PKH", [rows.filter(kept) for rows in full.months])


if __name__ == "__main__":
    main()
