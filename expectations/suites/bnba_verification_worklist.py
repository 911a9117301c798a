"""What the list of whom to visit must hold."""

from __future__ import annotations

from expectations.mart import list_suite

SUITE = list_suite(
    "bnba_verification_worklist",
    households=(
        "verification_status in ('UNVERIFIED', 'CONFLICT', 'POSTPONED')"
        " and (is_exclusion_error or is_inclusion_error or has_village_conflict or verification_status <> 'UNVERIFIED')"
    ),
)
