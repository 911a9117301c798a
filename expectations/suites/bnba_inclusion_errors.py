"""What the list of who receives what they should not must hold."""

from __future__ import annotations

from expectations.mart import list_suite

SUITE = list_suite(
    "bnba_inclusion_errors",
    households="is_inclusion_error",
)
