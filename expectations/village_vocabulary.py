"""Rules on the tables about villages: nobody is left out, and parts add up to their whole."""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.basis import ExpectNone, about

DATA_TEAM = "tim data RBPK"

CRITICAL = FailureSeverity.CRITICAL


class ExpectEveryRegionPresent(ExpectNone):
    """Priority orders, it never filters (R37)."""

    column: str = "regions_missing"
    severity: FailureSeverity = CRITICAL
    description: str = "Every region the table is about has its row."
    meta: dict[str, Any] = about(
        "GATE-110",
        "Setiap wilayah yang menjadi pokok tabel memiliki baris.",
        owner=DATA_TEAM,
        next_step="bandingkan dengan dim_regions, laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )


class ExpectScoresPossible(ExpectNone):
    """An award nobody can check is worse than none."""

    column: str = "scores_impossible"
    severity: FailureSeverity = CRITICAL
    description: str = "Scores lie between 0 and 100, weights add up to 100, and only desa compete."
    meta: dict[str, Any] = about(
        "GATE-111",
        "Nilai antara 0 dan 100, jumlah bobot 100, dan hanya desa yang dinilai.",
        owner=DATA_TEAM,
        next_step="periksa village_score_weights; jangan umumkan peringkat",
        counts=True,
    )


class ExpectLevelsAgree(ExpectNone):
    """A regency that is not the sum of its villages is two answers."""

    column: str = "levels_disagreeing"
    severity: FailureSeverity = CRITICAL
    description: str = "Villages and the regency count the same families, those of mart_households."
    meta: dict[str, Any] = about(
        "GATE-112",
        "Jumlah keluarga per desa sama dengan kabupaten dan mart_households.",
        owner=DATA_TEAM,
        next_step="laporkan sebagai cacat model; jangan terbitkan",
        counts=True,
    )
