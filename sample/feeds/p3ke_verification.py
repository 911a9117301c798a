"""P3KE: the verification template of 2023, filled in by the villages that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import archive, life, months, sheets, welfare
from sample.damage.rates import P3KE
from sample.feeds import p3ke, verdicts
from sample.listing import Rows, picked, rows_of, written_dates, yes
from sample.world import DEAD

if TYPE_CHECKING:
    from sample.dice import Ints
    from sample.feeds.helped import Office
    from sample.registers import Register

_USING = (0.30, 0.38)  # villages that use the template, beside the rounds of the visitors
_ATTRIBUTES = {
    "kepemilikan_rumah": "kepemilikan_rumah", "memiliki_simpanan": "memiliki_simpanan", "jenis_atap": "jenis_atap",
    "jenis_dinding": "jenis_dinding", "jenis_lantai": "jenis_lantai", "sumber_penerangan": "sumber_penerangan",
    "bahan_bakar_memasak": "bahan_bakar_memasak", "sumber_air_minum": "sumber_air_minum",
    "memiliki_fasilitas_buang_air_besar": "fasilitas_bab",
}  # fmt: skip


def sheet_of(office: Office, pkh: Register) -> sheets.Sheet:
    """Give the template with the verdict of the field on every member of the families visited."""
    context, register = office.context, office.register
    persons = register.members()
    place = context.dice.uniform("villages with template", register.village[register.home[persons]])
    chosen = persons[(place >= _USING[0]) & (place < _USING[1])]
    rows = rows_of(context, register, P3KE, chosen if len(chosen) else persons[:4])
    numbers = archive.scattered(rows.homes, archive.P3KE_PRIME) + archive.P3KE_FIRST
    decided = _decided(office, rows)
    cells = pl.DataFrame({
        "ID_keluarga_P3KE": numbers, "dimuktakhirkan_tahun": "2023", **_who(office, rows, pkh),
        **_verdict(office, rows, decided), "sumber_data": "P3KE", "tahun_data": "2023",
    })  # fmt: skip
    cells = cells.insert_column(0, pl.Series("No", np.arange(1, len(cells) + 1)))
    sheets.stale(context, register, rows)
    keys = [f"{family}-{number}" for family, number in zip(numbers.tolist(), rows.ordinal.tolist(), strict=True)]
    truth = sheets.truth(context, rows, "p3ke_verval", "person", keys)
    truth = truth.with_columns(note=pl.Series([verdicts.CODES[n] for n in decided.tolist()], dtype=pl.String))
    return sheets.Sheet(
        f"p3ke/P3KE_VERVAL_{context.regency.name.replace(' ', '_')}_{months.compact(context.month)}.xlsx", cells,
        truth, format="xlsx", sheet="Sheet1", titles=("TEMPLAT VERIFIKASI DATA P3KE", ""),
    )  # fmt: skip


def _decided(office: Office, rows: Rows) -> Ints:
    """Decide once a family, on its head; who died is struck off himself."""
    heads = office.heads()
    of = np.zeros(len(office.register.listed), dtype=np.int64)
    of[office.register.home[heads]] = heads
    family = verdicts.given(office, "p3ke_verval", of[rows.homes], 0.03)
    return np.where(office.context.world.people.state[rows.persons] == DEAD, 2, family)


def _who(office: Office, rows: Rows, pkh: Register) -> dict[str, pl.Series | list[str] | list[str | None] | str]:
    context, regency = office.context, office.context.regency
    share = p3ke.place(context, rows.homes)
    kecamatan, village = archive.village_fields(regency, rows.village)
    rt, rw = archive.neighbourhood(context.dice, rows.card)
    house = welfare.house(context.dice, rows.homes, share)
    person = p3ke.person(context, rows)
    relation = np.array([0, 1, 2, 3, 3, 3])[rows.relation]
    return {
        "provinsi": regency.province, "kabupaten": regency.name, "kecamatan": kecamatan, "kelurahan": village,
        "kode_kemdagri": [regency.village_codes[v].replace(".", "") for v in rows.village.tolist()],
        "desil_kesejahteraan": pl.Series(welfare.decile(share)),
        "persentil": pl.Series((share * 100).astype(np.int64) + 1),
        "alamat": archive.addresses(context.dice, "p3ke", rows, village),
        "RT": [str(n) for n in rt.tolist()], "RW": [str(n) for n in rw.tolist()], "IDIndividu": pl.Series(rows.ordinal),
        "prioritas_verval": pl.Series([None] * len(village), dtype=pl.String), "nama": rows.names, "NIK": rows.niks,
        "nomor_KK": rows.cards, "tanggal_lahir": written_dates(rows.birth, rows.no_birth, "%Y-%m-%d"),
        "padan_dukcapil": person["Padan Dukcapil"], "jenis_kelamin": person["Jenis Kelamin"],
        "hubungan_dengan_KK": picked(("Kepala Keluarga", "Istri/Suami", "Anak", "Lainnya"), relation),
        "status_kawin": picked(life.MARITAL, context.world.people.marital[rows.persons].astype(np.int64)),
        "pekerjaan": life.jobs(context.dice, rows.persons, rows.age, rows.sex, share),
        "pendidikan": life.schooling(context.dice, rows.persons, rows.age, share),
        "umur": pl.Series(rows.age), "penerima_PKH": yes(pkh.listed[rows.homes]),
        **{title: pl.Series(house[name]) for title, name in _ATTRIBUTES.items()},
    }  # fmt: skip


def _verdict(office: Office, rows: Rows, decided: Ints) -> dict[str, pl.Series | list[str]]:
    words = ["Ya" if code == verdicts.WORTHY else "Tidak" for code in decided.tolist()]
    reason = verdicts.reasons(office, "p3ke_verval", rows.persons, decided)
    told = [why if word == "Tidak" else None for why, word in zip(reason, words, strict=True)]
    return {
        "VERVAL_memenuhi_kriteria_P3KE": words,
        "VERVAL_alasan_tidak_memenuhi_kriteria": pl.Series(told, dtype=pl.String),
        "VERVAL_keterangan": pl.Series([None] * len(words), dtype=pl.String),
    }
