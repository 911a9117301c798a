"""What marts.mart_macro_indicators must hold: no figure without its day and its source (R60)."""

from __future__ import annotations

from expectations.mart import mart_suite

# A regency may be served before any figure about it is known.
SUITE = mart_suite("mart_macro_indicators", filled_columns=("as_of", "source", "figure"), may_be_empty=True)
