"""Everything about people that is written as text: names, numbers, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from sample import identifiers, months, names
from sample.regions import elsewhere
from sample.world import FEMALE, MALE, NEVER

if TYPE_CHECKING:
    from sample.dice import Dice, Ints
    from sample.listing import Rows
    from sample.regions import Regency
    from sample.world import World

_WITH_FATHER = 0.035
P3KE_PRIME, P3KE_FIRST = 899_999_963, 100_000_000
"""Families carry the number `scattered(home, P3KE_PRIME) + P3KE_FIRST` in P3KE, and in all lists made from it."""
_STREETS = (
    "JL. POROS", "JL. MANGGIS", "JL. PELABUHAN", "JL. MASJID", "JL. USAHA TANI", "JL. PENDIDIKAN", "JL. MULAWARMAN",
    "JL. PATTIMURA", "JL. PERJUANGAN", "JL. KESEHATAN", "JL. DANAU SEMAYANG", "JL. GUNUNG BELAH", "JL. PESUT",
    "JL. AP. MANGKUNEGORO", "JL. LANGASENG", "JL. KH. AHMAD MUKSIN", "JL. DR. SUTOMO", "JL. TRANS KALIMANTAN",
    "GG. MAWAR", "GG. RAHMAT", "GG. KELUARGA", "BLOK A", "BLOK C", "TEPI SUNGAI", "DUSUN I", "DUSUN II", "DUSUN III",
    "DUSUN SUKAMAJU",
)  # fmt: skip
_STYLES = (4, 3, 3, 3, 2.5, 1.2, 0.8)  # how often each form of an address is met
_STREET_FORMS = ("JL. ", "JL. ", "JL. ", "JALAN ", "JL ", "JLN ")


@dataclass(frozen=True)
class Archive:
    """Texts about everyone, by number of the person or of the card."""

    names: pl.Series
    other_names: pl.Series  # without the father where he belongs, with him where he does not
    mothers: pl.Series
    niks: Ints
    cards: Ints
    places: list[str]

    @cached_property
    def niks_in_order(self) -> Ints:
        """Give every NIK held by someone, the smallest first."""
        return np.sort(self.niks)

    @staticmethod
    def of(world: World, dice: Dice, regency: str) -> Archive:
        """Write down the world as it is."""
        people = world.people
        spare, places = elsewhere(regency)
        numbers = np.arange(len(people))
        year = months.civil(people.birth)[0]
        men = names.Kind(np.full(len(people), MALE), people.culture, year - 28)
        women = names.Kind(np.full(len(people), FEMALE), people.culture, year - 25)
        father = names.give(dice, -1 - 2 * numbers, -1 - 2 * numbers, men)
        mother = names.give(dice, -2 - 2 * numbers, -2 - 2 * numbers, women)
        father = np.where((people.father != NEVER)[:, None], people.words[people.father], father)
        mother = np.where((people.mother != NEVER)[:, None], people.words[people.mother], mother)
        father[:, [0, 2, 3]] = 0
        own = names.write(people.words)
        long = names.with_fathers(own, names.write(father), people.sex, np.ones(len(people), dtype=bool))
        shown = dice.happens("father in the name", numbers, _WITH_FATHER)
        frame = pl.DataFrame({"own": own, "long": long, "shown": shown})
        both = frame.select(
            names=pl.when("shown").then("long").otherwise("own"),
            others=pl.when("shown").then("own").otherwise("long"),
        )
        return Archive(
            both["names"], both["others"], names.write(mother), identifiers.niks(dice, people, spare),
            identifiers.card_numbers(dice, world.cards, spare), places,
        )  # fmt: skip


def addresses(dice: Dice, feed: str, rows: Rows, village: list[str]) -> list[str]:
    """Write addresses as each office does: the street is the home's, its form the office's."""
    cards, homes = rows.card, rows.homes
    street = dice.pick("street", cards, np.ones(len(_STREETS))).tolist()
    number = dice.between("house number", cards, 1, 140).tolist()
    form = dice.pick(f"{feed} street form", homes, np.ones(len(_STREET_FORMS))).tolist()
    style = dice.pick(f"{feed} address style", homes, _STYLES).tolist()
    roads = [_STREETS[s].replace("JL. ", _STREET_FORMS[f]) for s, f in zip(street, form, strict=True)]
    parts = zip(roads, number, neighbourhood(dice, cards)[0].tolist(), style, village, strict=True)
    return [_address(*part) for part in parts]


def _address(road: str, number: int, rt: int, style: int, village: str) -> str:
    forms = (
        f"{road} RT. {rt:03d}", f"{road} NO {number}", f"{road} RT {rt}", f"{road} NO. {number}",
        f"{road} NO.{number} RT.{rt:02d}", road if number % 2 else f"RT {rt}", village,
    )  # fmt: skip
    return forms[style]


def neighbourhood(dice: Dice, cards: Ints) -> tuple[Ints, Ints]:
    """Give RT and RW of each home."""
    rt = 1 + (dice.uniform("rt", cards) ** 1.6 * 20).astype(np.int64)
    rw = 1 + (dice.uniform("rw", cards) ** 2 * 5).astype(np.int64)
    return rt, rw


def uuids(dice: Dice, question: str, ids: Ints) -> list[str]:
    """Give an identifier in the form of a UUID, upper case."""
    left, right = dice.bits(question, ids).tolist(), dice.bits(f"{question}:2", ids).tolist()
    result = []
    for high, low in zip(left, right, strict=True):
        text = f"{high:016X}{low:016X}"
        result.append(f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{'89AB'[low & 3]}{text[17:20]}-{text[20:]}")
    return result


def scattered(homes: Ints, prime: int) -> Ints:
    """Give each home another number below a prime, in no visible order."""
    return (homes.astype(np.int64) * 48_271 + 12_345) % prime


def village_fields(regency: Regency, village: Ints) -> tuple[list[str], list[str]]:
    """Give the kecamatan and village names."""
    return [regency.kecamatan_names[v] for v in village.tolist()], [regency.village_names[v] for v in village.tolist()]
