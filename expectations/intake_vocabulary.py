"""Rules on one landed delivery, in the words of the offices that send and read the lists.

Longer than most modules: it is the dictionary of these rules, and a dictionary is read by entry.
"""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectMeasureBetween, ExpectNone, about

SENDER = "pengirim daftar"
DATA_TEAM = "tim data RBPK"

CRITICAL = FailureSeverity.CRITICAL
WARNING = FailureSeverity.WARNING


class ExpectRowsLanded(ExpectMeasureBetween):
    """A list without a single usable row is no list."""

    column: str = "rows_landed"
    min_value: float = 1
    severity: FailureSeverity = CRITICAL
    description: str = "The delivery holds at least one usable row."
    meta: dict[str, Any] = about(
        "GATE-01",
        "Kiriman memuat sedikitnya satu baris yang dapat dipakai.",
        owner=SENDER,
        next_step="minta berkas lengkap, lalu kirim ulang ke kotak masuk",
    )


class ExpectRowsConserved(ExpectNone):
    """Every delivered row is loaded, quarantined or a counted duplicate; the ledger and the tables agree."""

    column: str = "rows_unaccounted"
    severity: FailureSeverity = CRITICAL
    description: str = "Every row read is loaded, quarantined or counted as an identical duplicate."
    meta: dict[str, Any] = about(
        "GATE-02",
        "Setiap baris yang dibaca dimuat, dikarantina, atau dihitung sebagai duplikat identik.",
        owner=DATA_TEAM,
        next_step="bandingkan audit.deliveries dengan tabel landing dan karantina, laporkan sebagai cacat sistem",
        counts=True,
    )


class ExpectRowsTraceable(ExpectNone):
    """Each row knows its file, sheet and row, once, and belongs to the delivery's regency and month."""

    column: str = "rows_untraceable"
    severity: FailureSeverity = CRITICAL
    description: str = "Each row names its file, sheet and row once, and carries the delivery's regency and period."
    meta: dict[str, Any] = about(
        "GATE-03",
        "Setiap baris menyebut berkas, lembar, dan nomor barisnya satu kali, dengan kabupaten dan periode kiriman.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat sistem; jangan perbaiki tabel dengan tangan",
        counts=True,
    )


class ExpectQuarantineSmall(ExpectMeasureBetween):
    """When a third of a list is unusable, the list was made or read wrongly, and the rest is not to be trusted."""

    column: str = "quarantined_pct"
    max_value: float = 33
    severity: FailureSeverity = CRITICAL
    description: str = "At most a third of the rows is quarantined."
    meta: dict[str, Any] = about(
        "GATE-04",
        "Paling banyak sepertiga baris masuk karantina.",
        owner=SENDER,
        next_step="unduh baris karantina, perbaiki penyebab terbanyak di berkas asal, kirim ulang",
    )


class ExpectOwnRegency(ExpectMeasureBetween):
    """A list of another regency dropped into this one's folder."""

    column: str = "foreign_rows_pct"
    max_value: float = 10
    severity: FailureSeverity = CRITICAL
    description: str = "At most 10 % of the rows belong to another regency."
    meta: dict[str, Any] = about(
        "GATE-05",
        "Paling banyak 10 % baris berasal dari kabupaten lain.",
        owner=SENDER,
        next_step="periksa apakah berkas ditaruh di folder kabupaten yang benar",
    )


class ExpectNiksNotRounded(ExpectMeasureBetween):
    """Spreadsheets keep 15 digits: a NIK typed as a number ends in 0; one in ten does so by nature."""

    column: str = "niks_ending_in_zero_pct"
    max_value: float = 50
    severity: FailureSeverity = CRITICAL
    description: str = "At most half of the accepted NIKs end in 0 (more means a spreadsheet rounded them)."
    meta: dict[str, Any] = about(
        "GATE-06",
        "Paling banyak setengah NIK berakhiran 0 (lebih dari itu berarti dibulatkan oleh lembar kerja).",
        owner=SENDER,
        next_step="minta ekspor ulang dengan kolom NIK sebagai teks",
    )


class ExpectMostNiksValid(ExpectMeasureBetween):
    """National audits found 11-20 % bad NIKs; the families still need help, so this warns."""

    column: str = "valid_niks_pct"
    min_value: float = 80
    severity: FailureSeverity = WARNING
    description: str = "At least 80 % of the rows carry a well-formed NIK."
    meta: dict[str, Any] = about(
        "GATE-07",
        "Sedikitnya 80 % baris memiliki NIK yang berbentuk benar.",
        owner=SENDER,
        next_step="padankan daftar dengan Dukcapil; tautan akan lebih banyak bergantung pada nama dan tanggal lahir",
    )


class ExpectVillagesResolved(ExpectMeasureBetween):
    """A family without a village is on nobody's list."""

    column: str = "without_village_pct"
    max_value: float = 1
    severity: FailureSeverity = WARNING
    description: str = "At most 1 % of the rows have a village that could not be resolved."
    meta: dict[str, Any] = about(
        "GATE-08",
        "Paling banyak 1 % baris desanya tidak dikenali.",
        owner=SENDER,
        next_step="perbaiki kode atau nama desa; tambahkan ejaan baru ke daftar wilayah bila memang sah",
    )


class ExpectNiksRarelyRepeated(ExpectMeasureBetween):
    """One NIK on many rows glues families together."""

    column: str = "repeated_niks_pct"
    max_value: float = 5
    severity: FailureSeverity = WARNING
    description: str = "At most 5 % of the rows repeat a NIK of another row."
    meta: dict[str, Any] = about(
        "GATE-09",
        "Paling banyak 5 % baris mengulang NIK baris lain.",
        owner=SENDER,
        next_step="periksa NIK ganda pada pengirim; tautan yang meragukan masuk daftar tinjauan",
    )


class ExpectReasonsWithinContract(ExpectNone):
    """Each kind of damage has its own limit in the feed's contract."""

    column: str = "reasons_over_limit"
    severity: FailureSeverity = WARNING
    description: str = "No kind of damage is more frequent than the feed's contract allows."
    meta: dict[str, Any] = about(
        "GATE-10",
        "Tidak ada jenis kerusakan yang melebihi batas pada kontrak data.",
        owner=SENDER,
        next_step="lihat alasan karantina dan temuan per kolom, sampaikan kepada pengirim",
        counts=True,
    )


class ExpectDuplicatesFew(ExpectMeasureBetween):
    """Many identical rows mean that sheets were pasted twice."""

    column: str = "duplicate_rows_pct"
    max_value: float = 10
    severity: FailureSeverity = WARNING
    description: str = "At most 10 % of the rows are identical duplicates."
    meta: dict[str, Any] = about(
        "GATE-11",
        "Paling banyak 10 % baris merupakan duplikat identik.",
        owner=SENDER,
        next_step="tanyakan apakah lembar tersalin dua kali",
    )


class ExpectVolumeCloseToLastPeriod(ExpectMeasureBetween):
    """A list may shrink by 80 % after a village meeting, lawfully: this asks for the minutes, it does not block."""

    column: str = "volume_pct"
    min_value: float = 80
    max_value: float = 120
    severity: FailureSeverity = WARNING
    description: str = "The number of rows is close to the last delivered period."
    meta: dict[str, Any] = about(
        "GATE-12",
        "Jumlah baris dekat dengan periode kiriman sebelumnya.",
        owner=SENDER,
        next_step="minta nomor berita acara atau SK yang menjelaskan perubahan jumlah",
    )
