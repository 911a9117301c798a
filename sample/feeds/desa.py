"""What village offices send: the village budget, cash aid from it, and the handover of the list to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, months, sheets, welfare
from sample.feeds import said
from sample.feeds.helped import Office, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Flags, Ints
    from sample.listing import Context
    from sample.registers import Register

# field, activity, name, fund, least and most in 100,000 rupiah
ACTIVITIES = (
    ("01", "01.01.01", "Penghasilan Tetap Kepala Desa dan Perangkat", "ADD", 4500, 8000),
    ("01", "01.03.02", "Penyusunan/Pendataan/Pemutakhiran Profil Desa dan Data Kependudukan", "ADD", 80, 300),
    ("02", "02.02.01", "Penyelenggaraan Posyandu", "DDS", 300, 800),
    ("02", "02.04.01", "Dukungan Pelaksanaan Program Pembangunan/Rehab RTLH GAKIN", "DDS", 250, 1500),
    ("02", "02.03.10", "Pembangunan Jalan Desa", "DDS", 1500, 5000),
    ("04", "04.01.02", "Bantuan Perikanan (Bibit/Pakan)", "DDS", 100, 700),
    ("04", "04.06.01", "Pembentukan BUM Desa dan Pelatihan", "DDS", 100, 500),
    ("05", "05.03.01", "Keadaan Mendesak: BLT Dana Desa", "DDS", 0, 0),
)
AID = 300_000
_HANDED, _SIGNED, _NO_POVERTY_LINES = 0.68, 0.86, 0.05


def is_desa(context: Context) -> Flags:
    """Say which villages are desa: a kelurahan has no budget of its own."""
    return np.array([code[9] == "2" for code in context.regency.village_codes], dtype=bool)


def sheets_of(office: Office, p3ke: Register) -> Iterator[sheets.Sheet]:
    """Give the month's files."""
    context = office.context
    heads = office.heads()
    homes = office.register.home[heads]
    rural = is_desa(context)[office.register.village[homes]]
    families = office.drawn("blt_dd", heads[rural], office.scaled(0.019, 28))
    helped = np.bincount(office.register.village[office.register.home[families]], minlength=len(is_desa(context)))
    yield _budgets(context, helped)
    yield _recipients(office, families)
    yield _handovers(context, p3ke)


def _budgets(context: Context, helped: Ints) -> sheets.Sheet:
    regency, dice = context.regency, context.dice
    province, year = regency.code[:2], context.month // 12
    elapsed = (context.month % 12 + 1) / 12
    rows: list[tuple[str, ...]] = []
    keys: list[str] = []
    values: list[int | None] = []
    for village in np.flatnonzero(is_desa(context)).tolist():
        numbers = village * 16 + np.arange(len(ACTIVITIES))
        size = dice.uniform(f"village budget {year}", numbers)
        change = 0.92 + 0.16 * dice.uniform(f"village revision {year}", numbers)
        pace = np.minimum(1.0, elapsed * (0.7 + 0.35 * dice.uniform(f"village pace {year}", numbers)))
        bare = bool(dice.happens("village without poverty lines", np.array([village]), _NO_POVERTY_LINES)[0])
        for place, (field, code, name, fund, least, most) in enumerate(ACTIVITIES):
            if bare and code in {"02.04.01", "04.01.02", "05.03.01"}:
                continue
            before = round(least + (most - least) * size[place]) * 100_000 or int(helped[village]) * AID * 12
            after = round(before * change[place] / 100_000) * 100_000
            cells = (before, after, int(after * pace[place]))
            district = regency.village_codes[village].split(".")
            rows.append((
                str(year), province, regency.code, regency.name, district[2], regency.kecamatan_names[village],
                district[3], regency.village_names[village], field, code, name, fund,
                *(f"{said.dotted(amount)},00" for amount in cells),
            ))  # fmt: skip
            keys.append(f"{regency.village_codes[village]}-{code}")
            values.append(after)
    titles = (
        "tahun", "kd_prov", "kd_kab", "nama_kabupaten", "kd_kec", "nama_kecamatan", "kd_desa", "nama_desa", "kd_bid",
        "id_keg", "nama_kegiatan", "kode_sumber", "anggaran1", "anggaran2", "realisasi2",
    )  # fmt: skip
    cells_ = pl.DataFrame(rows, schema=dict.fromkeys(titles, pl.String), orient="row")
    name = f"apbdes/APBDES_{regency.name.replace(' ', '_')}_{months.compact(context.month)}.csv"
    return sheets.Sheet(name, cells_, sheets.lines("apbdes", keys, values))


