"""What two cells of one row say about each other: NIK against birth date, sex and family card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from rbpk.domain.identity import WOMEN
from rbpk.feeds.contract import Kind
from rbpk.feeds.judge_dates import parse_dates
from rbpk.feeds.judge_identity import read_identities
from rbpk.feeds.judge_values import Finding, sexes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rbpk.feeds.contract import Contract
    from rbpk.feeds.judge_identity import Identities

_OLDEST = 105
# What stands in the NIK's cell is likely the family's card: many members would share it.
SWAPPED = "SWAP_SUSPECT"


def cross_findings(
    frame: pl.DataFrame, contract: Contract, clean: dict[str, Identities], regency: str, period_end: date
) -> Iterator[Finding]:
    """Yield findings that need more than one cell."""
    niks = [c.name for c in contract.of_kind(Kind.NIK) if c.name in clean]
    cards = [c.name for c in contract.of_kind(Kind.FAMILY_CARD) if c.name in clean]
    births = [c.name for c in contract.of_kind(Kind.BIRTH_DATE, Kind.BIRTH_PLACE_DATE) if c.name in frame.columns]
    sex = [c.name for c in contract.of_kind(Kind.SEX) if c.name in frame.columns]
    # `Tenggarong, 27-12-1983`: the date stands after the last comma.
    told_birth = frame[births[0]] if births else None
    if told_birth is not None and told_birth.str.contains(",", literal=True).any():
        told_birth = told_birth.str.extract(r"([^,]*)$", 1)
    born = parse_dates(told_birth) if told_birth is not None else None
    if born is not None and told_birth is not None:
        yield from _birth_findings(told_birth, born, births[0], period_end)
    if niks:
        # Nothing is wrong with it: a NIK tells where its holder was first registered, not where he lives.
        elsewhere = clean[niks[0]].number // 10**12 != int(regency.replace(".", ""))
        yield elsewhere, niks[0], "NIK_FOREIGN_PREFIX"
    if niks and cards:
        yield clean[niks[0]].number == clean[cards[0]].number, niks[0], "NIK_EQ_KK"
    if niks and born is not None:
        differs = _mismatch(clean[niks[0]].number, born)
        yield differs, niks[0], "NIK_DOB_MISMATCH"
        if cards:
            yield _swapped(differs, clean[niks[0]], frame[cards[0]], born), niks[0], SWAPPED
    if niks and sex:
        woman = (clean[niks[0]].number // 10**8 % 100) > WOMEN
        told = sexes(frame[sex[0]])
        yield woman != (told == "P"), niks[0], "NIK_SEX_MISMATCH"


def without_card_numbers(contract: Contract, clean: dict[str, Identities]) -> dict[str, Identities]:
    """Drop a NIK that equals the row's family card: one was copied into the other's cell."""
    cards = [c.name for c in contract.of_kind(Kind.FAMILY_CARD) if c.name in clean]
    for column in contract.of_kind(Kind.NIK):
        if cards and column.name in clean:
            nik = clean[column.name]
            clean[column.name] = unused(nik, nik.number == clean[cards[0]].number)
    return clean


def unused(numbers: Identities, rows: pl.Series) -> Identities:
    """Leave out the numbers of some rows; what they tell stays for the findings."""
    rows = rows.fill_null(value=False)
    if not rows.any():
        return numbers
    return replace(numbers, clean=pl.select(pl.when(~rows).then(numbers.clean)).to_series())


def _birth_findings(sent: pl.Series, born: pl.Series, name: str, period_end: date) -> Iterator[Finding]:
    text, day = pl.col("sent"), pl.col("born")
    oldest = period_end.replace(year=period_end.year - _OLDEST, day=1)
    found = pl.DataFrame({"sent": sent, "born": born}).select_seq(
        DOB_INVALID=(text.str.strip_chars().str.len_bytes() > 1) & day.is_null(),
        DOB_FUTURE=day > period_end,
        AGE_GT_105=day < oldest,
        DOB_DEFAULT_0101=(day.dt.month() == 1) & (day.dt.day() == 1),
    )
    for rows in found.iter_columns():
        yield rows, name, rows.name


def _swapped(differs: pl.Series, nik: Identities, card: pl.Series, born: pl.Series) -> pl.Series:
    """The card's cell tells the row's date of birth and the NIK's cell does not: they were likely exchanged."""
    doubtful = differs | (nik.refusal == "BAD_DATE")
    # Hardly any row is doubtful, and no other card is read as a NIK.
    index = doubtful.arg_true()
    if not len(index):
        return doubtful
    number, day = read_identities(card.gather(index), women=True).number, born.gather(index)
    return doubtful.scatter(index, number.is_not_null() & day.is_not_null() & ~_mismatch(number, day))


def _mismatch(number: pl.Series, born: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"told": number // 10**4 % 10**6, "born": born})
    # As the number writes it, women's forty days left out: two digits each of day, month and year.
    birth = pl.col("born")
    written = (birth.dt.day().cast(pl.Int64) * 100 + birth.dt.month()) * 100 + birth.dt.year() % 100
    woman = WOMEN * 10**4
    told = pl.when(pl.col("told") >= woman + 10**4).then(pl.col("told") - woman).otherwise("told")
    return frame.select_seq(differs=(told != written).fill_null(value=False))["differs"]
