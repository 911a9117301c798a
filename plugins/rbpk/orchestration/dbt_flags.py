"""How a run calls dbt: what is said before the command, and after `build`."""

from typing import Final

# Nobody reads the files of a run, a tenth of dbt's time: its log is the task's, its manifest was parsed before.
GLOBAL: Final = ("--no-use-colors", "--log-level-file", "none", "--no-write-json")
# A test of models from both groups waits for the later one.
# dbt's unit tests belong to `make test`; a run tests the data.
BUILD: Final = ("--indirect-selection", "buildable", "--exclude-resource-type", "unit_test")
# Of a run that finds the seeds where an earlier one left them.
SEEDED: Final = ("--exclude-resource-type", "seed")
