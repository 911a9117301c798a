"""The table people read."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.measuring import Measure

GIGABYTE = 1024**3
TABLES = {
    "p3ke_keluarga": "p3ke families", "p3ke_individu": "p3ke individuals", "dtks": "dtks individuals",
    "pkh_kpm": "pkh participants", "pkh_komponen": "pkh components", "pkh_bayar": "pkh payments",
}  # fmt: skip
FILE_TITLES = (
    "file", "rows", "ours s", "cpu s", "rows/s", "peak MB", "office s", "cpu s", "office MB", "office / ours", "by cpu",
    "floor s", "ours / floor",
)  # fmt: skip
WORKBOOKS = ("p3ke_keluarga", "dtks", "pkh_kpm")


@dataclass(frozen=True)
class Findings:
    """Everything one run measured."""

    households: int
    command: str
    intake: list[Measure]
    steps: list[Measure]
    startups: dict[str, float]
    office: list[Measure]
    floors: list[Measure]
    files: dict[str, str]  # table to file name
    remarks: list[str]
    nothing: float = 0.0  # seconds dbt takes for the same nodes on an empty month
    same_list: list[Measure] = field(default_factory=list)  # of our month, what the office's list needs


def write(findings: Findings, path: Path) -> str:
    """Write the report; return it."""
    lines = [
        "# Benchmarks", "",
        f"`{findings.command}`, {findings.households:,} families, on {machine()}.", "",
        "Seconds are the work itself; starting interpreters, dbt and Great Expectations is shown apart.",
        "Processor seconds hold PostgreSQL's share and dbt's start-up; on a busy machine they say more than the clock.",
        "Peak memory is that of the step's own processes, PostgreSQL's not counted.", "",
        "## From a file to landed rows", "",
        "Ours: received, stored, recognised, read, judged and copied. Office: read by pandas and openpyxl, cleaned",
        "row by row, `to_sql`. Floor: read by fastexcel (or not at all) and copied into bare text columns.", "",
        *_files(findings), "", "## The month", "", *_table([*_taken(findings), *findings.steps]), "",
        "### The same list only", "",
        "Of our month what the office's month ends in: families, the lists they are on, who is missing. No gate, no",
        "publication, none of the other tables.", "", *_table([*_taken(findings), *findings.same_list]), "",
        "## The office month", "", *_table(findings.office), "",
        "## Start-up, counted apart", "", *_startups(findings), "", "## In one line", "", *verdict(findings), "",
    ]  # fmt: skip
    text = "\n".join(lines)
    path.write_text(text, encoding="utf-8")
    return text


def machine() -> str:
    """Describe the machine."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    memory = psutil.virtual_memory().total / GIGABYTE
    return f"{psutil.cpu_count()} cores ({_processor()}), {memory:.0f} GB, Python {platform.python_version()}{load}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def ours(findings: Findings, table: str) -> Measure:
    """Give our way of one file: receiving and landing together."""
    received = _named(findings.intake, f"receive {findings.files[table]}")
    landed = _named(findings.intake, f"land {TABLES[table]}")
    return Measure(
        table,
        received.seconds + landed.seconds,
        landed.rows,
        max(received.peak_mb, landed.peak_mb),
        received.cpu + landed.cpu,
    )


def office(findings: Findings, table: str) -> Measure:
    """Give the office's way of one file: reading, cleaning and loading together."""
    read, loaded = _named(findings.office, f"read and clean {table}"), _named(findings.office, f"to_sql {table}")
    return Measure(
        table, read.seconds + loaded.seconds, read.rows, max(read.peak_mb, loaded.peak_mb), read.cpu + loaded.cpu
    )


def _named(measures: list[Measure], name: str) -> Measure:
    return next(measure for measure in measures if measure.name == name)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _count(measure: Measure) -> str:
    return f"{measure.rows:,}" if measure.rows else ""


def _speed(measure: Measure) -> str:
    return f"{measure.rows / measure.seconds:,.0f}" if measure.rows and measure.seconds else ""