def _recipients(office: Office, families: Ints) -> sheets.Sheet:
    context, dice, feed = office.context, office.context.dice, "blt_dd"
    rows, _ = office.rows(feed, families)
    regency = context.regency
    village = [regency.village_names[v] for v in rows.village.tolist()]
    decree = 2 + rows.village % 17
    paid = said.days(dice, feed, rows.village, context.month)
    decile = welfare.decile(office.share(rows.persons))
    value = np.full(len(rows.ids), AID)
    year = context.month // 12
    number, date = context.month % 12 + 1, months.civil(paid)
    cells = pl.DataFrame({
        "tahun": [str(year)] * len(village), "kode_wilayah": [regency.village_codes[v] for v in rows.village.tolist()],
        "desa": village, "no_perkades": [f"{n:02d}/PERKADES/{year}" for n in decree.tolist()],
        "nik": rows.niks, "no_kk": rows.cards, "nama": rows.names,
        "alamat": archive.addresses(dice, "blt", rows, village),
        "kriteria": ["DESIL 1" if n == 1 else "DESIL 2-4" for n in decile.tolist()], "bulan": str(number),
        "nilai": [said.dotted(n) for n in value.tolist()],
        "tgl_terima": [f"{d:02d}/{m:02d}/{y}" for y, m, d in zip(*(part.tolist() for part in date), strict=True)],
    })  # fmt: skip
    name = f"apbdes/BLT_DD_{regency.name.replace(' ', '_')}_{months.compact(context.month)}.csv"
    return office.sheet(sheets.Sheet(name, cells, pl.DataFrame()), feed, Written(rows, value, twice=0.0))


def _handovers(context: Context, p3ke: Register) -> sheets.Sheet:
    """List the villages the list was handed to; some have yet to sign."""
    regency, dice = context.regency, context.dice
    everyone = np.arange(len(regency.village_codes))
    handed = np.flatnonzero(dice.happens("handover", everyone, _HANDED))
    members = p3ke.members()
    persons = np.bincount(p3ke.village[p3ke.home[members]], minlength=len(everyone))
    families = np.bincount(p3ke.village[np.unique(p3ke.home[members])], minlength=len(everyone))
    signed = dice.happens("handover signed", handed, _SIGNED)
    day = months.first_day(context.month - 9) + dice.between("handover day", handed, 0, 150)
    desa = is_desa(context)[handed]
    year = months.civil(day)[0].tolist()
    names = [regency.village_names[v] for v in handed.tolist()]
    cells = pl.DataFrame({
        "No": np.arange(1, len(handed) + 1),
        "No BA Serah Terima": [f"050/{101 + v}/BAST-P3KE/{y}" for v, y in zip(handed.tolist(), year, strict=True)],
        "Tanggal Serah Terima": pl.Series(day.astype(np.int32)).cast(pl.Date),
        "Kode Desa": [regency.village_codes[v] for v in handed.tolist()],
        "Kecamatan": [regency.kecamatan_names[v] for v in handed.tolist()], "Desa/Kelurahan": names,
        "Versi P3KE": "P3KE 2024", "Jumlah Keluarga": families[handed], "Jumlah Individu": persons[handed],
        "Pihak Menyerahkan": "BAPPEDA",
        "Jabatan Penerima": ["KEPALA DESA" if rural else "LURAH" for rural in desa.tolist()],
        "Ditandatangani": ["YA" if yes else "TIDAK" for yes in signed.tolist()],
    })  # fmt: skip
    keys = [regency.village_codes[v] for v in handed.tolist()]
    return sheets.Sheet(
        f"serah_terima/SERAH_TERIMA_P3KE_{months.compact(context.month)}.xlsx", cells,
        sheets.lines("handover", keys, [None] * len(keys)), format="xlsx", sheet="REKAP",
        titles=("REKAP BERITA ACARA SERAH TERIMA DATA P3KE", f"{regency.title}", ""),
    )  # fmt: skip
