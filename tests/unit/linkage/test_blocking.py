"""Which rows are compared at all."""

from __future__ import annotations

import pytest

from rbpk.linkage.blocking import make_candidates
from rbpk.linkage.engine import open_engine
from rbpk.linkage.matching import _make_units
from rbpk.linkage.registry import no_memory
from rbpk.linkage.units import load_units
from tests.unit.linkage.people import row, table


@pytest.mark.parametrize(
    ("other", "met"),
    [
        ("12-03-1980", True),
        ("03-12-1980", True),  # day and month swapped
        ("01-01-1980", True),  # only the year was known
        ("12-03-1990", True),  # one digit of the year
        (None, True),
        ("05-07-1971", False),
    ],
)
def test_namesakes_of_a_village_meet_unless_both_dates_are_known_and_agree_in_nothing(
    other: str | None, *, met: bool
) -> None:
    rows = table([row("p3ke", "SUPRIYADI", "12-03-1980", card="1"), row("baznas", "SUPRIYADI", other, card="2")])
    _, units = _make_units(rows, no_memory().profiles)
    with open_engine("200MB") as engine:
        load_units(engine, units)
        assert make_candidates(engine) == int(met)
