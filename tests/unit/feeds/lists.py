"""Invented lists for tests of the readers."""

from __future__ import annotations

from rbpk.feeds.headers import Layout, find_layouts
from rbpk.feeds.registry import contract

COMPONENTS = contract("pkh", "components")
TITLES = [
    "NO_PESERTA",
    "NAMA_PENGURUS",
    "NIK_ART",
    "NAMA_ART",
    "TGL_LAHIR",
    "JENIS_KELAMIN",
    "HUBUNGAN",
    "KOMPONEN",
    "DESA",
    "KECAMATAN",
]
ROW = [
    "64030900284258",
    "HERLINA",
    "6402061007619496",
    "ISMAIL",
    "1961-07-10",
    "L",
    "KEPALA KELUARGA",
    "LANJUT USIA",
    "JAHAB",
    "TENGGARONG",
]


def layout(titles: list[str] = TITLES, above: int = 0) -> Layout:
    found = find_layouts([[] for _ in range(above)] + [list(titles)], [COMPONENTS])
    assert isinstance(found, Layout)
    return found


def row(number: int, **cells: str) -> list[str]:
    changed = dict(zip(TITLES, ROW, strict=True)) | {"NO_PESERTA": f"640309002842{number:02d}"} | cells
    return [changed[title] for title in TITLES]
