"""Blank templates of every contract, filled in and read back; nothing in them is a formula."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from upath import UPath

from rbpk.feeds import contract_for, entities
from rbpk.feeds.child import Job, judged_rows
from rbpk.feeds.contract import Kind
from rbpk.feeds.recognition import recognise
from rbpk.feeds.templates import title, write_template
from rbpk.landing import land, load_regions, receive

if TYPE_CHECKING:
    from rbpk.feeds.contract import Column, Contract
    from tests.conftest import Database

REPOSITORY = Path(__file__).parents[2]
LISTS = [f"{feed}__{entity}" for feed, entity in entities()]
VALUES = {
    Kind.RUNNING_NUMBER: "1", Kind.TEXT: "KETERANGAN", Kind.KEY: "6402123456", Kind.NIK: "6402061007619001",
    Kind.FAMILY_CARD: "6402061007219002", Kind.PERSON_NAME: "SITI AMINAH", Kind.BIRTH_DATE: "1961-07-10",
    Kind.DATE: "2026-10-05", Kind.SEX: "L", Kind.MONEY: "750000", Kind.VILLAGE_CODE: "64.02.06.1001",
    Kind.VILLAGE: "JAHAB", Kind.KECAMATAN: "TENGGARONG", Kind.REGENCY: "KUTAI KARTANEGARA",
}  # fmt: skip


def value(column: Column) -> str:
    if column.name == "tahun":
        return "2026"
    if "sub_kegiatan" in column.name:
        return "1.06.05.2.02.0006"
    if column.codes:
        return column.codes[0]
    return VALUES.get(column.kind) or str(column.minimum or 1)


def filled(contract: Contract, folder: Path) -> Path:
    path = folder / "templat.xlsx"
    write_template(contract, path)
    book = openpyxl.load_workbook(path)
    for position, column in enumerate(contract.columns, start=1):
        cell = book.worksheets[0].cell(2, position)
        cell.value = value(column)
        # Excel takes the column's type, which is text: what is typed there is no formula, even "=< 900 watt".
        cell.data_type = "s"
    book.save(path)
    return path


@pytest.mark.parametrize("table", LISTS)
def test_a_blank_template_says_what_is_wanted(table: str, tmp_path: Path) -> None:
    contract = contract_for(*table.split("__"))
    write_template(contract, tmp_path / "blank.xlsx")
    sheet, notes, codes = openpyxl.load_workbook(tmp_path / "blank.xlsx").worksheets
    assert [cell.value for cell in sheet[1]] == [title(column) for column in contract.columns]
    for cell, column in zip(sheet[1], contract.columns, strict=True):
        assert column.description.id in cell.comment.text
        assert ("Wajib" in cell.comment.text) == column.required
        assert (cell.fill.start_color.rgb == "FFF4B084") == column.required
    closed = {next(iter(one.sqref.ranges)).min_col for one in sheet.data_validations.dataValidation}
    wanted = [p for p, c in enumerate(contract.columns, start=1) if c.codes or c.kind is Kind.SEX]
    assert closed == set(wanted)
    for position in wanted:
        column = contract.columns[position - 1]
        offered = [cell.value for cell in next(codes.iter_cols(position, position)) if cell.value][1:]
        assert tuple(offered) == (column.codes or ("L", "P"))
    assert contract.owner in str(notes["A3"].value)
    assert all(cell.data_type != "f" for page in (sheet, notes, codes) for line in page.iter_rows() for cell in line)


@pytest.mark.parametrize("table", LISTS)
def test_a_filled_template_reads_back(table: str, tmp_path: Path) -> None:
    contract = contract_for(*table.split("__"))
    path = filled(contract, tmp_path)
    (found,) = recognise(path)
    assert found.contract.table == table
    layout = found.parts[0].layout
    assert {name for _, name in layout.columns} == {column.name for column in contract.columns}
    assert layout.unknown == ()
    job = Job(
        path, load_regions().folder, "d", "64.02", "2026-10", contract.feed, contract.entity, "templat.xlsx"
    )  # fmt: skip
    with judged_rows(job) as rows:
        text = b"".join(iter(lambda: rows.read(1 << 16), b"")).decode()
        summary = rows.summary()
    assert (summary.rows_read, summary.rows_loaded) == (1, 1), summary.reasons
    (line,) = csv.reader(text.splitlines())
    landed = dict(zip(rows.form.columns, line, strict=True))
    assert {c.name: landed[c.name] for c in contract.columns} == {c.name: value(c) for c in contract.columns}


def test_a_filled_template_lands(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "64.02" / "2026-10"
    folder.mkdir(parents=True)
    filled(contract_for("p3ke", "families"), folder)
    inbox, store = UPath(tmp_path / "inbox"), UPath(tmp_path / "store")
    (delivery,) = receive(database.owner, store, inbox, "64.02/2026-10/templat.xlsx").deliveries
    outcome = land(database.owner, store, delivery.delivery_id, load_regions())
    assert (outcome.status, outcome.rows_loaded, outcome.rows_not_data) == ("landed", 1, 0)


def test_the_command_writes_one_for_each_list(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rbpk.feeds.templates", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=REPOSITORY / "plugins")
    assert sorted(path.stem for path in tmp_path.glob("*.xlsx")) == sorted(LISTS)
