"""What marts.mart_release_changes must hold."""

from __future__ import annotations

from expectations import release_vocabulary as words
from expectations.mart import mart_suite

# The first month of a regency has nothing to be compared with.
SUITE = mart_suite("mart_release_changes", about=(words.ExpectChangesKnown(),), may_be_empty=True)
