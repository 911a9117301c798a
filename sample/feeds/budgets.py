"""The regency's budget by sub-activity, and what has been spent of it: less than the poor need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from sample import months, sheets
from sample.feeds.said import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.listing import Context

_REVISED_FROM = 8  # the revised budget holds from September on
_LATE = ("REFOCUSING", "MENUNGGU VERIFIKASI DATA PENERIMA", "KETERLAMBATAN DOKUMEN", "GAGAL LELANG")


class Line(NamedTuple):
    """A sub-activity; its ceiling in rupiah a family of the regency."""

    office: str
    office_name: str
    code: str
    name: str
    indicator: str | None
    strategy: str | None
    fund: str
    unit_cost: int | None
    unit: str | None
    a_family: int
    revised: float
    window: tuple[int, int]


_SOCIAL = ("1.06.0.00.0.00.08.0000", "DINAS SOSIAL")
_EDUCATION = ("1.01.2.22.0.00.01.0000", "DINAS PENDIDIKAN DAN KEBUDAYAAN")
_WORKS = ("1.03.0.00.0.00.03.0000", "DINAS PEKERJAAN UMUM")
LINES = (
    Line(*_SOCIAL, "1.06.05.2.02.0006", "Fasilitasi Bantuan Sosial Kesejahteraan Keluarga", "EKONOMI", "EXPENDITURE",
         "DAU", 3_000_000, "KK", 90_000, 2.5, (3, 12)),
    Line(*_SOCIAL, "1.06.05.2.02.0003", "Pengelolaan Data Fakir Miskin Cakupan Daerah Kabupaten/Kota", None, None,
         "PAD", None, None, 1_600, 1.2, (1, 12)),
    Line(*_SOCIAL, "1.06.04.2.01.0001", "Penyediaan Permakanan", "EKONOMI", "EXPENDITURE", "DAU", 450_000, "ORANG",
         6_800, 1.1, (2, 11)),
    Line("1.04.2.10.0.00.05.0000", "DINAS PERUMAHAN DAN KAWASAN PERMUKIMAN", "1.04.04.2.01.0002",
         "Perbaikan Rumah Tidak Layak Huni", "RUMAH", "POCKET", "DBH", 25_000_000, "UNIT", 68_000, 1.3, (4, 11)),
    Line("1.02.0.00.0.00.02.0000", "DINAS KESEHATAN", "1.02.02.2.02.0026", "Pengelolaan Jaminan Kesehatan Masyarakat",
         "KESEHATAN", "EXPENDITURE", "PAJAK ROKOK", 504_000, "ORANG", 58_000, 1.0, (1, 12)),
    Line(*_EDUCATION, "1.01.02.2.01.0045", "Penyediaan Biaya Personil Peserta Didik Sekolah Dasar", "PENDIDIKAN",
         "EXPENDITURE", "DAU", 900_000, "ORANG", 8_000, 1.1, (7, 12)),
    Line(*_EDUCATION, "1.01.02.2.02.0051", "Penyediaan Biaya Personil Peserta Didik Sekolah Menengah Pertama",
         "PENDIDIKAN", "EXPENDITURE", "DAU", 1_200_000, "ORANG", 5_100, 1.1, (7, 12)),
    Line("2.07.3.32.0.00.11.0000", "DINAS TRANSMIGRASI DAN TENAGA KERJA", "2.07.03.2.01.0001",
         "Proses Pelaksanaan Pendidikan dan Pelatihan Keterampilan bagi Pencari Kerja", "PEKERJAAN", "INCOME", "DBH",
         4_500_000, "ORANG", 10_300, 1.25, (3, 10)),
    Line("2.17.0.00.0.00.18.0000", "DINAS KOPERASI DAN UKM", "2.17.07.2.01.0015",
         "Pemberdayaan Usaha Mikro melalui Kemitraan dan Permodalan", "EKONOMI", "INCOME", "DBH", 5_000_000, "ORANG",
         12_000, 1.5, (4, 11)),
    Line(*_WORKS, "1.03.03.2.01.0020", "Perluasan SPAM Jaringan Perpipaan", "KESEHATAN", "POCKET", "DAK", None, None,
         51_000, 1.0, (5, 12)),
    Line(*_WORKS, "1.03.05.2.01.0025", "Pembangunan Tangki Septik dan Jamban Keluarga", "KESEHATAN", "POCKET", "DAK",
         7_500_000, "UNIT", 14_100, 1.2, (5, 11)),
    Line("3.27.0.00.0.00.24.0000", "DINAS PERTANIAN DAN PETERNAKAN", "3.27.02.2.01.0004",
         "Penyediaan Sarana Pertanian bagi Petani Miskin", "EKONOMI", "INCOME", "DBH", 1_500_000, "PAKET", 9_900, 1.1,
         (2, 10)),
    Line("3.25.0.00.0.00.23.0000", "DINAS KELAUTAN DAN PERIKANAN", "3.25.03.2.02.0002",
         "Pengembangan Kapasitas Nelayan Kecil", "PEKERJAAN", "INCOME", "DBH", None, None, 6_600, 1.2, (3, 10)),
    Line("2.13.0.00.0.00.16.0000", "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA", "2.13.04.2.01.0008",
         "Fasilitasi Pengelolaan Keuangan Desa", None, None, "PAD", None, None, 2_000, 1.0, (1, 12)),
    Line("2.16.2.20.2.21.17.0000", "DINAS KOMUNIKASI DAN INFORMATIKA", "X.XX.01.2.07.0002",
         "Pengadaan Kendaraan Dinas Operasional", None, None, "PAD", None, None, 3_000, 0.8, (6, 9)),
)  # fmt: skip
_OVERSPENT = "X.XX.01.2.07.0002"


def sheets_of(context: Context) -> Iterator[sheets.Sheet]:
    """Give the budget and the month's report on it."""
    families = int(context.world.homes.alive.sum())
    original = [_round(line.a_family * families) for line in LINES]
    revised = [_round(line.a_family * families * line.revised) for line in LINES]
    changed = context.month % 12 >= _REVISED_FROM
    ceiling = revised if changed else original
    plans = [_plan(context, number, total) for number, total in enumerate(ceiling)]
    yield _budget(context, original, revised if changed else None, plans)
    yield _report(context, ceiling, plans)