def _files(findings: Findings) -> list[str]:
    lines = [
        _row(*FILE_TITLES),
        _row(*["---", *["---:"] * 12]),
    ]
    groups = {table: (table,) for table in TABLES} | {"all workbooks": WORKBOOKS, "all files": tuple(TABLES)}
    for name, tables in groups.items():
        mine = _sum(name, [ours(findings, table) for table in tables])
        theirs = _sum(name, [office(findings, table) for table in tables])
        floor = _sum(name, [_named(findings.floors, f"floor {table}") for table in tables])
        label = f"{name} ({Path(findings.files[name]).suffix[1:]})" if name in TABLES else f"**{name}**"
        cells = (
            label, f"{mine.rows:,}", f"{mine.seconds:.2f}", f"{mine.cpu:.2f}", _speed(mine), f"{mine.peak_mb:.0f}",
            f"{theirs.seconds:.2f}", f"{theirs.cpu:.2f}", f"{theirs.peak_mb:.0f}",
            f"{theirs.seconds / mine.seconds:.1f}", f"{theirs.cpu / mine.cpu:.1f}",
            f"{floor.seconds:.2f}", f"{mine.seconds / floor.seconds:.1f}",
        )  # fmt: skip
        lines.append(_row(*cells))
    return lines


def _sum(name: str, measures: list[Measure]) -> Measure:
    seconds, rows = sum(m.seconds for m in measures), sum(m.rows for m in measures)
    return Measure(name, seconds, rows, max(m.peak_mb for m in measures), sum(m.cpu for m in measures))


def _taken(findings: Findings) -> list[Measure]:
    received = [measure for measure in findings.intake if measure.name.startswith("receive ")]
    landed = [measure for measure in findings.intake if measure.name.startswith("land ")]
    return [_sum("receive", received), _sum("land", landed)]


def _table(measures: list[Measure]) -> list[str]:
    lines = [_row("step", "seconds", "cpu s", "rows", "rows/s", "peak MB"), _row("---", *["---:"] * 5)]
    for m in measures:
        cells = (m.name, f"{m.seconds:.2f}", f"{m.cpu:.2f}", _count(m), _speed(m), f"{m.peak_mb:.0f}")
        lines += [_row(*cells)]
    seconds, cpu = sum(m.seconds for m in measures), sum(m.cpu for m in measures)
    return [*lines, _row("**all**", f"**{seconds:.2f}**", f"**{cpu:.2f}**", "", "", "")]


def _startups(findings: Findings) -> list[str]:
    rows = [_row(name, f"{seconds:.2f}") for name, seconds in findings.startups.items()]
    return [_row("start", "seconds"), _row("---", "---:"), *rows]


def verdict(findings: Findings) -> list[str]:
    """Say how the whole compares."""
    books = [office(findings, t).seconds for t in WORKBOOKS], [ours(findings, t).seconds for t in WORKBOOKS]
    mine = sum(m.seconds for m in [*findings.intake, *findings.steps])
    theirs = sum(m.seconds for m in findings.office)
    same = sum(m.seconds for m in [*findings.intake, *findings.same_list])
    gate = sum(m.seconds for m in findings.steps if m.name.startswith("gate: "))
    faster, whole = sum(books[0]) / sum(books[1]), theirs / mine
    spent = sum(office(findings, t).cpu for t in WORKBOOKS) / sum(ours(findings, t).cpu for t in WORKBOOKS)
    return [
        f"- Workbook to landed rows: {faster:.1f} times faster than the office way ({spent:.1f} by cpu).",
        f"- The month: {mine:.1f} s against {theirs:.1f} s, {whole:.1f} times faster.",
        (
            f"- Of ours, {findings.nothing:.1f} s are dbt's fixed cost of its nodes, the same on an empty month;"
            f" without it {mine - findings.nothing:.1f} s, {theirs / (mine - findings.nothing):.1f} times faster."
        ),
        f"- The gate took {gate:.1f} of {mine:.1f} s, {100 * gate / mine:.0f} % of the month (promised: less than 15).",
        (
            f"- The same list only, ungated and unpublished: {same:.1f} s against {theirs:.1f} s,"
            f" {theirs / same:.1f} times faster."
        ),
        "- The office way links nothing but equal NIKs, judges nothing and publishes nothing.",
        *[f"- {remark}" for remark in findings.remarks],
    ]
