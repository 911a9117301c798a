"""Dates, money and periods as offices write them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbpk.domain.dates import parse_date
from rbpk.domain.period import Period
from rbpk.domain.rupiah import parse_rupiah
from rbpk.feeds.judge_dates import parse_dates

DATES = [
    ("Senin, 3 November 2026", date(2026, 11, 3)),
    ("3 November 2026 00:00:00", date(2026, 11, 3)),
    ("20261103", date(2026, 11, 3)),
    ("03112026", None),
    ("1995-07-14", date(1995, 7, 14)),
    ("1995-07-14 00:00:00", date(1995, 7, 14)),
    ("1995-07-14T00:00:00", date(1995, 7, 14)),
    ("14/07/1995 0:00:00", date(1995, 7, 14)),
    ("14-07-1995", date(1995, 7, 14)),
    ("4.7.1995", date(1995, 7, 4)),
    ("17 Agustus 1945", date(1945, 8, 17)),
    ("1-Mei-2001", date(2001, 5, 1)),
    ("17 Pebruari 1980", date(1980, 2, 17)),
    ("34894", date(1995, 7, 14)),
    ("34894.0", date(1995, 7, 14)),
    (" 14/07/1995\xa0", date(1995, 7, 14)),
    ("31/02/1995", None),
    ("07/14/1995", None),
    ("17 Foo 1945", None),
    ("0", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("sent", "expected"), DATES)
def test_reads_a_date(sent: str | None, expected: date | None) -> None:
    assert parse_date(sent) == expected


SENT = st.one_of(
    st.sampled_from([sent for sent, _ in DATES]),
    st.dates(date(1900, 3, 1)).map(str),
    st.dates(date(1900, 3, 1)).map(lambda d: d.strftime("%d/%m/%Y")),
    st.text(alphabet="0123456789-/. :TMeiJun", max_size=12),
)


@given(st.lists(SENT, min_size=1, max_size=40))
def test_columns_of_dates_are_read_as_single_ones_are(sent: list[str | None]) -> None:
    assert parse_dates(pl.Series(sent, dtype=pl.String)).to_list() == [parse_date(value) for value in sent]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("600.000", 600_000),
        ("Rp 1.500.000,00", 1_500_000),
        ("Rp. 750000", 750_000),
        ("1,500,000", 1_500_000),
        ("750000.0", 750_000),
        ("500.000,-", 500_000),
        ("0", 0),
        ("-", None),
        ("lima ratus", None),
        (None, None),
    ],
)
def test_reads_money(sent: str | None, expected: int | None) -> None:
    assert parse_rupiah(sent) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("PERIODE 202609", "2026-09"),
        ("Periode : September 2026", "2026-09"),
        ("DATA BULAN OKTOBER 2026", "2026-10"),
        ("DATA TERPADU 2022", None),
        ("NOMOR 156/BAST/10/2022", None),
    ],
)
def test_finds_the_month_a_title_states(title: str, expected: str | None) -> None:
    said = Period.said_in(title)
    assert (str(said) if said else None) == expected


def test_a_period_counts_back_over_new_year() -> None:
    assert str(Period.parse("2026-02").months_before(3)) == "2025-11"


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "202610", ""])
def test_refuses_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)
