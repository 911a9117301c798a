"""What marts.mart_opd_indicator_matrix must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_opd_indicator_matrix",
    filled_columns=("opd_code", "indicator"),
    about=(words.ExpectMatrixBudget(), words.ExpectOfficesWithProgramme()),
)
