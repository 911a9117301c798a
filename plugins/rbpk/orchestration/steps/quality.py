"""The gate's two questions: is this delivery fit to be used, is this release fit to be seen?"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

# Great Expectations tells every expectation it registers at INFO; it must be quiet before it is imported.
logging.getLogger("great_expectations").setLevel(logging.WARNING)

from expectations import delivery_suites, release_suites  # noqa: E402
from rbpk.gate import check_delivery, check_release  # noqa: E402
from rbpk.orchestration.steps.questions import each_unjudged  # noqa: E402
from rbpk.orchestration.steps.recording import Place, Report, Xcom, recorded  # noqa: E402

if TYPE_CHECKING:
    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse


def check_deliveries(feed: str, settings: Settings) -> Xcom:
    """Judge each landed delivery not judged yet; one with a critical finding is held back from reconciliation."""

    def work(warehouse: Warehouse) -> Report:
        suites = delivery_suites(feed)
        waiting = each_unjudged(warehouse, feed)
        with warehouse.kept() as kept:
            verdicts = [check_delivery(kept, one, suites, settings.docs_dir) for one in waiting]
        # The others were judged too: one bad list must not hide what is wrong with the next.
        for verdict in verdicts:
            verdict.raise_if_blocked()
        return Report({"checked": len(verdicts), "warnings": sum(len(one.warnings) for one in verdicts)})

    return recorded(f"check_{feed}", work)


def check_candidate(opened: Xcom, settings: Settings) -> Xcom:
    """Judge the candidate; a critical finding blocks it and readers keep the release they have."""
    release_id = str(opened["release_id"])
    place = Place(str(opened["regency"]), str(opened["period"]), release_id)

    def work(warehouse: Warehouse) -> Report:
        verdict = check_release(warehouse, release_id, release_suites(), settings.docs_dir)
        verdict.raise_if_blocked()
        return Report({"rules": len(verdict.results), "warnings": len(verdict.warnings)})

    return recorded("check_release", work, place)
