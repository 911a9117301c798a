"""Doubt goes to people and comes back: asked once, decided once, replayed in every run."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rbpk.linkage import link, write_reviews
from rbpk.linkage.reviewing import DECISIONS_VIEW
from tests.integration.test_landing import Office
from tests.integration.test_linkage import REGENCY, deliver, people, rows_of
from tests.unit.linkage.people import nik
from tests.unit.linkage.test_household_cases import CHILD, FATHER, MOTHER, member

if TYPE_CHECKING:
    from pathlib import Path

    from rbpk.linkage import LinkOutcome
    from tests.conftest import Database

# One man, one family, two valid numbers: joined by the family's word, and a person is asked.
OTHER_NIK = nik("01-01-1960", 9677)
TWICE = [
    *(member("dtks", who, card="77") for who in (FATHER, MOTHER, CHILD)),
    member("pkh", {**FATHER, "name": "=SUGIONO", "nik": OTHER_NIK}, family="5", family_card="77"),
]
STAGED = f"""
    create view {{schema}}.{DECISIONS_VIEW} as
    select
        id_catatan_kiri as left_record_id, id_catatan_kanan as right_record_id, keputusan as verdict_label,
        pemutus as decided_by, null::date as decided_date, delivery_id, source_row
    from landing.decisions__link_pairs
"""


class Desk(Office):
    """An office that links a month, sends its questions out and gets the answers back."""

    def __init__(self, database: Database, folder: Path) -> None:
        super().__init__(database.admin, folder)
        self.out = folder / "reviews"

    def month(self, period: str) -> LinkOutcome:
        schema = deliver(self.warehouse, period, TWICE)
        with self.warehouse.connect() as connection, connection.cursor() as cursor:
            cursor.execute(STAGED.format(schema=schema))
        outcome = link(self.warehouse, REGENCY, period, f"{period}-r1", schema, b"key")
        write_reviews(self.warehouse, REGENCY, self.out)
        return outcome

    def books(self) -> list[Path]:
        return sorted(self.out.glob("64.02/*.xlsx"))

    def answer(self, verdict: str) -> None:
        """Fill in the only workbook and send it."""
        book = openpyxl.load_workbook(self.books()[0])
        sheet = book["Keputusan"]
        titles = [cell.value for cell in sheet[4]]
        for title, value in {
            "Keputusan": verdict,
            "Diputuskan oleh": "Operator",
            "Tanggal Putusan": "2026-10-20",
        }.items():
            sheet.cell(5, titles.index(title) + 1).value = value
        path = self.inbox / "64.02/2026-10/keputusan/jawaban.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        outcome = self.land(path.read_bytes(), "64.02/2026-10/keputusan/jawaban.xlsx")
        assert (outcome.rows_loaded, outcome.rows_quarantined) == (1, 0)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


def pairs(desk: Desk) -> list[tuple[object, ...]]:
    return rows_of(desk.warehouse, "select period, rule, status from linkage.review_pairs order by 1, 2")


def test_a_question_goes_to_the_village_and_joins_or_parts_nobody(desk: Desk) -> None:
    outcome = desk.month("2026-09")

    assert (outcome.open_pairs, outcome.persons) == (1, 3)
    assert pairs(desk) == [("2026-09", "two_niks", "pending")]
    (book,) = desk.books()
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    sheet = openpyxl.load_workbook(book)["Keputusan"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=5) for cell in row if cell.value} == {"s"}


@pytest.mark.parametrize(("verdict", "persons", "status"), [("BEDA", 4, "no_match"), ("SAMA", 3, "match")])
def test_an_answer_is_replayed_and_the_question_never_asked_again(
    desk: Desk, verdict: str, persons: int, status: str
) -> None:
    desk.month("2026-09")
    desk.answer(verdict)

    september = desk.month("2026-09")
    again = desk.month("2026-09")
    october = desk.month("2026-10")

    assert [one.persons for one in (september, again, october)] == [persons] * 3
    assert [one.open_pairs for one in (september, again, october)] == [0, 0, 0]
    assert people(desk.warehouse, "2026-10") == people(desk.warehouse, "2026-09")
    assert pairs(desk) == [("2026-09", "two_niks", status)]
    assert desk.books() == []
    assert rows_of(desk.warehouse, "select count(*) from linkage.decisions") == [(1,)]


def test_a_postponed_answer_leaves_the_question_open(desk: Desk) -> None:
    desk.month("2026-09")
    desk.answer("TUNDA")

    assert desk.month("2026-10").open_pairs == 1
    assert pairs(desk) == [("2026-09", "two_niks", "pending")]
