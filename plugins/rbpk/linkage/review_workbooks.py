"""Review workbooks: doubtful pairs, one workbook for each village; filled in, they come back as the feed `decisions`.

They hold personal data: folders are for their owner only, files too, and no name of a village reaches a log.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rbpk.errors import SourceUnreachable
from rbpk.linkage.review import TWO_NIKS
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rbpk.warehouse import Warehouse

# The first seven are the form the feed `decisions` reads; the rest is for the eye.
_ASKED: Final = (
    "No", "ID Catatan Kiri", "ID Catatan Kanan", "Keputusan", "Alasan", "Diputuskan oleh", "Tanggal Putusan",
)  # fmt: skip
_SHOWN: Final = (
    "Mengapa ditanyakan", "Perbandingan", "Sumber kiri", "Nama kiri", "NIK kiri", "No KK kiri", "Tgl lahir kiri",
    "L/P kiri", "Ibu kiri", "Sumber kanan", "Nama kanan", "NIK kanan", "No KK kanan", "Tgl lahir kanan", "L/P kanan",
    "Ibu kanan",
)  # fmt: skip
_ANSWERS: Final = ["SAMA", "BEDA", "TUNDA"]
_FIRST_ANSWER: Final = 3
_HEADER_ROW: Final = 3
# What two people in a village office can look into in a day; when these are answered, the next workbook has the rest.
MOST_ASKED: Final = 40
_WHY: Final = {TWO_NIKS: "Satu orang dengan dua NIK sah yang berbeda: benar satu orang?"}
_DOUBT: Final = "Mungkin orang yang sama, buktinya belum cukup"
_WORDS: Final = {
    "name": "nama", "birth_date": "tanggal lahir", "nik": "NIK", "sex": "jenis kelamin", "mother": "nama ibu",
    "home": "keluarga/tempat", "missing": "kosong", "else": "berbeda", "equal": "sama",
}  # fmt: skip


def write_reviews(warehouse: Warehouse, regency: str, folder: Path) -> int:
    """Write workbooks of a regency's open pairs anew below `folder`/<regency>, the pressing first; return how many."""
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "open_pairs"), {"regency": regency})
        pairs = cursor.fetchall()
    try:
        return _write(pairs, folder, folder / regency, regency)
    except OSError as error:
        message = "the folder of the review workbooks cannot be written; check that it exists and has room"
        raise SourceUnreachable(message) from error


def _write(pairs: Sequence[tuple[Any, ...]], folder: Path, final: Path, regency: str) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        for village, group in groupby(pairs, key=lambda pair: pair[0] or "tanpa-desa"):
            first = [pair[1:] for pair in islice(group, MOST_ASKED)]
            _workbook(first, str(village), regency, beside / f"{village}.xlsx")
        # What is decided leaves the folder: old workbooks would ask for it again.
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(final)
        count = len(list(beside.iterdir()))
        if count:
            beside.rename(final)
        return count
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _workbook(pairs: Sequence[tuple[Any, ...]], village: str, regency: str, path: Path) -> None:
    from rbpk.feeds.people_sheets import drop_down, open_workbook, put  # noqa: PLC0415 - linking needs no workbooks

    path.touch(mode=0o600)
    book, looks = open_workbook(path)
    sheet = book.add_worksheet("Keputusan")
    put(sheet, 0, 0, f"Apakah ini orang yang sama? Desa/kelurahan {village}", looks.title)
    put(
        sheet, 1, 0,
        "Isi Keputusan (SAMA, BEDA, TUNDA), Diputuskan oleh dan tanggal; simpan sebagai .xlsx, lalu taruh di kotak "
        f"masuk {regency}/<bulan>/keputusan. Baris yang belum diputuskan boleh dihapus.",
        looks.title,
    )  # fmt: skip
    for position, text in enumerate((*_ASKED, *_SHOWN)):
        put(sheet, _HEADER_ROW, position, text, looks.required if position < len(_ASKED) else looks.optional)
        sheet.set_column(position, position, 22)
    for number, (left, right, rule, agreement, *shown) in enumerate(pairs, start=1):
        row = _HEADER_ROW + number
        for position, text in enumerate((str(number), left, right)):
            put(sheet, row, position, text, looks.fixed)
        for position in range(_FIRST_ANSWER, len(_ASKED)):
            put(sheet, row, position, None, looks.cell)
        about = (_WHY.get(rule, _DOUBT), _in_words(agreement or ""), *shown)
        for position, text in enumerate(about, start=len(_ASKED)):
            put(sheet, row, position, text, looks.fixed)
    drop_down(sheet, _FIRST_ANSWER, _HEADER_ROW + 1, _HEADER_ROW + len(pairs), _ANSWERS)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    book.close()
    os.chmod(path, 0o600)  # noqa: PTH101  (xlsxwriter makes the file anew)


def _in_words(agreement: str) -> str:
    """Say `name=part nik=missing` as people read it; levels of the model that have no word stay a likeness."""
    said = [part.partition("=") for part in agreement.split()]
    return ", ".join(f"{_WORDS.get(field, field)} {_WORDS.get(level, 'mirip')}" for field, _, level in said)
