"""Whether a batch or a release is fit to go on: thresholds are reviewed code.

Importing a suite imports Great Expectations, which takes seconds; so this door imports late.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rbpk.gate import Suite

# The candidate's tables in the order a person reads the report.
RELEASE_SUITES = (
    "release",
    "deliveries",
    "person_links",
    "dim_regions",
    "mart_households",
    "mart_feed_agreement",
    "mart_coverage",
    "mart_feed_quality",
)


def for_delivery(feed: str, entity: str) -> tuple[Suite, ...]:
    """Return the suites a landed delivery of that feed's entity must pass."""
    name = f"expectations.suites.{feed}__{entity}"
    if find_spec(name) is None:
        # A new feed is checked from its first day, with the limits every list has.
        return (import_module("expectations.landed").landed_suite(feed, entity),)
    return (import_module(name).SUITE,)


def for_release() -> tuple[Suite, ...]:
    """Return the suites a candidate release must pass."""
    return tuple(import_module(f"expectations.suites.{name}").SUITE for name in RELEASE_SUITES)
