"""One published release, compared with itself under another cut-off or ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rbpk.errors import ReleaseUnknown, ScenarioUnlike
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from rbpk.warehouse import Warehouse

ROOM = "rbpk.scenarios"


@dataclass(frozen=True)
class Scenario:
    """What to change for one programme: the last desil it is for, and its ceiling in rupiah."""

    regency: str
    programme: str
    desil_to: int | None = None
    ceiling_change_idr: Decimal = Decimal(0)


@dataclass(frozen=True)
class Change:
    """Households in need and funded, and rupiah, before and after; of a kecamatan or of all."""

    kecamatan_code: str | None
    kecamatan_name: str | None
    need_before: int
    need_after: int
    funded_before: int
    funded_after: int
    need_before_idr: Decimal
    need_after_idr: Decimal
    funded_before_idr: Decimal
    funded_after_idr: Decimal


@dataclass(frozen=True)
class Comparison:
    """The answer: what was changed in which release, every kecamatan, and the sum."""

    release_id: str
    phase: str
    unit_cost_idr: Decimal | None
    desil_to_before: int
    desil_to_after: int
    ceiling_before_idr: Decimal
    ceiling_after_idr: Decimal
    kecamatans: tuple[Change, ...]
    total: Change


def compare(reader: Warehouse, scenario: Scenario) -> Comparison:
    """Ask the release readers see now; nothing is written.

    Raises:
        ReleaseUnknown: no published release, or it does not cost the programme.
        ScenarioUnlike: unchanged, the rule does not give what the release says.
    """
    wanted = {
        "regency": scenario.regency,
        "programme": scenario.programme,
        "desil_to": scenario.desil_to,
        "ceiling_change_idr": scenario.ceiling_change_idr,
    }
    with reader.connect() as connection, connection.cursor() as cursor:
        cursor.execute("set transaction read only")
        cursor.execute("select to_regclass('published.mart_budget_coverage') is not null")
        if not (cursor.fetchone() or (False,))[0]:
            message = f"nothing is published for {scenario.regency} yet: run the month (`make run`), then ask again"
            raise ReleaseUnknown(message, regency=scenario.regency)
        cursor.execute(statement(ROOM, "what_if"), wanted)
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        message = f"{scenario.regency}: no published release costs the programme {scenario.programme}"
        raise ReleaseUnknown(message, regency=scenario.regency)
    *kecamatans, total = rows
    _agree(total)
    return Comparison(
        release_id=total["release_id"],
        phase=total["phase"],
        unit_cost_idr=total["unit_cost_idr"],
        desil_to_before=total["desil_to_before"],
        desil_to_after=total["desil_to_after"],
        ceiling_before_idr=total["ceiling_before_idr"],
        ceiling_after_idr=total["ceiling_after_idr"],
        kecamatans=tuple(_change(row) for row in kecamatans),
        total=_change(total),
    )


def _agree(total: dict[str, Any]) -> None:
    counted = (total["need_before"], total["funded_before"])
    published = (total["published_need"], total["published_funded"])
    if counted != published:
        message = (
            f"{total['release_id']} says {published[0]} households in need and {published[1]} funded, "
            f"the unchanged scenario counts {counted[0]} and {counted[1]}: an answer would mislead"
        )
        raise ScenarioUnlike(message, release_id=total["release_id"])


def _change(row: dict[str, Any]) -> Change:
    return Change(**{name: row[name] for name in Change.__dataclass_fields__})
