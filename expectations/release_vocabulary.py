"""Rules on the tables beside the households, and on the path from delivered row to published number.

Longer than most modules: it is the dictionary of these rules, and a dictionary is read by entry.
"""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

DATA_TEAM = "tim data RBPK"
DINSOS = "Dinas Sosial"

CRITICAL = FailureSeverity.CRITICAL
WARNING = FailureSeverity.WARNING


class ExpectAgreementTotals(ExpectNone):
    """The diagram and the list behind it are the same families."""

    column: str = "households_miscounted"
    severity: FailureSeverity = CRITICAL
    description: str = "Cells of the Venn diagram add up to the households of mart_households."
    meta: dict[str, Any] = about(
        "GATE-41",
        "Sel diagram Venn sama dengan jumlah keluarga di mart_households.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectAgreementCellsValid(ExpectNone):
    """A cell outside every circle is no part of the diagram."""

    column: str = "cells_invalid"
    severity: FailureSeverity = CRITICAL
    description: str = "Cells name a grain, at least one feed and a count of zero or more."
    meta: dict[str, Any] = about(
        "GATE-42",
        "Setiap sel menyebut satuan, sedikitnya satu sumber, dan jumlah nol atau lebih.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectNoMorePeopleThanLinked(ExpectNone):
    """People are made by linkage only."""

    column: str = "people_too_many"
    severity: FailureSeverity = CRITICAL
    description: str = "No more people are counted than linkage knows."
    meta: dict[str, Any] = about(
        "GATE-43",
        "Orang yang dihitung tidak lebih banyak daripada hasil penautan.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectCoverageSums(ExpectNone):
    """Eligible less excluded is served; what else is served may be an error."""

    column: str = "cells_contradicting"
    severity: FailureSeverity = CRITICAL
    description: str = "In each cell errors fit into eligible and served, and both into households."
    meta: dict[str, Any] = about(
        "GATE-45",
        "Di setiap sel, galat muat di dalam berhak dan terlayani, keduanya muat di dalam jumlah keluarga.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectCoverageComplete(ExpectNone):
    """Coverage of some families only would look like success."""

    column: str = "programmes_incomplete"
    severity: FailureSeverity = CRITICAL
    description: str = "Every programme judges every household once."
    meta: dict[str, Any] = about(
        "GATE-46",
        "Setiap program menilai setiap keluarga satu kali.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectQualityMatchesLedger(ExpectNone):
    """What is shown about a list is what was counted when it was landed."""

    column: str = "lists_unlike_ledger"
    severity: FailureSeverity = CRITICAL
    description: str = "Rows shown per list equal the ledger of the deliveries read."
    meta: dict[str, Any] = about(
        "GATE-50",
        "Jumlah baris per daftar sama dengan buku kiriman yang dipakai.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectSharesWithinHundred(ExpectNone):
    """A share of 140 % is a join gone wrong."""

    column: str = "shares_impossible"
    severity: FailureSeverity = CRITICAL
    description: str = "Shares are between 0 and 100."
    meta: dict[str, Any] = about(
        "GATE-51",
        "Persentase antara 0 dan 100.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectPaidWithinDelivered(ExpectNone):
    """Money cannot be paid that was not on the list."""

    column: str = "amounts_impossible"
    severity: FailureSeverity = CRITICAL
    description: str = "Paid amounts are not negative and not more than delivered ones."
    meta: dict[str, Any] = about(
        "GATE-55",
        "Jumlah dibayar tidak negatif dan tidak melebihi jumlah yang dikirim.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectAmountsByTheRule(ExpectMeasureBetween):
    """Odd amounts happen; many of them mean another index or a misread column."""

    column: str = "off_the_rule_pct"
    max_value: float = 10
    severity: FailureSeverity = WARNING
    description: str = "At most 10 % of the payments are no lawful combination of components."
    meta: dict[str, Any] = about(
        "GATE-56",
        "Paling banyak 10 % pembayaran bukan kombinasi komponen yang sah.",
        owner=DINSOS,
        next_step="mintakan klarifikasi kepada pendamping PKH",
    )


class ExpectChangesKnown(ExpectNone):
    """A change nobody can name helps nobody."""

    column: str = "changes_unknown"
    severity: FailureSeverity = CRITICAL
    description: str = "Changes are of a known kind and counted from one."
    meta: dict[str, Any] = about(
        "GATE-58",
        "Jenis perubahan dikenal dan jumlahnya mulai dari satu.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectVillagesUnderKecamatan(ExpectNone):
    """Totals by kecamatan are sums over its villages."""

    column: str = "regions_misplaced"
    severity: FailureSeverity = CRITICAL
    description: str = "Every region lies in the regency, every village in a listed kecamatan."
    meta: dict[str, Any] = about(
        "GATE-59",
        "Setiap wilayah ada di kabupaten, setiap desa di kecamatan yang terdaftar.",
        owner=DATA_TEAM,
        next_step="periksa daftar wilayah (seed) dan masa berlakunya",
        counts=True,
    )


class ExpectEveryRecordLinkedOnce(ExpectNone):
    """A record without a link is a person who vanished."""

    column: str = "records_not_linked_once"
    severity: FailureSeverity = CRITICAL
    description: str = "Every loaded record about a person has exactly one link."
    meta: dict[str, Any] = about(
        "GATE-60",
        "Setiap catatan orang yang dimuat memiliki tepat satu tautan.",
        owner=DATA_TEAM,
        next_step="jalankan ulang penautan; bila tetap, laporkan sebagai cacat sistem",
        counts=True,
    )


class ExpectOneHouseholdAPerson(ExpectNone):
    """A person in two households is helped twice or never."""

    column: str = "people_in_many_households"
    severity: FailureSeverity = CRITICAL
    description: str = "Each person belongs to one household."
    meta: dict[str, Any] = about(
        "GATE-61",
        "Setiap orang berada di satu keluarga.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat penautan; jangan terbitkan",
        counts=True,
    )


class ExpectClustersSmall(ExpectMeasureBetween):
    """Placeholders glue dozens of strangers into one person."""

    column: str = "clusters_large"
    max_value: float = 5
    severity: FailureSeverity = WARNING
    description: str = "At most 5 people are made of more than 40 records."
    meta: dict[str, Any] = about(
        "GATE-62",
        "Paling banyak 5 orang tersusun dari lebih dari 40 catatan.",
        owner=DATA_TEAM,
        next_step="tinjau NIK pengganti (placeholder) pada catatan tersebut",
    )


class ExpectLinkProfileUsual(ExpectNone):
    """Linkage that goes wrong as a whole shows in shares before it shows in any one link."""

    column: str = "profile_bounds_left"
    severity: FailureSeverity = CRITICAL
    description: str = (
        "At most 5 % of records are linked by weak rules (score below 0.9), at most 10 % of people stand twice in one "
        "list, and at least 25 % of the records of the smaller lists meet another list."
    )
    meta: dict[str, Any] = about(
        "GATE-64",
        "Profil tautan wajar: paling banyak 5 % lewat aturan lemah, paling banyak 10 % orang muncul dua kali dalam "
        "satu daftar, dan paling sedikit 25 % catatan daftar kecil bertemu daftar lain.",
        owner=DATA_TEAM,
        next_step="periksa kolom NIK dan tanggal lahir kiriman terbaru; tinjau linkage.person_links per aturan",
        counts=True,
    )


class ExpectLinksKept(ExpectNone):
    """Two runs of one month may not publish one another's people."""

    column: str = "links_not_kept"
    severity: FailureSeverity = CRITICAL
    description: str = "The month's register holds the links this release was built from."
    meta: dict[str, Any] = about(
        "GATE-63",
        "Register bulan ini memuat tautan yang dipakai rilis ini.",
        owner=DATA_TEAM,
        next_step="jalankan ulang penautan; run lain mungkin menimpanya",
        counts=True,
    )


class ExpectDeliveriesConserved(ExpectNone):
    """Nothing is lost silently."""

    column: str = "deliveries_unbalanced"
    severity: FailureSeverity = CRITICAL
    description: str = "Every delivery read by the release was landed whole: read = loaded + quarantined + duplicate."
    meta: dict[str, Any] = about(
        "GATE-65",
        "Setiap kiriman yang dipakai seimbang: dibaca = dimuat + dikarantina + duplikat.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat sistem",
        counts=True,
    )


class ExpectLandedRowsInRecords(ExpectNone):
    """What was loaded is what is linked, row for row."""

    column: str = "rows_lost_on_the_way"
    severity: FailureSeverity = CRITICAL
    description: str = "Every loaded row of every delivery reached the records of this release."
    meta: dict[str, Any] = about(
        "GATE-66",
        "Setiap baris yang dimuat sampai ke catatan rilis ini.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectEveryMartAudited(ExpectNone):
    """A table nobody asks anything of is published on trust."""

    column: str = "marts_without_suite"
    severity: FailureSeverity = WARNING
    description: str = "Every table of the release has a suite."
    meta: dict[str, Any] = about(
        "GATE-70",
        "Setiap tabel rilis memiliki aturan pemeriksaan.",
        owner=DATA_TEAM,
        next_step="tambahkan berkas di expectations/suites untuk tabel baru",
        counts=True,
    )
