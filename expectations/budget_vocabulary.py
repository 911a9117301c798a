"""Rules on the tables about money: budgets, their schedule, what they can pay for and who is left."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

DATA_TEAM = "tim data RBPK"
BPKAD = "BPKAD"
BAPPEDA = "Bappeda"
DPMD = "Dinas Pemberdayaan Masyarakat dan Desa"

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


class ExpectNeedIsFundedOrLeft(ExpectNone):
    """Whom the ceiling does not reach is left over, and nobody is both."""

    column: str = "coverages_contradicting"
    severity: FailureSeverity = CRITICAL
    description: str = "Fundable and residual households make up the need, and the fundable ones fit under the ceiling."
    meta: dict[str, Any] = about(
        "GATE-84",
        "Keluarga terbiayai dan sisa sama dengan kebutuhan, dan yang terbiayai muat di bawah pagu.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectOneOfferAHousehold(ExpectNone):
    """A family in two offers is promised twice and may get nothing."""

    column: str = "households_offered_twice"
    severity: FailureSeverity = CRITICAL
    description: str = "A residual household has one row, one partner and a status that fits."
    meta: dict[str, Any] = about(
        "GATE-85",
        "Setiap keluarga sisa memiliki satu baris, satu mitra, dan status yang sesuai.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectOffersWithinPromise(ExpectNone):
    """A partner is offered no more families than it promised to help."""

    column: str = "commitments_overdrawn"
    severity: FailureSeverity = CRITICAL
    description: str = "No commitment is offered to more households than it has open units."
    meta: dict[str, Any] = about(
        "GATE-86",
        "Tidak ada komitmen yang ditawarkan melebihi unit yang masih terbuka.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectGiftsHaveEvidence(ExpectMeasureBetween):
    """A pledge without proof is a pledge."""

    column: str = "unproven_pct"
    max_value: float = 20
    severity: FailureSeverity = WARNING
    description: str = "At most 20 % of what partners report as given lacks evidence."
    meta: dict[str, Any] = about(
        "GATE-87",
        "Paling banyak 20 % penyaluran mitra tanpa bukti.",
        owner=BAPPEDA,
        next_step="mintakan nomor bukti serah terima kepada mitra",
    )


class ExpectPovertyWithinVillageBudget(ExpectNone):
    """A part cannot be larger than the whole."""

    column: str = "budgets_impossible"
    severity: FailureSeverity = CRITICAL
    description: str = "Poverty lines are a part of the village's budget, and every village is in the report once."
    meta: dict[str, Any] = about(
        "GATE-88",
        "Kegiatan kemiskinan adalah bagian dari APBDes, dan setiap desa muncul satu kali.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectVillagesBudgetForThePoor(ExpectNone):
    """The regent's instruction asks every village for poverty lines (R21)."""

    column: str = "villages_without_poverty_line"
    severity: FailureSeverity = WARNING
    description: str = "Every delivered village budget has a line against poverty."
    meta: dict[str, Any] = about(
        "GATE-89",
        "Setiap APBDes yang dikirim memuat kegiatan penanggulangan kemiskinan.",
        owner=DPMD,
        next_step="ingatkan desa yang bersangkutan",
        counts=True,
    )


class ExpectSharesAddUp(ExpectNone):
    """A mix that is not a whole is no mix."""

    column: str = "shares_off"
    severity: FailureSeverity = CRITICAL
    description: str = "Shares of all funders add up to a hundred, but for rounding."
    meta: dict[str, Any] = about(
        "GATE-90",
        "Porsi seluruh sumber dana berjumlah seratus persen.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectListsHaveBudget(ExpectNone):
    """Help that nobody budgeted has to be budgeted this year (R54)."""

    column: str = "lists_without_budget"
    severity: FailureSeverity = WARNING
    description: str = "Every list of recipients has a budget line."
    meta: dict[str, Any] = about(
        "GATE-91",
        "Setiap daftar penerima memiliki mata anggaran.",
        owner=BAPPEDA,
        next_step="anggarkan pada perubahan berikutnya atau perbaiki kode sub kegiatan pada daftar",
        counts=True,
    )
