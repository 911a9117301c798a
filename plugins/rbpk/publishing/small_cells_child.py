"""The child process around pytauargus: started by path, imports nothing of the platform.

The library writes one row a household and the exact table to the working and the temporary folder and keeps
global state; its parent gives it a private folder and takes that away afterwards. Reads `job.json` there
(leaves with their parent, categories, counts, levels of protection), writes `withheld.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pytauargus.arb import micro_arb
from pytauargus.batch import BatchError
from pytauargus.engine import run_batch
from pytauargus.micro import micro_asc_rda
from pytauargus.result import parse_simple_tab

SEPARATOR = ";"
REFUSED = 3


def main(folder: Path) -> None:
    """Protect one table; names of areas and categories are the library's own short codes."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    columns: dict[str, list[str | int]] = {"geo": [], "cat": [], "one": []}
    for geo, category, count in job["leaves"]:
        columns["geo"] += [geo] * count
        columns["cat"] += [category] * count
        columns["one"] += [1] * count
    hierarchy, marks, table = (str(folder / name) for name in ("geo.hrc", "marks.hst", "table.tab"))
    data, words, batch = (str(folder / name) for name in ("micro.asc", "micro.rda", "batch.arb"))
    _write(hierarchy, job["hierarchy"])
    _write(marks, [SEPARATOR.join(map(str, mark)) for mark in job["marks"]])
    micro_asc_rda(columns, data, words, decimals=0, hrc={"geo": hierarchy})
    micro_arb(
        batch,
        data,
        words,
        explanatory_vars=[["geo", "cat"]],
        response_var="one",
        # Fewer than five contributors; the second number is the margin in percent, replaced by the marks' own.
        safety_rules=f"FREQ({job['least']},30)",
        suppress=f"OPT(1,{job['minutes']})",
        output_names=[table],
        output_type="5",
        output_options="SO+",
        apriori={"hst": [marks], "sep": SEPARATOR} if job["marks"] else None,
    )
    run_batch(batch)
    rows = parse_simple_tab(table, ["geo", "cat"], "one")
    withheld = [[row["geo"], row["cat"]] for row in rows if row["status"] in {"U", "M"}]
    (folder / "withheld.json").write_text(json.dumps(withheld), encoding="utf-8")


def _write(path: str, lines: list[str]) -> None:
    Path(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except BatchError:
        # Its words are dropped: they may hold numbers.
        sys.exit(REFUSED)
