"""Verification in the field: village meetings, Puskesos, TKSK and PKH companions, who do not always agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, months
from sample.damage.rates import PKH
from sample.feeds import said, verdicts
from sample.feeds.helped import Office, Written
from sample.feeds.pkh_families import families_of, numbers
from sample.listing import rows_of
from sample.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.dice import Flags, Ints
    from sample.listing import Rows

# Villages visited in a month, as a stretch of one draw: musdes sits where Puskesos has been, so they can disagree.
_PUSKESOS, _MUSDES, _TKSK = (0.0, 0.25), (0.0, 0.15), (0.20, 0.30)
_WRONG = {"puskesos": 0.034, "musdes": 0.05, "tksk": 0.05, "pendamping": 0.113}
_NEW = 0.06


def sheets_of(p3ke: Office, local: Office, pkh: Office) -> Iterator[Sheet]:
    """Give the month's files."""
    yield _meetings(p3ke, local)
    yield _puskesos(p3ke)
    yield _tksk(p3ke)
    yield _companions(pkh)


def _visited(office: Office, stretch: tuple[float, float], share: float, question: str) -> Ints:
    """Give the heads of the families visited this month."""
    context, heads = office.context, office.heads()
    homes = office.register.home[heads]
    place = context.dice.uniform(f"villages visited {context.month}", office.register.village[homes])
    there = (place >= stretch[0]) & (place < stretch[1])
    chosen = heads[there & context.dice.happens(f"{question} {context.month}", homes, share)]
    # A very small regency has a visit all the same.
    return chosen if len(chosen) else heads[:2]


def _family_numbers(rows: Rows) -> list[str | None]:
    return [str(n) for n in (archive.scattered(rows.homes, archive.P3KE_PRIME) + archive.P3KE_FIRST).tolist()]


def _notes(office: Office, rows: Rows) -> list[str]:
    return [verdicts.CODES[code] for code in verdicts.right(office, rows.persons).tolist()]


def _meetings(p3ke: Office, local: Office) -> Sheet:
    """Give the decisions of the village meetings; they also add families the list forgot."""
    feed, context = "musdes", p3ke.context
    listed = _visited(p3ke, _MUSDES, 0.7, feed)
    old = _meeting(p3ke, feed, listed, None)
    villages = np.unique(p3ke.register.village[p3ke.register.home[listed]])
    heads = local.heads()
    homes = local.register.home[heads]
    known = np.zeros(len(local.register.listed), dtype=bool)
    known[: len(p3ke.register.listed)] = p3ke.register.listed
    there = heads[np.isin(local.register.village[homes], villages) & ~known[homes]]
    forgotten = local.drawn(f"{feed} new", there, max(4, round(_NEW * len(listed))))
    new = _meeting(local, f"{feed}_baru", forgotten, "Usulan Baru")
    cells = pl.concat([old.cells.drop("No"), new.cells.drop("No")])
    truth = pl.concat([old.truth, new.truth.with_columns(feed=pl.lit(feed), note=pl.lit("BARU"))])
    numbered = cells.insert_column(0, pl.Series("No", np.arange(1, len(cells) + 1)))
    return replace(old, cells=numbered, truth=truth, path=f"verval/MUSDES_{months.compact(context.month)}.xlsx")


def _meeting(office: Office, feed: str, persons: Ints, verdict: str | None) -> Sheet:
    context, regency = office.context, office.context.regency
    rows, rates = office.rows(feed, persons)
    village, kecamatan = said.villages(context, rows, rates)
    decided = verdicts.given(office, feed, rows.persons, _WRONG["musdes"])
    when = f"{context.month % 12 + 1:02d}/{context.month // 12}"
    days = said.days(context.dice, "meeting", rows.village, context.month)
    names = [regency.village_names[v] for v in rows.village.tolist()]
    title = ["LURAH" if regency.village_codes[v][9] == "1" else "KEPALA DESA" for v in rows.village.tolist()]
    blank: list[str | None] = [None] * len(names)
    cells = pl.DataFrame({
        "No BA": [f"{101 + v}/BA-MUSDES/{when}" for v in rows.village.tolist()],
        "Tanggal BA": [said.long_date(day) for day in days.tolist()],
        "Kode Desa": [regency.village_codes[v] for v in rows.village.tolist()], "Desa": village,
        "Kecamatan": kecamatan,
        "ID Keluarga P3KE": pl.Series(blank if verdict else _family_numbers(rows), dtype=pl.String),
        "NIK": rows.niks, "Nama": rows.names,
        "Memenuhi Kriteria": [verdict] * len(names) if verdict
        else verdicts.words(office, feed, rows.persons, decided, ("Ya", "Tidak")),
        "Alasan": pl.Series(
            ["belum terdata"] * len(names) if verdict else verdicts.reasons(office, feed, rows.persons, decided),
            dtype=pl.String,
        ),
        "Pejabat": [f"{office_} {name}" for office_, name in zip(title, names, strict=True)],
    })  # fmt: skip
    sheet = Sheet(
        "verval/MUSDES", cells, pl.DataFrame(), format="xlsx", sheet="MUSDES",
        titles=(
            "BERITA ACARA MUSYAWARAH DESA/KELURAHAN", f"VERIFIKASI DATA P3KE {regency.title}", "",
        ),
    )  # fmt: skip
    return office.sheet(sheet, feed, Written(rows, note=_notes(office, rows), twice=0.0))


def _puskesos(office: Office) -> Sheet:
    feed, context = "verval_puskesos", office.context
    rows, rates = office.rows(feed, _visited(office, _PUSKESOS, 0.6, feed))
    village, kecamatan = said.villages(context, rows, rates)
    decided = verdicts.given(office, feed, rows.persons, _WRONG["puskesos"])
    day = said.days(context.dice, feed, rows.ids, context.month)
    cells = pl.DataFrame({
        "tanggal_kunjungan": _short_dates(day), "kecamatan": kecamatan, "desa": village,
        "id_keluarga_p3ke": _family_numbers(rows), "nik": rows.niks, "nama_kepala_keluarga": rows.names,
        "hasil": verdicts.words(office, feed, rows.persons, decided, ("LAYAK", "TIDAK LAYAK")),
        "alasan": pl.Series(verdicts.reasons(office, feed, rows.persons, decided), dtype=pl.String),
        "petugas": [f"PUSKESOS {context.regency.village_names[v]}" for v in rows.village.tolist()],
    })  # fmt: skip
    sheet = Sheet(
        f"verval/VERVAL_PUSKESOS_{months.compact(context.month)}.xlsx", cells, pl.DataFrame(), format="xlsx",
        sheet="VERVAL",
        titles=(
            "HASIL VERIFIKASI LAPANGAN PUSKESOS", f"{context.regency.title}",
            f"PERIODE {months.compact(context.month)}", "",
        ),
    )  # fmt: skip
    return office.sheet(sheet, feed, Written(rows, note=_notes(office, rows), twice=0.0))


def _tksk(office: Office) -> Sheet:
    feed, context = "verval_tksk", office.context
    rows, rates = office.rows(feed, _visited(office, _TKSK, 0.5, feed))
    village, kecamatan = said.villages(context, rows, rates)
    decided = verdicts.given(office, feed, rows.persons, _WRONG["tksk"])
    day = said.days(context.dice, feed, rows.ids, context.month)
    cells = pl.DataFrame({
        "Nama TKSK": [f"TKSK {context.regency.kecamatan_names[v]}" for v in rows.village.tolist()],
        "Tanggal Kunjungan": _short_dates(day), "Kecamatan": kecamatan, "Desa": village, "Sumber Data": "P3KE",
        "ID Keluarga Sumber": _family_numbers(rows), "NIK": rows.niks, "No KK": rows.cards, "Nama KPM": rows.names,
        "Keputusan": verdicts.words(office, feed, rows.persons, decided, ("Layak", "Tidak Layak")),
        "Alasan": pl.Series(verdicts.reasons(office, feed, rows.persons, decided), dtype=pl.String),
    })  # fmt: skip
    path = f"verval/KUNJUNGAN_TKSK_{months.compact(context.month)}.csv"
    return office.sheet(Sheet(path, cells, pl.DataFrame()), feed, Written(rows, note=_notes(office, rows), twice=0.0))


def _companions(office: Office) -> Sheet:
    feed, context = "verval_pendamping_pkh", office.context
    families = families_of(context, office.register)
    chosen = context.dice.happens(f"{feed} {context.month}", families.caretakers, 0.3)
    rates = replace(PKH, feed=feed, name=PKH.name | {"name_case": 0.3}, village_text=0.35)
    rows = rows_of(context, office.register, rates, families.caretakers[_some(chosen)])
    office.mark(rows)
    village, kecamatan = said.villages(context, rows, rates)
    decided = verdicts.given(office, feed, rows.persons, _WRONG["pendamping"])
    day = pl.Series(said.days(context.dice, feed, rows.ids, context.month).astype(np.int32)).cast(pl.Date)
    cells = pl.DataFrame({
        "TGL": day.dt.strftime("%Y-%m-%d"), "NO_PESERTA": numbers(families, rows.homes), "NIK": rows.niks,
        "NAMA": rows.names, "DESA": village, "KECAMATAN": kecamatan,
        "STATUS_KUNJUNGAN": verdicts.words(office, feed, rows.persons, decided, ("Eligible", "Tidak Eligible")),
        "CATATAN": pl.Series(verdicts.reasons(office, feed, rows.persons, decided), dtype=pl.String),
    })  # fmt: skip
    path = f"verval/KUNJUNGAN_PENDAMPING_PKH_{months.compact(context.month)}.csv"
    return office.sheet(Sheet(path, cells, pl.DataFrame()), feed, Written(rows, note=_notes(office, rows), twice=0.0))


def _some(chosen: Flags) -> Flags:
    """Visit someone also where chance would visit nobody."""
    if not chosen.any():
        chosen[:1] = True
    return chosen


def _short_dates(day: Ints) -> pl.Series:
    return pl.Series(day.astype(np.int32)).cast(pl.Date).dt.strftime("%d/%m/%Y")
