"""Which cells of the open tables stay empty, so that nobody can be picked out by them.

Primary: fewer than five households, or one to four more or less than the number handed out last for the same
cell. Complementary: pytauargus (optimal, table by table) in a child process. Its tables share totals and
its attacker does not know that zeros are shown, so the result is attacked as one system (differencing) and
the smallest neighbour of whatever is revealed goes too, until nothing is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rbpk.errors import SmallCellsUnprotected
from rbpk.publishing.differencing import Need, neighbours, revealed
from rbpk.publishing.open_tables import REGENCY, TOTAL, Cell, OpenTables, cell

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST: Final = 5
MINUTES: Final = 5
REFUSED: Final = 3
CHILD: Final = Path(__file__).with_name("small_cells_child.py")
# Of the environment the child gets only what a process needs to start; no addresses, no passwords.
KEPT: Final = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")


def withheld(tables: OpenTables, former: Mapping[Cell, int] | None = None) -> frozenset[Cell]:
    """Return the cells to leave empty; `former` is what was shown in the file handed out last.

    Raises:
        SmallCellsUnprotected: the library failed; nothing may be handed out.
    """
    needs = secrets(tables.counts, former or {})
    if not needs:
        return frozenset()
    found = set(needs)
    for table in tables.categories:
        found |= _suppressed(tables, table, needs)
    # A zero is shown: it names nobody.
    found = {one for one in found if tables.counts[one]}
    unproved: Mapping[Cell, Need] = needs
    # Hiding more takes nothing away from what a reader must hold possible: what was proved once stays so.
    while leaks := revealed(tables, found, unproved):
        unproved = {one: needs[one] for one in leaks}
        more = _sacrifices(tables, leaks, found)
        if not more:
            message = f"{len(leaks)} small cells can be calculated and nothing is left to hide"
            raise SmallCellsUnprotected(message)
        found |= more
    return frozenset(found)


def secrets(counts: Mapping[Cell, int], former: Mapping[Cell, int]) -> dict[Cell, Need]:
    """Return the primary cells with what a reader must hold possible of each."""
    needs = {}
    for one, count in counts.items():
        before = former.get(one, count)
        if count and 0 < abs(count - before) < LEAST:
            # A small cell must also be possible as a large one, so a smaller number is no way out for it.
            needs[one] = Need(before + LEAST, before - LEAST if count >= LEAST and before > LEAST else None)
        elif 0 < count < LEAST:
            needs[one] = Need(LEAST)
    return needs


def _sacrifices(tables: OpenTables, leaks: set[Cell], found: set[Cell]) -> set[Cell]:
    """Return the smallest shown neighbour of each leak, a total last; further away where there is none."""
    more: set[Cell] = set()
    for near in neighbours(tables, sorted(leaks)).values():
        free = [one for one in near if one not in found and tables.counts[one]]
        if free and not more.intersection(free):
            more.add(min(free, key=lambda one: (one.category == TOTAL, tables.counts[one], one)))
    if more:
        return more
    around = {one for near in neighbours(tables, sorted(found)).values() for one in near if tables.counts[one]}
    return {min(around - found, key=lambda one: (tables.counts[one], one))} if around - found else set()


def _suppressed(tables: OpenTables, table: str, needs: Mapping[Cell, Need]) -> set[Cell]:
    """Ask the library for one table."""
    geo, hierarchy = _codes(tables)
    cat = {TOTAL: "Total", **{name: f"C{number:02}" for number, name in enumerate(tables.categories[table])}}
    leaves = [code for code in tables.areas if not tables.children(code)]
    marks: list[tuple[Any, ...]] = []
    for one in tables.cells(table):
        if one in needs and tables.counts[one]:
            count, place = tables.counts[one], (geo[one.area], cat[one.category])
            marks += [(*place, "U"), (*place, "PL", min(count - 1, LEAST), max(LEAST - count, 1))]
    job = {
        "hierarchy": hierarchy,
        "leaves": [
            (geo[area], cat[name], count)
            for area in leaves
            for name in tables.categories[table]
            if (count := tables.counts[cell(table, area, name)])
        ],
        "marks": marks,
        "least": LEAST,
        "minutes": MINUTES,
    }
    areas = {short: code for code, short in geo.items()}
    names = {short: name for name, short in cat.items()}
    answer = _asked(job)
    if answer is None:
        # Small tables may have no way to reach every margin; the attack afterwards asks for them anyway.
        answer = _asked({**job, "marks": [mark for mark in marks if mark[2] != "PL"]})
    if answer is None:
        message = f"pytauargus refused the table {table} twice; nothing was written"
        raise SmallCellsUnprotected(message)
    return {cell(table, areas[one], names[other]) for one, other in answer}


def _codes(tables: OpenTables) -> tuple[dict[str, str], list[str]]:
    """Give every area that has households a short code, and write the tree as the library reads it."""
    geo, lines = {code: f"A{number:05}" for number, code in enumerate(tables.areas)}, []
    for upper in tables.children(REGENCY):
        lines += [geo[upper], *(f"@{geo[lower]}" for lower in tables.children(upper))]
    return geo | {REGENCY: "Total"}, lines


def _asked(job: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    with tempfile.TemporaryDirectory(prefix="rbpk-cells-") as name:
        folder = Path(name)
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        environment = {key: os.environ[key] for key in KEPT if key in os.environ} | {"TMPDIR": name, "HOME": name}
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(CHILD), name],
                cwd=name,
                env=environment,
                capture_output=True,
                check=False,
                timeout=(MINUTES + 2) * 60,
            )
        except subprocess.TimeoutExpired as error:
            message = f"the small cells were not hidden in {MINUTES + 2} minutes; nothing was written, try again"
            raise SmallCellsUnprotected(message) from error
        if done.returncode == REFUSED:
            return None
        answer = folder / "withheld.json"
        if done.returncode or not answer.exists():
            # Its error text may hold numbers of households; only its kind goes on.
            last = done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1].split(":", 1)[0][:80]
            message = f"pytauargus ended with {done.returncode} ({last}); nothing was written"
            raise SmallCellsUnprotected(message)
        return [(str(one), str(other)) for one, other in json.loads(answer.read_text(encoding="utf-8"))]
