"""The suite of a landed delivery, drawn from the feed's contract so that a new feed has one at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations import intake_vocabulary as words
from expectations.basis import filled
from rbpk.feeds.contract import Kind
from rbpk.feeds.registry import contract
from rbpk.gate import Suite

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract

_PLACES = (Kind.VILLAGE_CODE, Kind.VILLAGE)


def landed_suite(feed: str, entity: str, *, volume_pct: float = 20, one_row_a_person: bool = True) -> Suite:
    """Return the suite of one feed's entity.

    Args:
        feed: the feed's short name.
        entity: the list within the feed.
        volume_pct: how far the number of rows may move from the last period.
        one_row_a_person: whether a NIK named twice is worth a look.
    """
    promised = contract(feed, entity)
    return Suite(
        audits=f"landing.{promised.table}",
        measures=filled("landed", _parts(promised, one_row_a_person=one_row_a_person)),
        expectations=(
            words.ExpectRowsLanded(),
            words.ExpectRowsConserved(),
            words.ExpectRowsTraceable(),
            words.ExpectQuarantineSmall(),
            words.ExpectOwnRegency(),
            words.ExpectNiksNotRounded(),
            words.ExpectMostNiksValid(),
            words.ExpectVillagesResolved(),
            words.ExpectNiksRarelyRepeated(),
            words.ExpectReasonsWithinContract(),
            words.ExpectDuplicatesFew(),
            words.ExpectVolumeCloseToLastPeriod(min_value=100 - volume_pct, max_value=100 + volume_pct),
        ),
    )


def _parts(promised: Contract, *, one_row_a_person: bool) -> dict[str, str]:
    niks = promised.of_kind(Kind.NIK)
    limits = [f"('{code}', {pct})" for code, pct in sorted(promised.thresholds.items())] or ["('', 100)"]
    return {
        "nik": f"{niks[0].name}_clean" if niks else "null::text",
        "has_nik": "true" if niks else "false",
        "one_row_a_person": "true" if one_row_a_person else "false",
        "has_village": "true" if promised.of_kind(*_PLACES) else "false",
        "limits": f"values {', '.join(limits)}",
    }
