"""Companies, alms and the army: what was promised, and what arrived, with evidence or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, months, sheets
from sample.feeds import said
from sample.feeds.helped import Office, Written, alive, heading
from sample.listing import picked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Ints
    from sample.listing import Context

COMPANIES = (
    "PT BARA ETAM LESTARI", "PT MAHAKAM SAWIT UTAMA", "PT TELUK SEMAYANG ENERGI", "PT JEMBAYAN KARYA TAMBANG",
    "PT KERTANEGARA SEMEN", "PT LEMBUSWANA TIRTA", "BANK PERKREDITAN IDAMAN", "PT SANGA NIAGA GAS",
    "PT KENOHAN KARET RAYA", "PT TENGGARONG BETON MANDIRI", "PT DANAU JEMPANG LOGISTIK", "PT ULIN ETAM PERKASA",
    "PT BUKIT BIRU TELEKOM", "CV MUARA WIS SEJAHTERA", "PT SEBULU ALAM HIJAU", "PT PESUT PELAYARAN",
    "PT LOA KULU LISTRIK", "PT ANGGANA AKUAKULTUR", "PT MARANG KAYU KIMIA", "PT TABANG RIMBA ABADI",
)  # fmt: skip
# programme, indicator, rupiah a unit, fewest and most units promised, how often promised
GIFTS = (
    ("PAKET SEMBAKO", "EKONOMI", 350_000, 20, 60, 4), ("MODAL UMKM", "EKONOMI", 4_000_000, 4, 12, 3),
    ("REHAB RUMAH", "RUMAH", 25_000_000, 1, 6, 3), ("JAMBAN SEHAT", "KESEHATAN", 7_500_000, 3, 10, 2.5),
    ("PELATIHAN KERJA", "PEKERJAAN", 5_000_000, 4, 10, 2.5), ("BEASISWA", "PENDIDIKAN", 1_500_000, 5, 20, 2),
)  # fmt: skip
STATUSES = ("RENCANA", "MOU", "BERJALAN", "SELESAI", "BATAL")
_PLANNED, _GIVING = 0, (2, 3)
_NO_EVIDENCE = 0.12
ALMS = (
    ("BANTUAN LANGSUNG", 600_000, 4), ("BANTUAN BERAS", 250_000, 3), ("PEDULI JOMPO", 500_000, 3),
    ("MODAL USAHA", 2_000_000, 1.5), ("RUMAH LAYAK HUNI", 20_000_000, 0.7),
)  # fmt: skip
_HOUSE = 50_000_000


def sheets_of(office: Office) -> Iterator[sheets.Sheet]:
    """Give the month's files."""
    count = 2 * len(COMPANIES) - 2
    promise = np.arange(count) + 64 * (office.context.month // 12)
    yield _promises(office.context, promise)
    yield _gifts(office, promise)
    yield _alms(office)
    yield _houses(office)


def _kind(context: Context, promise: Ints) -> Ints:
    return context.dice.pick("promise kind", promise, [gift[5] for gift in GIFTS])


def _status(context: Context, promise: Ints) -> Ints:
    return context.dice.pick("promise status", promise, (2, 3, 4, 2.5, 0.7))


def _village(context: Context, promise: Ints) -> Ints:
    return context.dice.pick("promise village", promise, context.regency.weights)


def _agreements(context: Context, promise: Ints) -> list[str | None]:
    planned = _status(context, promise) == _PLANNED
    year = context.month // 12
    return [
        None if none else f"{100 + number // 2}/MoU-TJSP/{1 + number % 2}/{year}"
        for number, none in enumerate(planned.tolist())
    ]


def _companies(promise: Ints) -> list[str]:
    return [COMPANIES[number // 2 % len(COMPANIES)] for number in range(len(promise))]


def _promises(context: Context, promise: Ints) -> sheets.Sheet:
    regency, dice = context.regency, context.dice
    kind, village = _kind(context, promise), _village(context, promise).tolist()
    least, most = (np.array([gift[place] for gift in GIFTS])[kind] for place in (3, 4))
    units = least + dice.bits("promise units", promise).astype(np.int64) % (most - least + 1)
    cost = np.array([gift[2] for gift in GIFTS])[kind]
    value = units * cost
    cells = pl.DataFrame({
        "No": np.arange(1, len(promise) + 1), "Perusahaan": _companies(promise), "Forum TJSP": "YA",
        "Program": [GIFTS[k][0] for k in kind.tolist()], "Indikator": [GIFTS[k][1] for k in kind.tolist()],
        "Kecamatan": [regency.kecamatan_names[v] for v in village],
        "Desa/Kelurahan": [regency.village_names[v].title() for v in village],
        "Unit Target": [str(n) for n in units.tolist()], "Biaya Satuan": [said.dotted(n) for n in cost.tolist()],
        "Nilai Komitmen": [f"Rp {said.dotted(n)},00" for n in value.tolist()],
        "No MoU": _agreements(context, promise), "Status": picked(STATUSES, _status(context, promise)),
    })  # fmt: skip
    return sheets.Sheet(
        f"mitra/TJSP_KOMITMEN_{months.compact(context.month)}.xlsx", cells,
        sheets.lines("tjsp_komitmen", [str(n) for n in promise.tolist()], value.tolist()), format="xlsx",
        sheet="KOMITMEN",
        titles=(
            "KOMITMEN PERUSAHAAN FORUM TJSP", f"{regency.title}", f"TAHUN {context.month // 12}", "",
        ),
    )  # fmt: skip


def _gifts(office: Office, promise: Ints) -> sheets.Sheet:
    """Give what arrived this month of promises being kept."""
    context, dice, feed = office.context, office.context.dice, "tjsp_penyaluran"
    kept = np.flatnonzero(np.isin(_status(context, promise), _GIVING))
    rows, rates = office.rows(feed, office.drawn(feed, office.heads(), office.scaled(0.008, 24)))
    village, kecamatan = said.villages(context, rows, rates)
    weight = np.array([gift[4] for gift in GIFTS])[_kind(context, promise[kept])]
    of = kept[dice.pick(f"{feed} promise {context.month}", rows.ids, weight)]
    kind = _kind(context, promise[of])
    value = np.array([gift[2] for gift in GIFTS])[kind]
    bare = dice.happens(f"{feed} no evidence {context.month}", rows.ids, _NO_EVIDENCE)
    rows.marks.add("no_evidence", bare)
    receipt = dice.between(f"{feed} receipt {context.month}", rows.ids, 1000, 9999).tolist()
    names, agreements = _companies(promise), _agreements(context, promise)
    day = months.civil(said.days(dice, feed, rows.ids, context.month))
    cells = pl.DataFrame({
        "perusahaan": [names[n] for n in of.tolist()], "program": [GIFTS[k][0] for k in kind.tolist()],
        "no_mou": [agreements[n] for n in of.tolist()], "nama_penerima": rows.names, "nik_penerima": rows.niks,
        "desa": village, "kecamatan": kecamatan, "nominal": [said.dotted(n) for n in value.tolist()],
        "tanggal": [f"{d:02d}-{m:02d}-{y}" for y, m, d in zip(*(part.tolist() for part in day), strict=True)],
        "no_bukti": [
            None if none else f"BAST/{n}/{context.month // 12}" for n, none in zip(receipt, bare.tolist(), strict=True)
        ],
    })  # fmt: skip
    path = f"mitra/TJSP_PENYALURAN_{months.compact(context.month)}.csv"
    return office.sheet(sheets.Sheet(path, cells, pl.DataFrame()), feed, Written(rows, value, twice=0.0))


def _alms(office: Office) -> sheets.Sheet:
    context, dice, feed = office.context, office.context.dice, "baznas"
    rows, rates = office.rows(feed, office.drawn(feed, office.heads(), office.scaled(0.0028, 12)))
    village, kecamatan = said.villages(context, rows, rates)
    kind = dice.pick(f"{feed} kind {context.month}", rows.ids, [weight for *_, weight in ALMS])
    value = np.array([amount for _, amount, _ in ALMS])[kind]
    day = months.civil(said.days(dice, feed, rows.ids, context.month))
    cells = pl.DataFrame({
        "Tanggal": [f"{d:02d}/{m:02d}/{y}" for y, m, d in zip(*(part.tolist() for part in day), strict=True)],
        "Nama Mustahik": rows.names, "NIK": rows.niks, "Alamat": archive.addresses(dice, "baznas", rows, village),
        "Desa/Kel": village, "Kecamatan": kecamatan,
        "Asnaf": picked(("FAKIR", "MISKIN", "GHARIM", "MUALAF"), dice.pick("asnaf", rows.persons, (3, 6, 0.6, 0.4))),
        "Program": [ALMS[k][0] for k in kind.tolist()],
        "Nominal": [f"Rp {said.dotted(n)},00" for n in value.tolist()],
        "Cara": picked(("TUNAI", "TRANSFER"), dice.between("alms by bank", rows.ids, 0, 1)),
    })  # fmt: skip
    sheet = sheets.Sheet(
        f"mitra/BAZNAS_PENYALURAN_{months.compact(context.month)}.xlsx", cells, pl.DataFrame(), format="xlsx",
        sheet="PENTASYARUFAN", signature="KETUA BAZNAS",
        titles=("LAPORAN PENDISTRIBUSIAN ZAKAT", f"BAZNAS {context.regency.title}", ""),
    )  # fmt: skip
    numbers = {"NIK": rows.marks.has("nik_excel15")}
    return office.sheet(sheet, feed, Written(rows, value, numbers=numbers, twice=0.0))


def _houses(office: Office) -> sheets.Sheet:
    context, dice, feed = office.context, office.context.dice, "tni"
    heads = office.heads()
    here = heads[alive(office)[heads]]
    rows, rates = office.rows(feed, office.drawn(feed, here, office.scaled(0.0015, 10)))
    village, kecamatan = said.villages(context, rows, rates)
    status = dice.pick(f"{feed} status {context.month}", rows.ids, (1.5, 3, 5, 0.5))
    done = status == 2
    progress = np.select([status == 1, done], [dice.between(f"{feed} progress", rows.ids, 10, 95), 100], 0)
    bare = done & dice.happens(f"{feed} no evidence", rows.ids, _NO_EVIDENCE)
    rows.marks.add("no_evidence", bare)
    value = np.full(len(rows.ids), _HOUSE)
    day = said.days(dice, feed, rows.ids, context.month)
    finished = [said.long_date(n) if yes else None for n, yes in zip(day.tolist(), done.tolist(), strict=True)]
    evidenced = zip(rows.homes.tolist(), (done & ~bare).tolist(), strict=True)
    cells = pl.DataFrame({
        "Satuan TNI": "KODIM 0906", "Tahun": str(context.month // 12), "Nama Penerima": rows.names, "NIK": rows.niks,
        "No KK": rows.cards, "Alamat": archive.addresses(dice, "tni", rows, village), "Desa": village,
        "Kecamatan": kecamatan, "Sumber Dana": "APBD KAB", "Nilai Bantuan": [said.dotted(n) for n in value.tolist()],
        "Progres Fisik (%)": [str(n) for n in progress.tolist()],
        "Status": picked(("RENCANA", "PROSES", "SELESAI", "BATAL"), status), "Tanggal Selesai": finished,
        "No BAST": [f"BAST/{100 + n % 900}/KODIM/{context.month // 12}" if yes else None for n, yes in evidenced],
    })  # fmt: skip
    sheet = sheets.Sheet(
        f"mitra/TNI_RUMAH_{months.compact(context.month)}.xlsx", cells, pl.DataFrame(), format="xlsx", sheet="UNIT",
        titles=heading(context, "REKAP RUMAH LAYAK HUNI BERSAMA TNI", "KODIM"), signature="KOMANDAN KODIM",
    )  # fmt: skip
    numbers = {"NIK": rows.marks.has("nik_excel15")}
    return office.sheet(sheet, feed, Written(rows, value, numbers=numbers, twice=0.0))
