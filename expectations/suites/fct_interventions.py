"""What marts.fct_interventions must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "fct_interventions",
    filled_columns=("programme_code", "funder_type", "status"),
    about=(words.ExpectDeliveredIsGiven(), words.ExpectProgrammesMapped(), words.ExpectPartnersProve()),
    may_be_empty=True,
)
