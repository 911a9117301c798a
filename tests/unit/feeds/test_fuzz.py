"""A few seconds of the corruption fuzzer; `python -m tests.fuzz` runs as long as one likes."""

from __future__ import annotations

import pytest

from tests.fuzz.cases import spoil_cell, spoil_file


@pytest.mark.parametrize("number", range(24))
def test_a_spoilt_file_is_read_or_refused_in_words(number: int) -> None:
    spoil_file(1, number)


@pytest.mark.parametrize("number", range(12))
def test_a_spoilt_cell_costs_no_other_row(number: int) -> None:
    spoil_cell(1, number)
