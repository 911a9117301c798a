"""What marts.mart_programme_effectiveness must hold."""

from __future__ import annotations

from expectations.mart import mart_suite

# Without a month of help there is nothing to follow.
SUITE = mart_suite("mart_programme_effectiveness", filled_columns=("programme_code",), may_be_empty=True)
