"""Rules on the tables about families: what their month needs, and what is said of them over time."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectNone, about

DATA_TEAM = "tim data RBPK"

CRITICAL = FailureSeverity.CRITICAL


class ExpectRequiredListsThere(ExpectNone):
    """Without its payments a month would call every paid family forgotten."""

    column: str = "required_lists_empty"
    severity: FailureSeverity = CRITICAL
    description: str = "Every list the policy requires has rows, DTSEN too once its desil decides."
    meta: dict[str, Any] = about(
        "GATE-120",
        "Setiap daftar wajib berisi baris, termasuk DTSEN bila desilnya dipakai.",
        owner=DATA_TEAM,
        next_step="mintakan daftar yang kosong kepada pemiliknya, lalu jalankan ulang bulan ini",
        counts=True,
    )


class ExpectInclusionErrorsExplained(ExpectNone):
    """An error without a reason accuses a family of nothing."""

    column: str = "errors_unexplained"
    severity: FailureSeverity = CRITICAL
    description: str = "Every inclusion error has a known reason, and what is counted once is no more than the whole."
    meta: dict[str, Any] = about(
        "GATE-121",
        "Setiap salah sasaran punya alasan yang dikenal, dan hitungan tunggal tidak melebihi seluruhnya.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectHistoryTellsToday(ExpectNone):
    """A history that loses a family says it left."""

    column: str = "households_without_today"
    severity: FailureSeverity = CRITICAL
    description: str = "Every household published has one state that is true today."
    meta: dict[str, Any] = about(
        "GATE-122",
        "Setiap keluarga yang diterbitkan punya tepat satu keadaan yang berlaku sekarang.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )
