"""The official workbook: only what readers see, with a row in the audit that knows its bytes."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from rbpk.errors import ReleaseUnknown, WarehouseRefused
from rbpk.publishing import Doors, export_official, export_open, publish
from rbpk.scenarios import Scenario, compare
from tests.integration.publishing_kit import REGENCY, ask, candidate, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

FORM = """
models:
  - name: mart_offices
    config: {meta: {sheet_id: Perangkat Daerah, description_id: Daftar perangkat daerah}}
    columns:
      - {name: opd_name, config: {meta: {label_id: Perangkat Daerah}}}
      - {name: ceiling_idr, config: {meta: {label_id: Alokasi Anggaran (Rp)}}}
      - {name: opd_code, config: {meta: {description_id: not on the form}}}
"""


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "_offices__models.yml").write_text(FORM, encoding="utf-8")
    return folder


@pytest.fixture
def shown(database: Database) -> Database:
    """Show a release with one form, of which a text wants to be a formula."""
    opened = candidate(database.owner)
    schema, facts = opened.release_schema, f"'{REGENCY}', '2026-10', '{opened.release_id}'"
    run(
        database.owner,
        f"create table {schema}.dim_regions (regency_code text, period text, release_id text)",
        f"insert into {schema}.dim_regions values ({facts})",
        f"create table {schema}.mart_offices (regency_code text, period text, release_id text, opd_name text, "
        "opd_code text, ceiling_idr numeric(18,2))",
        f"insert into {schema}.mart_offices values ({facts}, 'DINAS SOSIAL', '1', 1417250000), "
        f"({facts}, '=1+1', '2', 0.5)",
    )
    publish(database.publisher, opened.release_id, "tester")
    return database


def test_writes_what_readers_see_and_logs_its_bytes(shown: Database, models: Path, tmp_path: Path) -> None:
    done = export_official(Doors(shown.bi_reader, shown.owner), models, tmp_path / "out", regency=REGENCY)
    sheet = load_workbook(done.path)["Perangkat Daerah"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)] == [
        ["Perangkat Daerah", "Alokasi Anggaran (Rp)"],
        ["=1+1", 0.5],
        ["DINAS SOSIAL", 1417250000],
    ]
    assert sheet["A5"].data_type == "s"
    assert list((tmp_path / "out").iterdir()) == [done.path]
    logged = "select release_id, period, exported_objects, row_count, sha256 from audit.exports"
    assert ask(shown.auditor, logged) == [
        (
            done.release_id,
            "2026-10",
            ["published.mart_offices"],
            2,
            hashlib.sha256(done.path.read_bytes()).hexdigest(),
        )
    ]


def test_hands_out_no_other_month_than_the_one_shown(shown: Database, models: Path, tmp_path: Path) -> None:
    doors = Doors(shown.bi_reader, shown.owner)
    with pytest.raises(ReleaseUnknown, match="see 2026-10, not 2026-09"):
        export_official(doors, models, tmp_path / "out", regency=REGENCY, period="2026-09")
    with pytest.raises(ReleaseUnknown, match="nothing is published"):
        export_official(doors, models, tmp_path / "out", regency="17.04")


def test_says_what_to_do_before_the_first_publication(database: Database, models: Path, tmp_path: Path) -> None:
    doors = Doors(database.bi_reader, database.owner)
    for ask_for in (
        lambda: export_official(doors, models, tmp_path / "out", regency=REGENCY),
        lambda: export_open(doors, tmp_path / "open", regency=REGENCY),
        lambda: compare(database.bi_reader, Scenario(REGENCY, "RTLH", None, Decimal(0))),
    ):
        with pytest.raises(ReleaseUnknown, match="yet: run the month"):
            ask_for()


def test_hands_out_nothing_that_cannot_be_logged(shown: Database, models: Path, tmp_path: Path) -> None:
    with pytest.raises(WarehouseRefused):
        export_official(Doors(shown.bi_reader, shown.bi_reader), models, tmp_path / "out", regency=REGENCY)
    assert list((tmp_path / "out").iterdir()) == []
