"""Which rows are compared at all."""

from __future__ import annotations

import pytest

from rbpk.linkage.blocking import make_candidates
from rbpk.linkage.engine import open_engine
from rbpk.linkage.matching import _make_units
from rbpk.linkage.registry import no_memory
from rbpk.linkage.units import load_units
from tests.unit.linkage.people import Row, nik, row, table

BORN = "12-03-1980"
ELSEWHERE = "00.02.01.2001"


def meet(one: Row, two: Row) -> bool:
    _, units = _make_units(table([one, two]), no_memory().profiles)
    with open_engine("200MB") as engine:
        load_units(engine, units)
        return make_candidates(engine) == 1


@pytest.mark.parametrize(
    ("other", "met"),
    [
        (BORN, True),
        ("03-12-1980", True),  # day and month swapped
        ("01-01-1980", True),  # only the year was known
        ("12-03-1990", True),  # one digit of the year
        ("05-07-1971", False),
        # No rule joins and no workbook asks about a namesake of a village of whom nothing else is known.
        (None, False),
    ],
)
def test_namesakes_of_a_village_meet_where_their_dates_agree_in_part(other: str | None, *, met: bool) -> None:
    assert meet(row("p3ke", "SUPRIYADI", BORN, card="1"), row("baznas", "SUPRIYADI", other, card="2")) is met


@pytest.mark.parametrize("name", ["SUPRIYADI", "SITI", "MUHAMMAD"])
def test_namesakes_of_a_family_meet_with_or_without_a_date(name: str) -> None:
    assert meet(row("p3ke", name, BORN, card="1"), row("baznas", name, None, card="1"))


@pytest.mark.parametrize(
    ("other", "met"),
    [
        ("SUPRIYADY", True),
        ("FAHRIANSYAH SUPRIYADI", True),  # a word before it
        ("SUPRI", True),  # cut short
        ("DUPRIYADI", True),  # a slip in the first letter
        ("BAMBANG", False),
    ],
)
def test_neighbours_of_one_birthday_meet_where_their_names_have_a_part_in_common(other: str, *, met: bool) -> None:
    assert meet(row("p3ke", "SUPRIYADI", BORN, card="1"), row("dtks", other, BORN, card="2")) is met


@pytest.mark.parametrize(
    ("other", "met"),
    [
        ({}, True),
        ({"nik": nik("13-04-1981", 1)}, True),  # a number that does not fit its row is mistyped or borrowed
        ({"nik": "000201" + nik(BORN, 77)[6:]}, False),
    ],
)
def test_people_of_one_birthday_and_like_names_meet_across_villages_unless_both_numbers_are_their_own(
    other: dict[str, str], *, met: bool
) -> None:
    here = row("p3ke", "SUPRIYADI", BORN, nik=nik(BORN, 1))
    assert meet(here, row("dtks", "SUPRIYANTO", BORN, village_code=ELSEWHERE, **other)) is met


@pytest.mark.parametrize("digit", [0, 5, 7, 15])
def test_numbers_a_slip_apart_meet_wherever_the_slip_is(digit: int) -> None:
    own = nik(BORN, 1)
    slipped = own[:digit] + str((int(own[digit]) + 1) % 10) + own[digit + 1 :]
    assert meet(row("p3ke", "SUPRIYADI", BORN, nik=own), row("dtks", "SUPRIADI", BORN, nik=slipped, village_code=None))
