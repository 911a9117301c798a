"""Rules on a release as a whole: tables that must agree, and what may not move unexplained since the last one."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

BAPPEDA = "Bappeda"
DATA_TEAM = "tim data RBPK"

CRITICAL = FailureSeverity.CRITICAL
WARNING = FailureSeverity.WARNING


class ExpectFamiliesAgree(ExpectNone):
    """Two tables with two totals: nobody believes either."""

    column: str = "families_disagree"
    severity: FailureSeverity = CRITICAL
    description: str = "Families by kecamatan, village, progress and coverage add up to those of mart_households."
    meta: dict[str, Any] = about(
        "GATE-130",
        "Jumlah keluarga menurut kecamatan, desa, kemajuan, dan cakupan sama dengan mart_households.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectRupiahAgree(ExpectNone):
    """The regent is shown one budget and one amount given, in every report."""

    column: str = "rupiah_disagree"
    severity: FailureSeverity = CRITICAL
    description: str = "Rupiah given and budgeted are the same in facts, mix, offices' matrix and official tables."
    meta: dict[str, Any] = about(
        "GATE-131",
        "Rupiah tersalur dan anggaran sama di tabel fakta, bauran dana, matriks OPD, dan tabel resmi.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectRupiahOfTheLists(ExpectNone):
    """The control total is what the lists themselves add up to."""

    column: str = "rupiah_lost"
    severity: FailureSeverity = WARNING
    description: str = "Amounts of PKH, BAZNAS, BLT-DD, TJSP and TNI add up to what their lists held."
    meta: dict[str, Any] = about(
        "GATE-132",
        "Nominal PKH, BAZNAS, BLT-DD, TJSP, dan TNI sama dengan jumlah pada daftar yang dimuat.",
        owner=DATA_TEAM,
        next_step="bandingkan fct_interventions dengan daftar asal per sumber sebelum angka dikutip",
        counts=True,
    )


class ExpectListsNoOlder(ExpectNone):
    """A list that stops coming is missed in the month it stops, not in the report of the year."""

    column: str = "lists_gone_or_older"
    severity: FailureSeverity = WARNING
    description: str = "No list the last release read is gone, and none is of an older month than it was there."
    meta: dict[str, Any] = about(
        "GATE-133",
        "Tidak ada daftar pada rilis lalu yang kini hilang atau lebih lama daripada waktu itu.",
        owner=BAPPEDA,
        next_step="tagih daftar bulan ini kepada pengirimnya",
        counts=True,
    )


class ExpectLinkProfileSteady(ExpectMeasureBetween):
    """When a sender changes how it writes names, the share of rows that find their person tells first."""

    column: str = "linked_shift_points"
    max_value: float = 10
    severity: FailureSeverity = WARNING
    description: str = "The share of rows that meet another of their person moved at most 10 points since last month."
    meta: dict[str, Any] = about(
        "GATE-134",
        "Bagian catatan yang bertemu catatan lain orang yang sama bergeser paling banyak 10 poin dari bulan lalu.",
        owner=DATA_TEAM,
        next_step="bandingkan aturan penautan per sumber dengan bulan lalu; cari perubahan format NIK atau nama",
    )


class ExpectPeopleKeepTheirIds(ExpectMeasureBetween):
    """An id that changes every month joins nothing."""

    column: str = "people_gone_pct"
    max_value: float = 20
    severity: FailureSeverity = WARNING
    description: str = "At most 20 % of last month's person ids are gone."
    meta: dict[str, Any] = about(
        "GATE-135",
        "Paling banyak 20 % ID orang dari bulan lalu tidak ada lagi.",
        owner=DATA_TEAM,
        next_step="periksa apakah sebuah daftar besar hilang, atau penautan memecah orang",
    )


class ExpectVillagesSteady(ExpectMeasureBetween):
    """Families do not move by the hundred; a village code read wrongly does."""

    column: str = "village_shift_pct"
    max_value: float = 15
    severity: FailureSeverity = WARNING
    description: str = "At most 15 % of the families are spread over villages otherwise than in the last release."
    meta: dict[str, Any] = about(
        "GATE-136",
        "Sebaran keluarga menurut desa bergeser paling banyak 15 % dari rilis lalu.",
        owner=BAPPEDA,
        next_step="periksa kode desa pada kiriman terbaru dan daftar desa yang belum mengirim",
    )


class ExpectExclusionSteady(ExpectMeasureBetween):
    """A share of forgotten families that jumps is a missing payment list before it is news."""

    column: str = "exclusion_shift_points"
    max_value: float = 10
    severity: FailureSeverity = WARNING
    description: str = "The share of families that are exclusion errors moved at most 10 points since the last release."
    meta: dict[str, Any] = about(
        "GATE-137",
        "Bagian keluarga exclusion error bergeser paling banyak 10 poin dari rilis lalu.",
        owner=BAPPEDA,
        next_step="periksa apakah daftar pembayaran bulan ini lengkap",
    )
