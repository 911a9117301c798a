"""What marts.mart_village_budgets must hold."""

from __future__ import annotations

from expectations import budget_vocabulary as words
from expectations.mart import mart_suite

SUITE = mart_suite(
    "mart_village_budgets",
    filled_columns=("compliance",),
    about=(words.ExpectPovertyWithinVillageBudget(), words.ExpectVillagesBudgetForThePoor()),
)
