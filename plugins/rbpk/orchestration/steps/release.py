"""A release's life: opened, linked, published, taken back, cleared away."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from rbpk import publishing
from rbpk.errors import WarehouseBusy
from rbpk.orchestration.code_version import code_version
from rbpk.orchestration.connections import PUBLISHER, open_warehouse
from rbpk.orchestration.manifest import project_hash, seeds_of
from rbpk.orchestration.steps.erasure import clear_all
from rbpk.orchestration.steps.questions import shown_period, unjudged
from rbpk.orchestration.steps.recording import Place, Report, Xcom, recorded, this_run
from rbpk.warehouse import keep_seeds, seed_schema, seeds_kept

if TYPE_CHECKING:
    from rbpk.orchestration.months import Month
    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

JUDGEMENT_SECONDS: Final = 60.0


def open_release(month: Month, settings: Settings, *, force: bool) -> Xcom | None:
    """Open a candidate for the month, or return nothing where the published one is still right."""
    kept = _seed_schema(settings)

    def work(warehouse: Warehouse) -> Report:
        _await_judgement(warehouse, month)
        opened = publishing.open_release(
            warehouse, month.regency, month.period, code_version(), force=force, opened_by=this_run()
        )
        if not opened.opened:
            return Report(status="unchanged")
        return Report(
            {
                "regency": month.regency,
                "period": month.period,
                "release_id": opened.release_id,
                "work_schema": opened.work_schema,
                "release_schema": opened.release_schema,
                "seed_schema": kept if seeds_kept(warehouse, kept) else opened.work_schema,
                "seed_version": kept,
            }
        )

    return recorded("open_release", work, Place(month.regency, month.period)) or None


def leave_seeds(opened: Xcom, settings: Settings) -> None:
    """Keep the seeds a run loaded into its own schema, so that the next ones need not.

    Not where the files changed since it was opened: what it loaded would go by the name of other rows.
    """
    if opened["seed_schema"] != opened["work_schema"] or opened["seed_version"] != _seed_schema(settings):
        return
    tables = [path.stem for path in seeds_of(settings).rglob("*.csv")]
    if keep_seeds(open_warehouse(), _seed_schema(settings), str(opened["work_schema"]), tables):
        log.info("kept %d seeds for the runs to come", len(tables))


def link_people(opened: Xcom, settings: Settings) -> Xcom:
    """Say who is who in the records of this release."""
    from rbpk.linkage import link, write_reviews  # noqa: PLC0415 - DuckDB is for this step only

    def work(warehouse: Warehouse) -> Report:
        outcome = link(
            warehouse,
            regency=str(opened["regency"]),
            period=str(opened["period"]),
            release_id=str(opened["release_id"]),
            work_schema=str(opened["work_schema"]),
            token_key=settings.token_key_of(str(opened["regency"])),
            keep_in=settings.home / "linkage",
        )
        write_reviews(warehouse, str(opened["regency"]), settings.home / "reviews")
        counts: Xcom = {
            "persons": outcome.persons,
            "households": outcome.households,
            "open_pairs": outcome.open_pairs,
        }
        return Report(counts, rows_in=outcome.records, rows_out=outcome.links)

    return recorded("link_people", work, _place(opened))


def publish_release(opened: Xcom, approved_by: str, settings: Settings) -> Xcom:
    """Move the regency's pointer to the candidate; readers see all of it at once. Its manifest is kept outside."""
    publisher = open_warehouse(PUBLISHER)

    def work(_: Warehouse) -> Report:
        # A past month built again is kept beside the shown one, which stays the newest.
        newest = (shown_period(publisher, str(opened["regency"])) or "") <= str(opened["period"])
        signed = settings.sign_off_hours > 0
        done = publishing.publish(publisher, str(opened["release_id"]), approved_by, make_current=newest, signed=signed)
        publishing.write_manifest(publisher, done.release_id, settings.manifests)
        return Report({"release_id": done.release_id, "is_current": done.is_current}, rows_out=done.rows)

    return recorded("publish_release", work, _place(opened))


def close_candidate(opened: Xcom) -> Xcom:
    """Take back a candidate whose run failed, so that nobody waits for it."""

    def work(warehouse: Warehouse) -> Report:
        status = publishing.close_candidate(warehouse, str(opened["release_id"]))
        return Report({"release_id": opened["release_id"], "status": status}, status=status)

    return recorded("close_candidate", work, _place(opened))


def rollback_release(regency: str, release_id: str | None, changed_by: str) -> Xcom:
    """Show readers the former release again."""
    publisher = open_warehouse(PUBLISHER)

    def work(_: Warehouse) -> Report:
        done = publishing.rollback(publisher, regency, release_id, changed_by)
        return Report({"release_id": done.release_id})

    return recorded("rollback_release", work, Place(regency))


def retain_releases(keep: int, settings: Settings) -> Xcom:
    """Drop superseded releases nobody can still be reading, but the newest few, and raw files of erased people."""
    publisher = open_warehouse(PUBLISHER)

    def work(_: Warehouse) -> Report:
        dropped = publishing.retain(publisher, keep)
        return Report({"dropped": dropped, "files_of_erased": clear_all(settings)})

    return recorded("retain_releases", work)


def _await_judgement(warehouse: Warehouse, month: Month) -> None:
    """Wait for the gate to judge what has landed: a delivery is in a release only when it was judged.

    Raises:
        WarehouseBusy: it is still not judged; `check_deliveries` of its feed says why.
    """
    deadline = time.monotonic() + JUDGEMENT_SECONDS
    while waiting := unjudged(warehouse, regency=month.regency, period=month.period):
        if time.monotonic() > deadline:
            message = f"{month.regency} {month.period}: {len(waiting)} landed deliveries wait for check_deliveries"
            raise WarehouseBusy(message, waiting=len(waiting))
        time.sleep(1.0)


def _seed_schema(settings: Settings) -> str:
    return seed_schema(project_hash(seeds_of(settings)))


def _place(opened: Xcom) -> Place:
    return Place(str(opened["regency"]), str(opened["period"]), str(opened["release_id"]))
