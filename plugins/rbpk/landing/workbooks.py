"""Correction workbooks: the refused rows of a delivery, one workbook for each village or office that can mend them.

They hold personal data: folders are for their owner only, files too, and no name of a village reaches a log.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from psycopg2 import sql

from rbpk.errors import SourceUnreachable
from rbpk.feeds import contract_for
from rbpk.feeds.contract import Kind
from rbpk.landing.corrections import FEED, OWN_CELL
from rbpk.landing.ledger import execute, find_delivery
from rbpk.landing.mending_words import words_for
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rbpk.feeds.contract import Contract
    from rbpk.landing.ledger import Delivery
    from rbpk.warehouse import Warehouse

_TITLES: Final = (
    "Kunci", "Berkas", "Lembar", "Baris", "Kolom", "Kode Alasan", "Apa yang salah", "Cara memperbaiki", "Pemilik",
)  # fmt: skip
_HEADER_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class _Refused:
    source_file: str
    sheet: str
    source_row: int
    column: str | None
    code: str
    raw: dict[str, str | None]


def write_corrections(warehouse: Warehouse, delivery_id: str, folder: Path) -> int:
    """Write the workbooks of a delivery below `folder` anew; of a correction delivery, those it was about."""
    with warehouse.connect() as connection:
        delivery = find_delivery(connection, delivery_id)
        if delivery is None or delivery.status in ("received", "refused", "already_landed"):
            return 0
        about = [delivery_id]
        if delivery.feed == FEED:
            about = [str(row[0]) for row in execute(connection, "mended_by", delivery_id=delivery_id)]
        found = [(one, _to_mend(connection, one)) for name in about if (one := find_delivery(connection, name))]
    try:
        return sum(_write(one, rows, folder) for one, rows in found)
    except OSError as error:
        message = "the folder of the correction workbooks cannot be written; check that it exists and has room"
        raise SourceUnreachable(message) from error


def _to_mend(connection: Any, delivery: Delivery) -> list[_Refused]:  # noqa: ANN401  (psycopg2's connection)
    if delivery.status == "superseded":
        return []
    contract = contract_for(delivery.feed, delivery.entity)
    query = sql.SQL(statement("rbpk.landing", "rows_to_mend")).format(table=sql.Identifier("landing", contract.table))
    with connection.cursor() as cursor:
        cursor.execute(query, {"delivery_id": delivery.delivery_id})
        return [_Refused(*row) for row in cursor.fetchall()]


def _write(delivery: Delivery, rows: list[_Refused], folder: Path) -> int:
    contract = contract_for(delivery.feed, delivery.entity)
    final = folder / delivery.regency_code / delivery.period / delivery.delivery_id
    for private in (folder, folder / delivery.regency_code, final.parent):
        private.mkdir(parents=True, exist_ok=True)
        private.chmod(0o700)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=final.parent))
    try:
        for name, owner, group in _shared_out(contract, rows):
            _workbook(contract, delivery, owner, group, beside / f"{name}.xlsx")
        # What is mended leaves the folder: old workbooks would ask for it again.
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(final)
        count = len(list(beside.iterdir()))
        if count:
            beside.rename(final)
        return count
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _shared_out(contract: Contract, rows: Iterable[_Refused]) -> list[tuple[str, str, list[_Refused]]]:
    """Give each village its rows; the office gets those that name none."""
    villages = [c.name for c in contract.of_kind(Kind.VILLAGE)][:1]
    kecamatan = [c.name for c in contract.of_kind(Kind.KECAMATAN)][:1]
    groups: dict[str, tuple[str, list[_Refused]]] = {}
    for row in rows:
        place = [text for name in (*villages, *kecamatan) if (text := (row.raw.get(name) or "").strip())]
        named = bool(villages and place and (row.raw.get(villages[0]) or "").strip())
        name = _slug(" ".join(reversed(place))) if named else ""
        owner = f"{' / '.join(place)[:80]} (melalui {contract.owner})" if name else contract.owner
        groups.setdefault(name or f"kantor-{_slug(contract.owner)}", (owner, []))[1].append(row)
    return [(name, owner, group) for name, (owner, group) in groups.items()]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60]


def _workbook(contract: Contract, delivery: Delivery, owner: str, rows: list[_Refused], path: Path) -> None:
    from rbpk.feeds.people_sheets import open_workbook, put  # noqa: PLC0415  (landing alone needs no workbook writer)

    path.touch(mode=0o600)
    book, looks = open_workbook(path)
    sheet = book.add_worksheet("Perbaikan")
    put(sheet, 0, 0, f"Perbaikan {contract.description.id}", looks.title)
    put(
        sheet, 1, 0,
        f"Ubah hanya sel di bawah judul '{OWN_CELL}…', simpan sebagai .xlsx, lalu taruh di kotak masuk "
        f"{delivery.regency_code}/{delivery.period}/perbaikan. Baris yang tidak perlu diubah boleh dihapus.",
        looks.title,
    )  # fmt: skip
    own = _own_cells(contract, rows)
    for position, text in enumerate((*_TITLES, *(f"{OWN_CELL}{name}" for name in own))):
        put(sheet, _HEADER_ROW, position, text, looks.required if position >= len(_TITLES) else looks.optional)
        sheet.set_column(position, position, 24)
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for position, text in enumerate(_about(contract, delivery, owner, row)):
            put(sheet, number, position, text, looks.fixed)
        for position, name in enumerate(own, start=len(_TITLES)):
            put(sheet, number, position, row.raw.get(name), looks.wrong if name == row.column else looks.cell)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    book.close()
    os.chmod(path, 0o600)  # noqa: PTH101  (xlsxwriter makes the file anew)


def _own_cells(contract: Contract, rows: list[_Refused]) -> list[str]:
    sent = {name for row in rows for name in row.raw} - {"overflow"}
    promised = [column.name for column in contract.columns if column.name in sent]
    return promised + sorted(sent - set(promised))


def _about(contract: Contract, delivery: Delivery, owner: str, row: _Refused) -> tuple[str, ...]:
    wrong, how = words_for(row.code)
    names = {column.name: column.description.id for column in contract.columns}
    cell = f"{row.column} ({names[row.column]})" if row.column in names else row.column or "seluruh baris"
    key = f"{delivery.delivery_id}/{row.sheet}/{row.source_row}"
    return (key, row.source_file, row.sheet, str(row.source_row), cell, row.code, wrong, how, owner)
