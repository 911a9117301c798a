"""Suites as code: typed, and described for people."""

from __future__ import annotations

from math import nan

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
    [(3, 3.0), (None, nan), ("3201", 3201.0), ("name", nan), (6402060101909001, nan), (nan, nan)],
)
def test_a_measure_is_a_number_no_larger_than_a_count(value: object, number: float) -> None:
    assert engine._number(value) == pytest.approx(number, abs=0, nan_ok=True)
