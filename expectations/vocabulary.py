"""Rules on the households of a candidate release, in the words of the offices that act on them.

Longer than most modules: it is the dictionary of these rules, and a dictionary is read by entry.
"""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

BAPPEDA = "Bappeda"
DATA_TEAM = "tim data RBPK"

CRITICAL = FailureSeverity.CRITICAL
WARNING = FailureSeverity.WARNING
INFO = FailureSeverity.INFO


class ExpectHouseholdsUnique(ExpectNone):
    """Every list starts from one row a household."""

    column: str = "households_repeated"
    severity: FailureSeverity = CRITICAL
    description: str = "Each household is one row."
    meta: dict[str, Any] = about(
        "GATE-30",
        "Setiap keluarga satu baris.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectDesilBetweenOneAndTen(ExpectNone):
    """The law knows ten deciles."""

    column: str = "desil_outside_1_10"
    severity: FailureSeverity = CRITICAL
    description: str = "A known desil is between 1 and 10."
    meta: dict[str, Any] = about(
        "GATE-31",
        "Desil yang diketahui antara 1 dan 10.",
        owner=DATA_TEAM,
        next_step="periksa pembacaan kolom desil pada kontrak data",
        counts=True,
    )


class ExpectVillagesOfTheRegency(ExpectNone):
    """A family listed under a wrong village is visited by nobody."""

    column: str = "villages_unknown"
    severity: FailureSeverity = CRITICAL
    description: str = "A known village is one of the regency's and lies in the row's kecamatan."
    meta: dict[str, Any] = about(
        "GATE-32",
        "Desa yang diketahui ada di kabupaten ini dan di kecamatan pada baris itu.",
        owner=DATA_TEAM,
        next_step="periksa daftar wilayah dan penggantian kode desa",
        counts=True,
    )


class ExpectErrorsConsistent(ExpectNone):
    """The two lists the regent signs may not contradict each other."""

    column: str = "errors_contradicting"
    severity: FailureSeverity = CRITICAL
    description: str = "An exclusion error is eligible and is not an inclusion error."
    meta: dict[str, Any] = about(
        "GATE-34",
        "Exclusion error berarti berhak dan bukan inclusion error.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectFewHouseholdsUnlisted(ExpectMeasureBetween):
    """Families that left every list stay known, but they should be few."""

    column: str = "unlisted_pct"
    max_value: float = 20
    severity: FailureSeverity = WARNING
    description: str = "At most 20 % of the households are active in no feed."
    meta: dict[str, Any] = about(
        "GATE-33",
        "Paling banyak 20 % keluarga tidak aktif di sumber mana pun.",
        owner=DATA_TEAM,
        next_step="periksa status kepesertaan pada kiriman terakhir",
    )


class ExpectFewHouseholdsWithoutVillage(ExpectMeasureBetween):
    """A family without a village is on no village's list."""

    column: str = "without_village_pct"
    max_value: float = 2
    severity: FailureSeverity = WARNING
    description: str = "At most 2 % of the households have no village."
    meta: dict[str, Any] = about(
        "GATE-35",
        "Paling banyak 2 % keluarga tanpa desa.",
        owner=BAPPEDA,
        next_step="kirim daftar tanpa desa ke kecamatan untuk dilengkapi",
    )


class ExpectDesilMostlyKnown(ExpectMeasureBetween):
    """Only P3KE carries a desil: recorded, because the share moves with the lists."""

    column: str = "desil_known_pct"
    min_value: float = 25
    severity: FailureSeverity = INFO
    description: str = "At least a quarter of the households has a known desil."
    meta: dict[str, Any] = about(
        "GATE-36",
        "Sedikitnya seperempat keluarga diketahui desilnya.",
        owner=BAPPEDA,
        next_step="hanya P3KE membawa desil; pertimbangkan daftar yang lebih baru",
    )


class ExpectHouseholdSizesPlausible(ExpectMeasureBetween):
    """One wrong NIK glues two families together."""

    column: str = "oversized_pct"
    max_value: float = 0.5
    severity: FailureSeverity = WARNING
    description: str = "At most 0.5 % of the households have more than 15 members."
    meta: dict[str, Any] = about(
        "GATE-37",
        "Paling banyak 0,5 % keluarga beranggota lebih dari 15 orang.",
        owner=DATA_TEAM,
        next_step="tinjau tautan keluarga tersebut; satu NIK salah dapat menggabungkan dua keluarga",
    )


class ExpectHouseholdsKept(ExpectMeasureBetween):
    """Lists shrink lawfully after a village meeting; somebody must have its minutes."""

    column: str = "removed_pct"
    max_value: float = 20
    severity: FailureSeverity = WARNING
    description: str = "At most 20 % of the households shown now are gone."
    meta: dict[str, Any] = about(
        "GATE-38",
        "Paling banyak 20 % keluarga pada rilis sekarang hilang.",
        owner=BAPPEDA,
        next_step="minta berita acara; daftar memang dapat menyusut setelah musdes",
    )


class ExpectHouseholdCountCloseToLastRelease(ExpectMeasureBetween):
    """A jump of the total is explained before it is believed."""

    column: str = "households_pct"
    min_value: float = 80
    max_value: float = 120
    severity: FailureSeverity = WARNING
    description: str = "The number of households is within 20 % of the release shown now."
    meta: dict[str, Any] = about(
        "GATE-39",
        "Jumlah keluarga berbeda paling banyak 20 % dari rilis sekarang.",
        owner=BAPPEDA,
        next_step="bandingkan jumlah baris per sumber dengan bulan lalu",
    )


class ExpectDesilsStable(ExpectMeasureBetween):
    """Deciles move when a new P3KE arrives, not from month to month."""

    column: str = "desil_changed_pct"
    max_value: float = 20
    severity: FailureSeverity = WARNING
    description: str = "At most 20 % of the households in both releases changed their desil."
    meta: dict[str, Any] = about(
        "GATE-40",
        "Paling banyak 20 % keluarga yang sama berubah desilnya.",
        owner=BAPPEDA,
        next_step="periksa apakah P3KE versi baru diterima",
    )
