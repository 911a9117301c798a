"""Open data: counts of the published release for anybody, small cells and small changes of cells hidden.

Read with the login of readers; what was handed out before is known from audit.exports and from its file,
whose hash must be the one written there.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rbpk.errors import SmallCellsUnprotected, SourceUnreachable
from rbpk.publishing.official import Doors, Written, shown_release
from rbpk.publishing.open_file import read_open, write_open
from rbpk.publishing.open_tables import REGENCY, UNKNOWN, Area, Cell, OpenTables, tabulate
from rbpk.warehouse import Export, record_export, statement

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

ROOM: Final = "rbpk.publishing"
PURPOSE: Final = "data terbuka untuk umum, sel kecil disembunyikan"
FORMAT: Final = "open-csv"
UNKNOWN_DESA: Final = f"{UNKNOWN}/DESA"


def export_open(doors: Doors, out: Path, *, regency: str, period: str | None = None) -> Written:
    """Write the open tables of what readers of the regency see now into the folder `out`.

    Raises:
        ReleaseUnknown: nothing is published for the regency, or another month.
        SmallCellsUnprotected: the cells could not be hidden, or the release was handed out otherwise before.
        SourceUnreachable: the folder cannot be written, or lacks the file handed out last.
    """
    from rbpk.publishing.small_cells import withheld  # noqa: PLC0415 - publication needs no solver

    with doors.reader.connect() as connection, connection.cursor() as cursor:
        # One snapshot: a publication in between must not mix two releases.
        cursor.execute("set transaction isolation level repeatable read, read only")
        release_id, shown = shown_release(cursor, regency, period)
        tables = _counted(cursor, regency)
    with doors.owner.connect() as connection, connection.cursor() as cursor:
        asked = {"regency": regency, "release": release_id, "format": FORMAT}
        former = _former(cursor, asked, out)
        cursor.execute(statement(ROOM, "same_open_data"), asked)
        same = cursor.fetchone()
    content = write_open(tables, withheld(tables, former), regency, shown, release_id)
    digest = hashlib.sha256(content).hexdigest()
    if same and same[0] != digest:
        message = f"open data of {release_id} went out with other cells hidden; use that file, both would tell more"
        raise SmallCellsUnprotected(message, release_id=release_id)
    path, rows = out / f"data-terbuka-{release_id}.csv", content.count(b"\n") - 1
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=out) as folder:
            draft = Path(folder) / path.name
            draft.write_bytes(content)
            with doors.owner.connect() as connection:
                number = record_export(
                    connection,
                    Export(
                        exported_by=os.environ.get("USER") or getpass.getuser(),
                        purpose=PURPOSE,
                        regency_code=regency,
                        period=shown,
                        release_id=release_id,
                        exported_objects=("published.mart_households", "published.dim_regions"),
                        file_name=path.name,
                        file_format=FORMAT,
                        row_count=rows,
                        sha256=digest,
                    ),
                )
            draft.replace(path)
    except OSError as error:
        message = f"{out} cannot be written; check that it exists and has room"
        raise SourceUnreachable(message) from error
    return Written(path, release_id, shown, rows, digest, number)


def _counted(cursor: Cursor, regency: str) -> OpenTables:
    cursor.execute(statement(ROOM, "open_areas"), {"regency": regency})
    areas = [Area(str(code), str(name), str(parent)) for code, name, parent in cursor.fetchall()]
    # A household whose village nobody could resolve is counted in a place of its own.
    areas += [Area(UNKNOWN, UNKNOWN, REGENCY), Area(UNKNOWN_DESA, UNKNOWN, UNKNOWN)]
    known = {one.code for one in areas if one.parent}
    cursor.execute(statement(ROOM, "open_households"), {"regency": regency})
    return tabulate(
        areas,
        [
            (
                desa if desa in known else UNKNOWN_DESA,
                {"keanggotaan_daftar": membership, "desil": desil, "salah_keluar": exclusion},
                int(many),
            )
            for desa, membership, desil, exclusion, many in cursor.fetchall()
        ],
    )


def _former(cursor: Cursor, asked: dict[str, str], out: Path) -> dict[Cell, int]:
    """Return the number last shown of each cell: one hidden last month is compared with the month before."""
    cursor.execute(statement(ROOM, "former_open_data"), asked)
    found: dict[Cell, int] = {}
    for release_id, name, digest in cursor.fetchall():
        path = out / str(name)
        try:
            content = path.read_bytes()
        except OSError as error:
            message = f"{path} is missing; {release_id} went out with it and is compared with: put the file back"
            raise SourceUnreachable(message) from error
        if hashlib.sha256(content).hexdigest() != digest:
            message = f"{path} is not the file that went out ({release_id}); put the right one back"
            raise SourceUnreachable(message)
        found |= read_open(content)
    return found
