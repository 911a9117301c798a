"""What a visit to a family should find, and the words the visitors put it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample import welfare
from sample.feeds.helped import BARRED
from sample.world import DEAD, GONE

if TYPE_CHECKING:
    from sample.dice import Ints
    from sample.feeds.helped import Office

CODES = ("L", "TL-MAMPU", "TL-MENINGGAL", "TL-PINDAH", "TL-PEKERJAAN", "TL-TIDAK_DITEMUKAN")
WORTHY = 0
REASONS: dict[str, tuple[str | None, ...]] = {
    "L": ("rumah tidak layak", "kondisi sesuai", None),
    "TL-MAMPU": ("sudah mampu", "punya usaha besar", "ekonomi membaik"),
    "TL-MENINGGAL": ("kepala keluarga meninggal dunia", "meninggal", "meninggal dunia"),
    "TL-PINDAH": ("pindah ke luar desa", "pindah", "sudah pindah domisili"),
    "TL-PEKERJAAN": ("PNS/TNI/POLRI", "perangkat desa", "pensiunan PNS"),
    "TL-TIDAK_DITEMUKAN": ("tidak ditemukan", "alamat tidak ditemukan", "tidak dikenal RT"),
}
_BETTER_OFF, _LOST, _POSTPONED, _SILENT = 5, 0.02, 0.02, 0.03


def right(office: Office, persons: Ints) -> Ints:
    """Say what is true of the families of these heads, as a position in CODES."""
    people, dice = office.context.world.people, office.context.dice
    barred = np.array([job in BARRED for job in office.jobs(persons)], dtype=bool)
    homes = office.register.home[persons]
    return np.select(
        [
            people.state[persons] == DEAD, people.state[persons] == GONE, barred,
            welfare.decile(office.share(persons)) > _BETTER_OFF, dice.happens("nobody home", homes, _LOST),
        ],
        [2, 3, 4, 1, 5], WORTHY,
    )  # fmt: skip


def given(office: Office, question: str, persons: Ints, wrong: float) -> Ints:
    """Say what the visitor decided: mostly what is right, sometimes the other way round."""
    truth = right(office, persons)
    slip = office.context.dice.happens(f"{question} slip", persons, wrong)
    return np.where(slip, np.where(truth == WORTHY, 1, WORTHY), truth)


def reasons(office: Office, question: str, persons: Ints, decided: Ints) -> list[str | None]:
    """Put the reasons in words; now and then nothing is written."""
    dice = office.context.dice
    form = dice.between(f"{question} reason", persons, 0, 2).tolist()
    silent = dice.happens(f"{question} no reason", persons, _SILENT).tolist()
    return [
        None if none else REASONS[CODES[code]][kind]
        for code, kind, none in zip(decided.tolist(), form, silent, strict=True)
    ]


def words(office: Office, question: str, persons: Ints, decided: Ints, pair: tuple[str, str]) -> list[str]:
    """Write yes or no as this kind of visitor does; some decisions are put off."""
    later = office.context.dice.happens(f"{question} later", persons, _POSTPONED)
    return [
        "Tunda" if late else pair[code != WORTHY] for code, late in zip(decided.tolist(), later.tolist(), strict=True)
    ]
