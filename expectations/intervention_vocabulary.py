"""Rules on what was given to people: every rupiah once, every label known, every promise proven."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

DATA_TEAM = "tim data RBPK"
BAPPEDA = "Bappeda"

CRITICAL = FailureSeverity.CRITICAL
WARNING = FailureSeverity.WARNING


class ExpectDeliveredIsGiven(ExpectNone):
    """What is planned, promised or called off is not delivered."""

    column: str = "rows_contradicting"
    severity: FailureSeverity = CRITICAL
    description: str = "A row is delivered exactly when its status says so, and no amount is negative."
    meta: dict[str, Any] = about(
        "GATE-410",
        "Bantuan tersalur bila dan hanya bila statusnya demikian, dan tidak ada jumlah negatif.",
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
        "GATE-411",
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
        "GATE-412",
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
        "GATE-413",
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
        "GATE-414",
        "Jumlah dan rupiah yang dinilai sama dengan yang tersalur, dan penerima sesuai desilnya.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectMatrixBudget(ExpectNone):
    """The matrix is the whole budget of the year, once."""

    column: str = "matrix_sums_unlike"
    severity: FailureSeverity = CRITICAL
    description: str = "Every office has every indicator once, and no amount is negative."
    meta: dict[str, Any] = about(
        "GATE-415",
        "Setiap perangkat daerah memuat setiap indikator satu kali, dan tidak ada jumlah negatif.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectOfficesWithProgramme(ExpectNone):
    """Every office pays for something against poverty; if not, it is looked at again (R3)."""

    column: str = "offices_without_programme"
    severity: FailureSeverity = WARNING
    description: str = "Every office has a sub-activity tagged with an indicator."
    meta: dict[str, Any] = about(
        "GATE-416",
        "Setiap perangkat daerah punya sub kegiatan yang ditandai indikator kemiskinan.",
        owner=BAPPEDA,
        next_step="verifikasi kembali program perangkat daerah itu",
        counts=True,
    )


class ExpectListsReceived(ExpectNone):
    """An office that is silent hides whom it helps (R8)."""

    column: str = "lists_missing"
    severity: FailureSeverity = WARNING
    description: str = "Every list an office owes this month is there."
    meta: dict[str, Any] = about(
        "GATE-417",
        "Semua daftar bulanan perangkat daerah sudah diterima.",
        owner=BAPPEDA,
        next_step="minta daftar bulan ini kepada perangkat daerah itu",
        counts=True,
    )


class ExpectRecommendedAreEligible(ExpectNone):
    """Nobody is recommended help who is not eligible for any."""

    column: str = "households_not_eligible"
    severity: FailureSeverity = CRITICAL
    description: str = "Only households eligible in mart_households are recommended help."
    meta: dict[str, Any] = about(
        "GATE-418",
        "Hanya keluarga layak pada mart_households yang disarankan menerima bantuan.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectNoElderlyInTraining(ExpectNone):
    """The elderly are helped as they are (R42)."""

    column: str = "elderly_mismatched"
    severity: FailureSeverity = WARNING
    description: str = "Nobody over working age is trained or given capital."
    meta: dict[str, Any] = about(
        "GATE-419",
        "Tidak ada lansia yang diberi pelatihan atau modal.",
        owner="Dinas Sosial",
        next_step="alihkan lansia ke jalur bantuan bersama perangkat daerah pelaksana",
        counts=True,
    )


class ExpectFieldWorkSums(ExpectNone):
    """Nobody is decided on who was not visited."""

    column: str = "field_work_contradicting"
    severity: FailureSeverity = CRITICAL
    description: str = "Decided and undecided are the visited, and the overdue are assigned."
    meta: dict[str, Any] = about(
        "GATE-420",
        "Diputuskan dan belum diputuskan sama dengan dikunjungi; yang terlambat termasuk yang ditugaskan.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectRolesAgree(ExpectMeasureBetween):
    """Where roles disagree much, they sit together before the list is used (R30)."""

    column: str = "agreement_pct"
    min_value: float = 80
    severity: FailureSeverity = WARNING
    description: str = "Puskesos and PKH companions agree on at least 80 % of the families both saw."
    meta: dict[str, Any] = about(
        "GATE-421",
        "Puskesos dan pendamping PKH sepakat pada sedikitnya 80 % keluarga yang sama.",
        owner="Dinas Sosial",
        next_step="adakan duduk bersama untuk keluarga pada daftar konflik",
    )
