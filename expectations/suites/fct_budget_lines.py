"""What marts.fct_budget_lines must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "fct_budget_lines",
    filled_columns=("opd_code", "sub_kegiatan_code", "phase"),
    about=(words.ExpectCeilingsStandOnce(), words.ExpectPlansWithinCeiling()),
    may_be_empty=True,
)
