"""What the list of who is left out must hold."""

from __future__ import annotations

from expectations.mart import list_suite

SUITE = list_suite(
    "bnba_exclusion_errors",
    households="is_exclusion_error",
)
