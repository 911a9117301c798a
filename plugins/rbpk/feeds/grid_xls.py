"""Old Excel workbooks. Their parser may abort its process, so nobody but an expendable one calls it.

`python -m rbpk.feeds.grid_xls FILE` prints the first rows of every sheet for whoever must not be lost.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected
from rbpk.feeds.grid import Grid, Peek, Row, filled_rows, first_rows, unreadable
from rbpk.feeds.headers import SEARCHED_ROWS
from rbpk.feeds.xls_errors import error_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineWorkbook

SECONDS = 120
MEMORY = 4 << 30
_PLUGINS = str(Path(__file__).parents[2])
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def peek(path: Path) -> list[Peek]:
    """Look at every sheet, by a process of its own."""
    _refuse_encrypted(path)
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "rbpk.feeds.grid_xls", str(path)],
            capture_output=True, check=False, timeout=SECONDS, env={"PYTHONPATH": _PLUGINS},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _killed() from error
    if done.returncode != 0:
        raise _killed()
    answer = json.loads(done.stdout)
    if isinstance(answer, dict):
        raise FeedRejected(answer["message"], answer["reason"])
    return [Peek(name, hidden, rows, lambda count=count: count) for name, hidden, rows, count in answer]  # type: ignore[misc]


def grids(path: Path) -> tuple[Grid, ...]:
    """List the sheets; only in a process that may be lost."""
    import python_calamine  # noqa: PLC0415  (a scheduler needs none of it)

    _refuse_encrypted(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        pages = book.sheets_metadata
    except python_calamine.PasswordError as error:
        raise _encrypted() from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable("an old Excel workbook that is cut off or damaged") from error
    sheet = python_calamine.SheetTypeEnum.WorkSheet
    errors = error_cells(path)
    return tuple(
        Grid(
            page.name,
            lambda number=number: _rows(book, number, errors.get(number, {})),  # type: ignore[misc]
            hidden=page.visible != python_calamine.SheetVisibleEnum.Visible,
        )
        for number, page in enumerate(pages)
        if page.typ == sheet
    )


def _rows(book: CalamineWorkbook, number: int, errors: dict[tuple[int, int], str]) -> Iterator[Row]:
    import python_calamine  # noqa: PLC0415  (see grids)

    try:
        page = book.get_sheet_by_index(number)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable("a sheet of the old Excel workbook is damaged") from error
    if page.start is None:
        return
    left = page.start[1]
    spoilt: dict[int, dict[int, str]] = {}
    for (row, column), word in errors.items():
        spoilt.setdefault(row + 1, {})[column] = word
    merged = [
        (top, bottom, left, right) for (top, left), (bottom, right) in page.merged_cell_ranges or () if bottom > top
    ]
    above: dict[int, tuple[int, str]] = {}
    for place, values in enumerate(page.to_python(skip_empty_area=True), start=page.start[0] + 1):
        cells = [None] * left + [_text(value) for value in values]
        for column, word in spoilt.get(place, {}).items():
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = word
        for first, last, start, end in merged:
            if first + 1 == place and start < len(cells) and (text := cells[start]):
                above |= dict.fromkeys(range(start, end + 1), (last + 1, text))
        above = {position: (last, text) for position, (last, text) in above.items() if last >= place}
        if any(cells):
            numbers = tuple(left + i for i, value in enumerate(values) if type(value) in (int, float))
            yield Row(place, cells, numbers, {position: text for position, (_, text) in above.items()})


def _text(value: object) -> str | None:
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _refuse_encrypted(path: Path) -> None:
    with path.open("rb") as opened:
        if _ENCRYPTED in opened.read(1 << 22):
            raise _encrypted()


def _limit() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _encrypted() -> FeedRejected:
    return FeedRejected("the workbook is protected by a password; send it without one", "file.format")


def _killed() -> FeedRejected:
    message = "an old Excel workbook that ended or held up its reader; ask the sender to save it as .xlsx"
    return FeedRejected(message, "file.hostile")


def main() -> None:
    """Print what `peek` gives, or the refusal."""
    _limit()
    try:
        found = [(g.name, g.hidden, first_rows(g, SEARCHED_ROWS), filled_rows(g)) for g in grids(Path(sys.argv[1]))]
        sys.stdout.write(json.dumps(found))
    except FeedRejected as refusal:
        sys.stdout.write(json.dumps({"reason": refusal.reason, "message": refusal.message}))


if __name__ == "__main__":
    main()
