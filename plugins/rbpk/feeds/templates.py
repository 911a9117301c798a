"""Blank templates from the contracts: what an office fills in is what the platform reads back.

`python -m rbpk.feeds.templates <folder>` writes one workbook a list.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rbpk.feeds.contract import Kind
from rbpk.feeds.people_sheets import Looks, drop_down, fits_in_a_list, open_workbook, put, sheet_name
from rbpk.feeds.registry import contracts
from rbpk.feeds.unread import CODES_TITLE

if TYPE_CHECKING:
    from rbpk.feeds.contract import Column, Contract

# Formats and lists reach this far down; more rows can be filled in all the same.
PREPARED_ROWS: Final = 1_000
_FIRST_DATA = 1
_HOW: Final = {
    Kind.RUNNING_NUMBER: "Nomor urut 1, 2, 3 …",
    Kind.TEXT: "Teks bebas.",
    Kind.KEY: "Nomor pengenal dari sistem asal; harus sama dari bulan ke bulan.",
    Kind.NIK: "16 angka, ditulis sebagai teks. Jangan dikosongkan dengan 0 atau tanda lain.",
    Kind.FAMILY_CARD: "16 angka nomor kartu keluarga, ditulis sebagai teks.",
    Kind.PERSON_NAME: "Nama lengkap sesuai KTP, tanpa gelar.",
    Kind.BIRTH_DATE: "Tanggal lahir, tahun-bulan-tanggal: 1985-03-27.",
    Kind.DATE: "Tanggal, tahun-bulan-tanggal: 2026-10-05.",
    Kind.SEX: "L untuk laki-laki, P untuk perempuan.",
    Kind.CODE: "Pilih dari daftar.",
    Kind.FLAG: "Pilih dari daftar.",
    Kind.INTEGER: "Angka bulat tanpa titik atau koma.",
    Kind.DESIL: "Angka desil.",
    Kind.MONEY: "Rupiah tanpa titik, tanpa Rp: 1500000.",
    Kind.VILLAGE_CODE: "Kode Kemendagri, 10 angka, dengan atau tanpa titik: 64.02.06.2001.",
    Kind.VILLAGE: "Nama desa atau kelurahan.",
    Kind.KECAMATAN: "Nama kecamatan.",
    Kind.REGENCY: "Nama kabupaten atau kota.",
}
_NOTES: Final = (
    "Isi lembar pertama, satu baris satu data; jangan mengubah baris judul.",
    "Judul jingga wajib diisi, judul biru boleh kosong. Semua sel bertipe teks: jangan diubah menjadi angka.",
    "Jangan menambah baris jumlah, tanda tangan, atau rumus. Lembar petunjuk boleh tetap ada.",
    "Simpan sebagai .xlsx tanpa kata sandi dan taruh di folder kotak masuk <kabupaten>/<bulan>, mis. 64.02/2026-10.",
)


def title(column: Column) -> str:
    """Give the title a template prints for a column: the first one offices know it by."""
    return column.titles[0] if column.titles else column.name


def write_template(contract: Contract, path: Path) -> None:
    """Write the blank workbook of one list."""
    book, looks = open_workbook(path)
    sheet = book.add_worksheet(sheet_name(contract.table))
    notes = book.add_worksheet("Petunjuk")
    lists = book.add_worksheet("Daftar kode")
    for position, column in enumerate(contract.columns):
        put(sheet, 0, position, title(column), looks.required if column.required else looks.optional)
        sheet.write_comment(0, position, f"{column.description.id}. {_how(column)}", {"x_scale": 2})
        sheet.set_column(position, position, max(12, min(40, len(title(column)) + 4)), looks.cell)
        _offer(sheet, lists, position, column, looks)
    sheet.freeze_panes(_FIRST_DATA, 0)
    _explain(notes, contract, looks)
    sheet.activate()
    book.close()


def write_templates(folder: Path) -> list[Path]:
    """Write the template of every contract of the registry."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for contract in contracts():
        path = folder / f"{contract.table}.xlsx"
        write_template(contract, path)
        written.append(path)
    return written


def _how(column: Column) -> str:
    limits = f" Dari {column.minimum} sampai {column.maximum}." if column.maximum is not None else ""
    wanted = " Wajib diisi." if column.required else ""
    return f"{_HOW.get(column.kind, 'Isi sesuai judul.')}{limits}{wanted}"


def _choices(column: Column) -> tuple[str, ...]:
    return ("L", "P") if column.kind is Kind.SEX and not column.codes else column.codes


def _offer(sheet: Any, lists: Any, position: int, column: Column, looks: Looks) -> None:  # noqa: ANN401
    codes = _choices(column)
    if not codes:
        return
    # Not the title itself: a row of titles is what a reader looks for.
    put(lists, 0, position, f"{CODES_TITLE}{title(column)}", looks.note)
    for row, code in enumerate(codes, start=1):
        put(lists, row, position, code, looks.cell)
    source: list[str] | str = list(codes)
    if not fits_in_a_list(codes):
        letter = _letters(position)
        source = f"='Daftar kode'!${letter}$2:${letter}${len(codes) + 1}"
    drop_down(sheet, position, _FIRST_DATA, PREPARED_ROWS, source)


def _letters(position: int) -> str:
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _explain(notes: Any, contract: Contract, looks: Looks) -> None:  # noqa: ANN401
    notes.set_column(0, 0, 30)
    notes.set_column(1, 1, 90)
    put(notes, 0, 0, f"Templat {contract.table}", looks.title)
    put(notes, 1, 0, contract.description.id, looks.note)
    put(notes, 2, 0, f"Penanggung jawab: {contract.owner}", looks.note)
    for row, line in enumerate(_NOTES, start=4):
        put(notes, row, 1, line, looks.note)
    for row, column in enumerate(contract.columns, start=5 + len(_NOTES)):
        # In one cell: a note that lists titles in a row of cells would itself look like a header.
        text = f"{column.description.id}. {_how(column)}"
        put(notes, row, 1, f"{title(column)}{' (wajib)' if column.required else ''}: {text}", looks.note)


if __name__ == "__main__":
    for one in write_templates(Path(sys.argv[1] if len(sys.argv) > 1 else "templates")):
        print(one)  # noqa: T201  (a command-line tool prints)