def _round(rupiah: float) -> int:
    return max(100_000, round(rupiah / 100_000) * 100_000)


def _plan(context: Context, number: int, total: int) -> list[int]:
    """Spread a ceiling over the months of its window."""
    first, last = LINES[number].window
    turns = np.arange(first, last + 1) + 100 * number
    share = context.dice.between(f"cash {context.month // 12}", turns, 5, 14)
    parts: list[int] = (total * share // share.sum() // 1000 * 1000).tolist()
    parts[-1] += total - sum(parts)
    return [0] * (first - 1) + parts + [0] * (12 - last)


def _budget(context: Context, original: list[int], revised: list[int] | None, plans: list[list[int]]) -> sheets.Sheet:
    now = revised or original
    cells = pl.DataFrame({
        "No": np.arange(1, len(LINES) + 1), "Kode SKPD": [line.office for line in LINES],
        "Nama SKPD": [line.office_name for line in LINES], "Kode Program": [line.code[:7] for line in LINES],
        "Kode Sub Kegiatan": [line.code for line in LINES], "Nama Sub Kegiatan": [line.name for line in LINES],
        "Label Kemiskinan": [line.indicator for line in LINES], "Strategi": [line.strategy for line in LINES],
        "Sumber Dana": [line.fund for line in LINES], "Harga Satuan": [line.unit_cost for line in LINES],
        "Satuan": [line.unit for line in LINES], "Pagu Murni": original,
        **({"Pagu Perubahan": revised} if revised else {}),
        "Waktu Awal": [str(line.window[0]) for line in LINES], "Waktu Akhir": [str(line.window[1]) for line in LINES],
        **{f"Bulan {month + 1}": [plan[month] for plan in plans] for month in range(12)},
    })  # fmt: skip
    kind = "PERUBAHAN" if revised else "MURNI"
    return sheets.Sheet(
        f"apbd/APBD_SUBKEGIATAN_{kind}_{months.compact(context.month)}.xlsx", cells,
        sheets.lines("apbd_pagu", [line.code for line in LINES], list(now)), format="xlsx", sheet="APBD",
        titles=(
            "ANGGARAN SUB KEGIATAN PENANGGULANGAN KEMISKINAN", f"PEMERINTAH {context.regency.title}",
            f"TAHUN ANGGARAN {context.month // 12}", "",
        ),
    )  # fmt: skip


def _report(context: Context, ceiling: list[int], plans: list[list[int]]) -> sheets.Sheet:
    """Report the totals since January; one office spends more than it may."""
    month, numbers = context.month % 12 + 1, np.arange(len(LINES))
    planned = np.array([sum(plan[:month]) for plan in plans])
    pace = 0.52 + 0.46 * context.dice.uniform(f"pace {context.month // 12}", numbers)
    spent = (planned * pace).astype(np.int64)
    for number, line in enumerate(LINES):
        if line.code == _OVERSPENT and planned[number] == ceiling[number]:
            spent[number] = ceiling[number] * 104 // 100
    done = np.minimum(100.0, 100.0 * spent / np.array(ceiling))
    reason = context.dice.between(f"late {context.month}", numbers, 0, len(_LATE) - 1).tolist()
    late = (spent < 0.75 * planned).tolist()
    cells = pl.DataFrame({
        "bulan": [str(month)] * len(LINES), "kode_skpd": [line.office for line in LINES],
        "kode_sub_kegiatan": [line.code for line in LINES], "nama_sub_kegiatan": [line.name for line in LINES],
        "pagu": [f"{dotted(n)},00" for n in ceiling], "rak": [f"{dotted(n)},00" for n in planned.tolist()],
        "realisasi_anggaran": [f"{dotted(n)},00" for n in spent.tolist()],
        "realisasi_fisik": [f"{share:.2f}".replace(".", ",") for share in done.tolist()],
        "permasalahan": [_LATE[kind] if slow else None for kind, slow in zip(reason, late, strict=True)],
    })  # fmt: skip
    truth = sheets.lines("apbd_realisasi", [line.code for line in LINES], spent.tolist())
    return sheets.Sheet(f"apbd/RFK_{months.compact(context.month)}.csv", cells, truth)
