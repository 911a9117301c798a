"""The released model: it asks what comparing.py asks, and its short cut around dear measures loses no slip."""

from __future__ import annotations

import duckdb
import pytest

from rbpk.linkage.comparing import FIELDS
from rbpk.linkage.model import trained_model
from rbpk.linkage.reaching import quick
from rbpk.linkage.scoring import settings_of


def test_the_artefact_compares_what_the_code_compares() -> None:
    released, wanted = (
        [
            (field["output_column_name"], level["sql_condition"], level["label_for_charts"])
            for field in settings["comparisons"]
            for level in field["comparison_levels"]
        ]
        for settings in (trained_model().settings, settings_of(None, 0.5))
    )

    assert released == wanted


@pytest.mark.parametrize(
    ("one", "two", "is_slip"),
    [
        ("6402010101900001", "6402010101900001", False),
        ("6402010101900001", "6402010101900002", True),
        ("6402010101900012", "6402010101900021", True),
        ("6402010101900001", "6402010101900022", False),
        ("6402010101900012", "6402010019100021", False),
        ("6402010101900001", "640201010190000", True),
        ("1234567890123456", "2345678901234561", False),
    ],
)
def test_a_slip_is_one_digit_or_two_neighbours_swapped(one: str, two: str, *, is_slip: bool) -> None:
    (condition,) = [said for field in FIELDS for level, said in field.levels if level == "serial_slip"]
    short_cut = quick(condition)

    (found,) = duckdb.execute(
        f"select {condition}, {short_cut} from (select '{one}' as nik_l, '{two}' as nik_r)"
    ).fetchall()

    assert short_cut != condition
    assert found == (is_slip, is_slip)
