"""Erasure as a step: one person by id, or all who wait in the table of requests; then the files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from upath import UPath

from rbpk.orchestration.connections import PUBLISHER, open_warehouse
from rbpk.orchestration.erasing import Places, Request, clear_files, erase_person, erase_requested
from rbpk.orchestration.steps.recording import Place, Report, Xcom, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rbpk.orchestration.settings import Settings
    from rbpk.warehouse import Warehouse


def erase(params: Mapping[str, Any], settings: Settings) -> Xcom:
    """Erase whom the parameters name, or everybody who waits; return counts."""
    publisher, regency = open_warehouse(PUBLISHER), str(params["regency"])
    key = settings.suppression_key_of(regency)

    def work(_: Warehouse) -> Report:
        if params["person_id"]:
            who, why, minutes = (str(params[name]) for name in ("decided_by", "reason", "ba_number"))
            request = Request(regency, who, why, minutes, person_id=str(params["person_id"]))
            done = [erase_person(publisher, request, key, settings.home)]
        else:
            done = erase_requested(publisher, regency, key, settings.home)
        counts: Counter[str] = Counter()
        for one in done:
            counts.update({name: number for name, number in one.items() if name != "erasure_id"})
        return Report({"erasures": len(done), **counts, **clear_files(publisher, regency, places(settings))})

    return recorded("erase_person", work, Place(regency))


def clear_all(settings: Settings) -> int:
    """Delete what raw files of erased people are still there, in every regency."""
    publisher = open_warehouse(PUBLISHER)
    return sum(clear_files(publisher, regency, places(settings))["files"] for regency in settings.regencies)


def places(settings: Settings) -> Places:
    """Say where files with names in them lie."""
    return Places(UPath(settings.store_url), UPath(settings.inbox_url), settings.home)
