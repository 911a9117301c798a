"""`python -m benchmarks.landing`: one list of people at growing sizes, from a file to landed rows, beside a bare COPY.

The list is the sample's P3KE of individuals, its families repeated under other numbers. A short workbook is also
loaded as office staff do: pandas over openpyxl. Into LANDING.md.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
import xlsxwriter

from benchmarks import floors, report, server
from benchmarks.measuring import Measure, call
from sample.generate import Order, generate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.segments import Clock

RESULTS = Path(__file__).with_name("LANDING.md")
REGENCY, PERIOD = "64.02", "2025-10"
FAMILIES = 1_000
FIRST = "first.csv"
# The office way takes minutes for longer lists, and no less a row.
OFFICE_MOST = 10_000
TITLES = (
    "file", "rows", "ours s", "cpu s", "µs/row", "floor s", "cpu s", "ours / floor", "by cpu", "peak MB",
    "office s", "office / ours",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """One file of a run."""

    rows: int
    ending: str


# The longest last: a list is compared with those of its month that are there already.
SIZES = (
    Size(1_000, "csv"), Size(10_000, "csv"), Size(10_000, "xlsx"), Size(100_000, "csv"), Size(100_000, "xlsx"),
    Size(1_000_000, "csv"),
)  # fmt: skip


def main() -> None:
    """Measure every size and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.landing", description=__doc__)
    parser.add_argument("--most", type=int, default=1_000_000, help="leave larger files out")
    parser.add_argument("--out", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rbpk-benchmark-"))
    try:
        (folder / "home").mkdir()
        generate(Order(REGENCY, PERIOD, FAMILIES, 1, folder / "sample"))
        with server.prepared(folder / "home", None) as place:
            lines = [_line(size, _measured(size, folder, place)) for size in SIZES if size.rows <= chosen.most]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = "\n".join([
        "# From a file to landed rows", "",
        f"`python -m benchmarks.landing`, on {report.machine()}.", "",
        "Ours: recognised, read, judged, copied with lineage. Floor: the same file read by fastexcel (a workbook) or",
        "not at all (text), and copied into bare text columns. Processor seconds hold PostgreSQL's share; peak memory",
        "is that of our own processes together. Office: pandas, openpyxl, `to_sql`, for a short workbook.", "",
        f"| {' | '.join(TITLES)} |", f"|{'---|' * len(TITLES)}", *lines, "",
    ])  # fmt: skip
    chosen.out.write_text(text, encoding="utf-8")
    print(text)


def _measured(size: Size, folder: Path, place: server.Place) -> tuple[Measure, Measure, Measure | None]:
    inbox = folder / "inbox"
    path = inbox / REGENCY / PERIOD / f"p3ke {size.rows}.{size.ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(size, folder / "sample", path)
    _write(Size(1_000, "csv"), folder / "sample", path.with_name(FIRST))
    environment, place_of = dict(os.environ), f"{REGENCY}/{PERIOD}/{path.name}"
    floor = call("benchmarks.landing", "floor", environment, dsn=place.admin, path=str(path))
    ours = call(
        "benchmarks.month", "land_one", environment,
        owner=place.owner, inbox=inbox.as_uri(), path=place_of, first=str(path.with_name(FIRST)),
    )  # fmt: skip
    office = None
    if size.ending == "xlsx" and size.rows <= OFFICE_MOST:
        office = call("benchmarks.landing", "office", environment, dsn=place.admin, path=str(path)).of("office")
    path.unlink()
    return ours.of("land"), floor.of("floor"), office


def floor(clock: Clock, dsn: str, path: str) -> None:
    """Copy the file, judging nothing."""
    copy = floors.workbook if path.endswith(".xlsx") else floors.text
    with closing(psycopg2.connect(dsn)) as connection, clock.part("floor") as part:
        part.rows = copy(connection, "landing", Path(path), 0)
        connection.commit()


def office(clock: Clock, dsn: str, path: str) -> None:
    """Load the workbook as office staff do."""
    from sqlalchemy import create_engine  # noqa: PLC0415  (only here)

    from benchmarks import office as way  # noqa: PLC0415  (see above)

    engine = create_engine(dsn.replace("postgresql://", "postgresql+psycopg2://"))
    with clock.part("office") as part:
        frame = way.clean(way.read(Path(path), 0))
        frame.to_sql("landing", engine, schema=way.SCHEMA, if_exists="replace", index=False)
        part.rows = len(frame)


def _write(size: Size, sample: Path, path: Path) -> None:
    rows = _rows(sample, size.rows)
    if size.ending == "csv":
        with path.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows(rows)
        return
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Data")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)


def _rows(sample: Path, wanted: int) -> Iterator[list[str]]:
    """Repeat the sample's people; each family's number and each NIK are another in every round."""
    (source,) = sample.rglob("*P3KE_INDIVIDU*.csv")
    with source.open(encoding="utf-8-sig", newline="") as opened:
        text = opened.read()
    delimiter = ";" if text[:200].count(";") > text[:200].count(",") else ","
    titles, *people = list(csv.reader(text.splitlines(), delimiter=delimiter))
    keys = [title.casefold().replace(" ", "_") for title in titles]
    family, nik = next(i for i, key in enumerate(keys) if key.startswith("id_kel")), keys.index("nik")
    yield titles
    left = wanted
    for turn in count():
        for row in people[:left]:
            number = row[nik]
            if turn and len(number) == 16 and number.isdigit():
                number = f"{number[:12]}{(int(number[12:]) + turn * 7) % 9_998 + 1:04}"
            yield [f"{turn}{c}" if i == family else number if i == nik else c for i, c in enumerate(row)]
        left -= len(people[:left])
        if not left:
            return


def _line(size: Size, measured: tuple[Measure, Measure, Measure | None]) -> str:
    ours, floor, office = measured
    cells = (
        size.ending, f"{ours.rows:,}", f"{ours.seconds:.2f}", f"{ours.cpu:.2f}", f"{1e6 * ours.cpu / ours.rows:.1f}",
        f"{floor.seconds:.2f}", f"{floor.cpu:.2f}", f"{ours.seconds / floor.seconds:.1f}",
        f"{ours.cpu / max(floor.cpu, 0.01):.1f}", f"{ours.peak_mb:,.0f}",
        f"{office.seconds:.2f}" if office else "", f"{office.seconds / ours.seconds:.1f}" if office else "",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
