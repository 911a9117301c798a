"""Rules on the tables about money: budgets, their schedule, what they can pay for and who is left."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

DATA_TEAM = "tim data RBPK"
BPKAD = "BPKAD"

CRITICAL = FailureSeverity.CRITICAL
WARNING = FailureSeverity.WARNING


class ExpectCeilingsStandOnce(ExpectNone):
    """A ceiling in two rows is money counted twice."""

    column: str = "ceilings_repeated"
    severity: FailureSeverity = CRITICAL
    description: str = "A line of a phase has its ceiling in one row, and no amount planned or budgeted is negative."
    meta: dict[str, Any] = about(
        "GATE-80",
        "Pagu tiap mata anggaran dan tahap tertulis satu kali, dan tidak ada pagu atau rencana negatif.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectPlansWithinCeiling(ExpectNone):
    """A plan above its ceiling belongs to another phase or another year."""

    column: str = "plans_over_ceiling"
    severity: FailureSeverity = WARNING
    description: str = "The cash planned over the year is not more than the ceiling in force."
    meta: dict[str, Any] = about(
        "GATE-81",
        "Rencana kas setahun tidak melebihi pagu yang berlaku.",
        owner=BPKAD,
        next_step="cocokkan anggaran kas dengan pagu tahap yang sama",
        counts=True,
    )


class ExpectSpendingWithinCeiling(ExpectNone):
    """Spending above the ceiling is a finding of the regency, not of the data."""

    column: str = "ceilings_exceeded"
    severity: FailureSeverity = WARNING
    description: str = "No sub-activity spent more than its ceiling in force."
    meta: dict[str, Any] = about(
        "GATE-82",
        "Tidak ada sub kegiatan dengan realisasi melebihi pagu yang berlaku.",
        owner=BPKAD,
        next_step="mintakan klarifikasi kepada perangkat daerah yang bersangkutan",
        counts=True,
    )


class ExpectSpendingHasBudget(ExpectMeasureBetween):
    """Spending the budget does not know points to a missing or an outdated file."""

    column: str = "spending_without_line_pct"
    max_value: float = 5
    severity: FailureSeverity = WARNING
    description: str = "At most 5 % of the reported sub-activities are missing in the delivered budget."
    meta: dict[str, Any] = about(
        "GATE-83",
        "Paling banyak 5 % sub kegiatan yang dilaporkan tidak ada dalam anggaran yang dikirim.",
        owner=BPKAD,
        next_step="mintakan berkas pagu terbaru",
    )
