"""The official tables of the published release as one workbook, with the titles the forms have.

Read with the login of those who read `published` and nothing else; the row in audit.exports is written
before the file is in its place, so no file is without its row.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from psycopg2 import sql

from rbpk.errors import ReleaseUnknown, SourceUnreachable
from rbpk.publishing.forms import Form, forms
from rbpk.warehouse import Export, record_export, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse

ROOM: Final = "rbpk.publishing"
PURPOSE: Final = "tabel resmi untuk laporan Inpres dan TKPK"


@dataclass(frozen=True)
class Doors:
    """The login of readers, with which alone the tables are read, and the one that may add to audit.exports."""

    reader: Warehouse
    owner: Warehouse


@dataclass(frozen=True)
class Filled:
    """One form with the rows of the release."""

    form: Form
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Written:
    """What was handed out."""

    path: Path
    release_id: str
    period: str
    rows: int
    sha256: str
    export_id: int


def export_official(doors: Doors, models: Path, out: Path, *, regency: str, period: str | None = None) -> Written:
    """Write the official tables of what readers of the regency see now.

    Args:
        doors: the two logins.
        models: folder of the published models, whose words give sheets and titles.
        out: the folder or `.xlsx` file to write.
        regency: its Kemendagri code.
        period: the month the caller wants; another one shown now is an error.

    Raises:
        ReleaseUnknown: nothing is published for the regency, or another month.
        SourceUnreachable: the file cannot be written.
    """
    with doors.reader.connect() as connection, connection.cursor() as cursor:
        # One snapshot: a publication in between must not mix two releases.
        cursor.execute("set transaction isolation level repeatable read, read only")
        release_id, shown = shown_release(cursor, regency, period)
        filled = tuple(Filled(form, _rows(cursor, form, regency)) for form in forms(models))
    path = out if out.suffix == ".xlsx" else out / f"tabel-resmi-{release_id}.xlsx"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
            draft = Path(folder) / path.name
            _write(draft, filled, release_id, shown)
            content = draft.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            count = sum(len(one.rows) for one in filled)
            with doors.owner.connect() as connection:
                number = record_export(
                    connection,
                    Export(
                        exported_by=os.environ.get("USER") or getpass.getuser(),
                        purpose=PURPOSE,
                        regency_code=regency,
                        period=shown,
                        release_id=release_id,
                        exported_objects=tuple(f"published.{one.form.table}" for one in filled),
                        file_name=path.name,
                        file_format="xlsx",
                        row_count=count,
                        sha256=digest,
                    ),
                )
            draft.replace(path)
    except OSError as error:
        message = f"{path.parent} cannot be written; check that it exists and has room"
        raise SourceUnreachable(message) from error
    return Written(path, release_id, shown, count, digest, number)


def shown_release(cursor: Cursor, regency: str, period: str | None) -> tuple[str, str]:
    """Return the release readers of the regency see now, and its month, which must be the one asked for."""
    row = None
    # Before the first publication there is not even a view.
    cursor.execute("select to_regclass('published.dim_regions') is not null")
    if (cursor.fetchone() or (False,))[0]:
        cursor.execute(statement(ROOM, "shown_release"), {"regency": regency})
        row = cursor.fetchone()
    if row is None:
        message = f"nothing is published for {regency} yet: run the month (`make run`), then ask again"
        raise ReleaseUnknown(message, regency=regency)
    release_id, shown = str(row[0]), str(row[1])
    if period and period != shown:
        message = f"readers of {regency} see {shown}, not {period}; roll back to that month first or export {shown}"
        raise ReleaseUnknown(message, regency=regency, period=period)
    return release_id, shown


def _rows(cursor: Cursor, form: Form, regency: str) -> tuple[tuple[Any, ...], ...]:
    query = sql.SQL(statement(ROOM, "official_rows")).format(
        columns=sql.SQL(", ").join(sql.Identifier(name) for name in form.columns),
        table=sql.Identifier("published", form.table),
        order=sql.SQL(", ").join(sql.Identifier(name) for name in form.columns),
    )
    cursor.execute(query, {"regency": regency})
    return tuple(cursor.fetchall())


def _write(path: Path, filled: Sequence[Filled], release_id: str, period: str) -> None:
    from rbpk.publishing.form_sheets import write_forms  # noqa: PLC0415 - publication needs no workbook writer

    path.touch(mode=0o600)
    write_forms(path, [(one.form, one.rows) for one in filled], f"Rilis {release_id}, data {period}")
