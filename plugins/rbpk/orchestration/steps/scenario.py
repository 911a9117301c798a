"""A what-if question, answered in the log and in XCom for whoever asked in the UI."""

from __future__ import annotations

import logging
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rbpk.orchestration.connections import PUBLISHER, open_warehouse
from rbpk.orchestration.steps.recording import Place, Report, Xcom, recorded
from rbpk.scenarios import Scenario, compare

if TYPE_CHECKING:
    from rbpk.scenarios import Change
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)


def compare_scenario(regency: str, programme: str, desil_to: int | None, ceiling_change_idr: int) -> Xcom:
    """Compare the published release with itself under another policy; only read it."""
    asked = Scenario(regency, programme, desil_to, Decimal(ceiling_change_idr))

    def work(_: Warehouse) -> Report:
        # The publisher owns what readers see; the transaction itself is read only.
        answer = compare(open_warehouse(PUBLISHER), asked)
        counts: Xcom = {
            "release_id": answer.release_id,
            "desil_to": [answer.desil_to_before, answer.desil_to_after],
            "ceiling_idr": [str(answer.ceiling_before_idr), str(answer.ceiling_after_idr)],
            "total": _said(answer.total),
            "kecamatans": [_said(one) for one in answer.kecamatans if one.need_after or one.need_before],
        }
        for change in (*answer.kecamatans, answer.total):
            _tell(change)
        return Report(counts, rows_out=len(answer.kecamatans))

    return recorded("compare_scenario", work, Place(regency))


def _said(change: Change) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(change).items()}


def _tell(change: Change) -> None:
    log.info(
        "%s: in need %d -> %d, funded %d -> %d, rupiah funded %s -> %s",
        change.kecamatan_name or "all",
        change.need_before,
        change.need_after,
        change.funded_before,
        change.funded_after,
        change.funded_before_idr,
        change.funded_after_idr,
    )
