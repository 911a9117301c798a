"""What marts.mart_pathway_mismatches must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_pathway_mismatches",
    filled_columns=("mismatch_code",),
    about=(words.ExpectNoElderlyInTraining(),),
    may_be_empty=True,
)
