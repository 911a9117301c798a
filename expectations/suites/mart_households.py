"""What marts.mart_households must hold."""

from __future__ import annotations

from expectations import agreement_vocabulary as agreement
from expectations import vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_households",
    filled_columns=("household_id",),
    about=(
        words.ExpectHouseholdsUnique(),
        words.ExpectDesilBetweenOneAndTen(),
        words.ExpectVillagesOfTheRegency(),
        words.ExpectErrorsConsistent(),
        words.ExpectFewHouseholdsUnlisted(),
        words.ExpectFewHouseholdsWithoutVillage(),
        words.ExpectDesilMostlyKnown(),
        words.ExpectHouseholdSizesPlausible(),
        words.ExpectHouseholdsKept(),
        words.ExpectHouseholdCountCloseToLastRelease(),
        words.ExpectDesilsStable(),
        agreement.ExpectVillagesSteady(),
        agreement.ExpectExclusionSteady(),
    ),
)
