"""What marts.mart_recommended_interventions must hold."""

from __future__ import annotations

from expectations import intervention_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_recommended_interventions",
    filled_columns=("household_id", "programme_code", "indicator"),
    about=(words.ExpectRecommendedAreEligible(),),
    may_be_empty=True,
)
