"""The gate's two questions: is this delivery fit to be used, is this release fit to be seen?"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

# Great Expectations tells every expectation it registers at INFO; it must be quiet before it is imported.
logging.getLogger("great_expectations").setLevel(logging.WARNING)

from expectations import delivery_suites, release_suites  # noqa: E402
from rbpk.gate import check_delivery, check_release  # noqa: E402
from rbpk.orchestration.steps.recording import Place, Report, Xcom, recorded  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse


def check_deliveries(feed: str, delivery_ids: Sequence[str], settings: Settings) -> Xcom:
    """Judge each landed delivery; one with a critical finding is held back from reconciliation."""

    def work(warehouse: Warehouse) -> Report:
        held: list[str] = []
        for delivery_id in delivery_ids:
            verdict = check_delivery(warehouse, delivery_id, delivery_suites(feed), settings.docs_dir)
            if not verdict.passed:
                held.append(delivery_id)
        return Report({"checked": len(delivery_ids), "held": held})

    return recorded(f"check_{feed}", work).xcom


def check_candidate(opened: Xcom, settings: Settings) -> Xcom:
    """Judge the candidate; a critical finding blocks it and readers keep the release they have."""
    release_id = str(opened["release_id"])
    place = Place(str(opened["regency"]), str(opened["period"]), release_id)

    def work(warehouse: Warehouse) -> Report:
        verdict = check_release(warehouse, release_id, release_suites(), settings.docs_dir)
        verdict.raise_if_blocked()
        return Report({"rules": len(verdict.results), "warnings": len(verdict.warnings)})

    return recorded("check_release", work, place).xcom
