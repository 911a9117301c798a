"""Rules on what was given to people: every rupiah once, every label known, every promise proven."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

DATA_TEAM = "tim data RBPK"
BAPPEDA = "Bappeda"

CRITICAL = FailureSeverity.CRITICAL
WARNING = FailureSeverity.WARNING


class ExpectPaidAsDelivered(ExpectNone):
    """The fact and the payment mart tell of the same money."""

    column: str = "pkh_sums_unlike"
    severity: FailureSeverity = CRITICAL
    description: str = "PKH rupiah delivered equal the rupiah paid in mart_pkh_payments."
    meta: dict[str, Any] = about(
        "GATE-110",
        "Rupiah PKH yang tersalur sama dengan rupiah dibayar di mart_pkh_payments.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectProgrammesMapped(ExpectMeasureBetween):
    """A label nobody reviewed is kept, and somebody reviews it."""

    column: str = "unmapped_pct"
    max_value: float = 1
    severity: FailureSeverity = WARNING
    description: str = "At most 1 % of what was given has a programme nobody mapped yet."
    meta: dict[str, Any] = about(
        "GATE-111",
        "Paling banyak 1 % bantuan belum dipetakan ke program.",
        owner=BAPPEDA,
        next_step="tinjau label baru dan tambahkan ke seed programme_aliases",
    )


class ExpectPartnersProve(ExpectMeasureBetween):
    """A pledge without proof is a pledge."""

    column: str = "unproven_pct"
    max_value: float = 20
    severity: FailureSeverity = WARNING
    description: str = "At most 20 % of what partners report lacks evidence (PARTNER_NO_EVIDENCE)."
    meta: dict[str, Any] = about(
        "GATE-112",
        "Paling banyak 20 % laporan mitra tanpa bukti serah terima.",
        owner=BAPPEDA,
        next_step="minta nomor bukti serah terima kepada mitra",
    )


class ExpectOverlapsAllowed(ExpectNone):
    """Families with two programmes that exclude each other are looked at one by one."""

    column: str = "breaches"
    severity: FailureSeverity = WARNING
    description: str = "No family gets two programmes that exclude each other."
    meta: dict[str, Any] = about(
        "GATE-113",
        "Tidak ada keluarga menerima dua program yang saling meniadakan.",
        owner="Dinas Sosial",
        next_step="periksa keluarga itu bersama desa dan pendamping PKH",
        counts=True,
    )


class ExpectTargetingSums(ExpectNone):
    """What is judged for targeting is all that was delivered, once."""

    column: str = "targeting_sums_unlike"
    severity: FailureSeverity = CRITICAL
    description: str = "Deliveries and rupiah judged equal those delivered, and recipients fit their desils."
    meta: dict[str, Any] = about(
        "GATE-114",
        "Jumlah dan rupiah yang dinilai sama dengan yang tersalur, dan penerima sesuai desilnya.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )
