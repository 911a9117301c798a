"""Suites as code: typed, described for people, and free of what GX would misread."""

from __future__ import annotations

import pytest

import expectations
from expectations.basis import ExpectMeasureBetween, ExpectNone, about
from rbpk.feeds.registry import feed_names
from rbpk.gate import Suite, engine

ALL = (*expectations.release_suites(), *(s for feed in feed_names() for s in expectations.delivery_suites(feed)))


class ExpectNothing(ExpectNone):
    """Expect nothing at all."""

    column: str = "nothing"
    meta = about("GATE-99", "Tidak ada.", owner="x", next_step="y")


@pytest.mark.parametrize("suite", ALL, ids=lambda suite: suite.audits)
def test_every_rule_speaks_to_people(suite: Suite) -> None:
    for expectation in suite.expectations:
        meta = expectation.meta or {}
        assert expectation.description, type(expectation).__name__
        assert meta["rule"].startswith("GATE-")
        assert all(meta[word] for word in ("description_id", "owner", "next_step"))


def test_a_rule_means_one_thing_everywhere() -> None:
    kinds: dict[str, set[str]] = {}
    for suite in ALL:
        for expectation in suite.expectations:
            kinds.setdefault((expectation.meta or {})["rule"], set()).add(type(expectation).__name__)
    assert {rule: names for rule, names in kinds.items() if len(names) > 1} == {}


def test_no_measures_hold_what_sqlalchemy_would_read_as_a_parameter() -> None:
    assert [suite.audits for suite in ALL if "%" in suite.measures] == []


def test_refuses_a_rule_that_is_there_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Suite("marts.x", "select 0 as nothing", (ExpectNothing(), ExpectNothing()))


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0, 0, "= 0"), (1, None, ">= 1"), (None, 33, "<= 33"), (80, 120, "80 .. 120")]
)
def test_says_the_limit_as_people_write_it(low: float | None, high: float | None, said: str) -> None:
    limits = {name: value for name, value in (("min_value", low), ("max_value", high)) if value is not None}
    assert engine._threshold(ExpectMeasureBetween(column="x", **limits)) == said


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3.0), (None, None), ("3201", 3201.0), ("name", None), (6402060101909001, None), (float("nan"), None)],
)
def test_a_measure_is_a_number_no_larger_than_a_count(value: object, number: float | None) -> None:
    assert engine._number(value) == number


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://a:p%24w%2F@db.example:5433/rbpk?sslmode=require",
        "host=db.example port=5433 dbname=rbpk user=a password='p$w/' sslmode=require",
    ],
)
def test_spells_any_dsn_for_sqlalchemy(dsn: str) -> None:
    url = engine._url(dsn)
    assert url.startswith("postgresql+psycopg2://a:p%24w%2F@db.example:5433/rbpk?")
    assert "sslmode=require" in url
