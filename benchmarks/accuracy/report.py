"""ACCURACY.md: each labelled set beside the other ways, then by pair of lists, by damage and by rule."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.accuracy.pairs import Accuracy, across, among_damaged, b_cubed, largest, pairwise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.accuracy.churn import Churn
    from benchmarks.accuracy.plain_splink import Plain
    from benchmarks.accuracy.solving import Solved

_SAID, _TRUE = "person_id", "true_person"


@dataclass(frozen=True)
class Finding:
    """One month of one set, linked each way."""

    name: str
    ours: Solved
    rules: Solved
    splink: Plain
    tutorial: Plain
    by_nik: Accuracy
    by_nik_then_name: Accuracy
    errors: Sequence[tuple[str, str, int, str]] = ()
    churn: Churn | None = None


def write(findings: list[Finding], febrl: Sequence[tuple[str, Solved]], command: str, path: Path) -> str:
    """Write the report; return it."""
    parts = [
        "# Accuracy of linkage",
        f"`{command}`; pairs of rows of persons (P3KE individu, DTKS, PKH, DTSEN), compared with the truth.",
        (
            "The harder mix is the same people with more NIKs lost, mistyped and borrowed, more wrong dates, "
            "shorter names. The model's weights and thresholds come from invented people of other seeds "
            "(docs/adr/0018). Plain Splink blocks and compares as its tutorial does; its best threshold is chosen "
            "with the truth in hand, ours is not. It learns from pairs of one NIK, then of one name and birth date; "
            "in the last line from pairs of one name, then of one birth date, as the tutorial has it. Its time is that "
            "of its own steps: register, train, predict, cluster once. Ours holds households and identifiers too. "
            "Seconds are by the clock, where other work on the machine shows, and of the processor. Peak memory holds "
            "the measuring frames; from PostgreSQL and back it is less (docs/adr/0018)."
        ),
        "## Ways compared",
        *(f"### {one.name}\n\n{_ways(one)}" for one in findings),
        *_febrl(febrl),
        *_churn(findings),
        "## The commonest kinds of remaining error",
        "Pairs of rows, ours; what it would take is said of the lists, not of the program, where no program can know.",
        *(f"### {one.name}\n\n{_errors(one)}" for one in findings if one.errors),
        "## Ours by pair of lists (F1)",
        *(f"### {one.name}\n\n{_lists(one)}" for one in findings if "harder" not in one.name),
        "## Ours by rule",
        (
            "A link's rule is the strongest reason its row belongs to its person; right: the row is with the person "
            "most of the group's rows are about."
        ),
        *(f"### {one.name}\n\n{_rules(one)}" for one in findings),
    ]
    text = "\n\n".join(parts) + "\n"
    path.write_text(text, encoding="utf-8")
    return text


def _ways(one: Finding) -> str:
    lines = [
        (
            "| way | precision | recall | F1 | false pairs | missed pairs | NIK missing or damaged: F1 | B-cubed F1 | "
            "largest | seconds | processor s |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    splink, tutorial = one.splink, one.tutorial
    frames = (
        ("**ours**", one.ours.persons, one.ours),
        ("ours, rules only", one.rules.persons, one.rules),
        ("plain Splink at 0.95", splink.fixed, splink),
        (f"plain Splink at its best ({splink.threshold:g})", splink.best, splink),
        (f"plain Splink, trained as its tutorial, at its best ({tutorial.threshold:g})", tutorial.best, tutorial),
    )
    for name, frame, cost in frames:
        found = pairwise(frame, _SAID, _TRUE)
        damaged = among_damaged(frame, _SAID, _TRUE, "is_damaged")
        cubed = b_cubed(frame, _SAID, _TRUE)
        more = f"{damaged.f1:.4f} | {cubed.f1:.4f} | {largest(frame, _SAID)} | {cost.seconds:.1f} | {cost.cpu:.1f}"
        lines.append(f"| {name} | {_figures(found)} | {more} |")
    for name, found in (("equal NIK", one.by_nik), ("NIK, else name and birth date", one.by_nik_then_name)):
        lines.append(f"| {name} | {_figures(found)} | | | | | |")
    facts = f"{len(one.ours.persons):,} rows, {one.ours.candidates:,} pairs compared, peak {one.ours.peak_mb:,.0f} MB."
    return "\n".join(lines) + f"\n\n{facts}"


def _febrl(sets: Sequence[tuple[str, Solved]]) -> list[str]:
    if not sets:
        return []
    lines = [
        "| set | rows | precision | recall | F1 | false | missed | largest | seconds |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, solved in sets:
        figures = _figures(pairwise(solved.persons, _SAID, _TRUE))
        size = largest(solved.persons, _SAID)
        lines.append(f"| {name} | {len(solved.persons):,} | {figures} | {size} | {solved.seconds:.1f} |")
    said = (
        "Invented Australians, linked as they are by rules made for Indonesian lists: the social security number as "
        "NIK (it tells no birth date, so a different one is no contradiction), the postcode as village, no families."
    )
    return ["## FEBRL", said, "\n".join(lines)]


def _churn(findings: Sequence[Finding]) -> list[str]:
    known = [(one.name, one.churn) for one in findings if one.churn is not None]
    if not known:
        return []
    lines = [
        "| second month | persons in both | other id | | households in both, unchanged | other id | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, one in known:
        persons = f"{one.persons:,} | {one.persons_changed:,} | {one.persons_changed / one.persons:.2%}"
        households = f"{one.households:,} | {one.households_changed:,} | {one.households_changed / one.households:.2%}"
        lines.append(f"| {name} | {persons} | {households} |")
    said = (
        "Whose id is another one in the second month: people, by the id most of their rows carry, and households whose "
        "people are truly the same at the end of both months, by the id of most of their people on lists of both."
    )
    return ["## Ids from month to month", said, "\n".join(lines)]


def _errors(one: Finding) -> str:
    lines = ["| pair | kind | pairs | what it would take |", "| --- | --- | ---: | --- |"]
    lines += [f"| {pair} | {kind} | {count:,} | {remedy} |" for pair, kind, count, remedy in one.errors[:5]]
    return "\n".join(lines)


def _lists(one: Finding) -> str:
    persons = one.ours.persons.with_columns(feed="list")
    names = sorted(persons["list"].unique())
    lines = [
        "| list | list | precision | recall | F1 | false | missed |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for left, right in combinations_with_replacement(names, 2):
        lines.append(f"| {left} | {right} | {_figures(across(persons, _SAID, _TRUE, (left, right)))} |")
    return "\n".join(lines)


def _rules(one: Finding) -> str:
    main = pl.col(_TRUE).mode().sort().first().over(_SAID)
    judged = one.ours.persons.with_columns(is_right=pl.col(_TRUE) == main)
    counted = judged.group_by("rule").agg(rows=pl.len(), right=pl.col("is_right").mean()).sort("rows", descending=True)
    lines = ["| rule | rows | right |", "| --- | ---: | ---: |"]
    lines += [f"| {rule} | {rows:,} | {right:.4f} |" for rule, rows, right in counted.iter_rows()]
    return "\n".join(lines)


def _figures(found: Accuracy) -> str:
    return f"{found.precision:.4f} | {found.recall:.4f} | {found.f1:.4f} | {found.false:,} | {found.missed:,}"
