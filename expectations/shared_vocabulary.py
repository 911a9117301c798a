"""Rules every published table must keep, whatever it is about."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

DATA_TEAM = "tim data RBPK"

CRITICAL = FailureSeverity.CRITICAL


class ExpectMartFilled(ExpectMeasureBetween):
    """An empty table is an accident, not an answer."""

    column: str = "rows_present"
    min_value: float = 1
    severity: FailureSeverity = CRITICAL
    description: str = "The table has rows."
    meta: dict[str, Any] = about(
        "GATE-20",
        "Tabel berisi baris.",
        owner=DATA_TEAM,
        next_step="lihat langkah dbt pada run ini; sumbernya mungkin kosong",
    )


class ExpectKeysUnique(ExpectNone):
    """A key that appears twice counts somebody twice."""

    column: str = "keys_repeated"
    severity: FailureSeverity = CRITICAL
    description: str = "No key appears twice."
    meta: dict[str, Any] = about(
        "GATE-21",
        "Tidak ada kunci yang muncul dua kali.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectKeysFilled(ExpectNone):
    """A row that does not say what it is about cannot be read."""

    column: str = "keys_empty"
    severity: FailureSeverity = CRITICAL
    description: str = "Keys, regency, period and release are filled in every row."
    meta: dict[str, Any] = about(
        "GATE-22",
        "Kunci, kabupaten, periode, dan rilis terisi di setiap baris.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectOneRelease(ExpectNone):
    """A row of another month would be shown under this one's name."""

    column: str = "rows_of_other_release"
    severity: FailureSeverity = CRITICAL
    description: str = "Every row belongs to this regency, month and release."
    meta: dict[str, Any] = about(
        "GATE-23",
        "Setiap baris milik kabupaten, bulan, dan rilis ini.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectListOfCounted(ExpectNone):
    """A list by name and the number in the report must be about the same families."""

    column: str = "households_unlike"
    severity: FailureSeverity = CRITICAL
    description: str = "The list names exactly the households its mart counts."
    meta: dict[str, Any] = about(
        "GATE-24",
        "Daftar memuat tepat keluarga yang dihitung pada tabel terbit.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )
