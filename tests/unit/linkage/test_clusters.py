"""Clusters and the guards around them: pairs that explode, knots, and strangers joined by a third row."""

from __future__ import annotations

import re

import polars as pl
import pytest

from rbpk.errors import LinkageInconsistent
from rbpk.linkage.blocking import refuse_explosion
from rbpk.linkage.cascade import load_scores
from rbpk.linkage.clusters import LARGEST_CLUSTER, components, refuse_knots
from rbpk.linkage.edges import EDGE_SCHEMA
from rbpk.linkage.engine import open_engine
from rbpk.linkage.linking import check_links
from rbpk.linkage.rules import RULES
from rbpk.warehouse import statement
from tests.unit.linkage.people import groups, nik, row, solve, table

BORN = "12-03-1980"


def edges(*pairs: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame([(left, right, "r", 0.9) for left, right in pairs], schema=EDGE_SCHEMA, orient="row")


def test_a_cluster_is_named_by_its_smallest_unit() -> None:
    clusters = components(6, edges((4, 5), (1, 4), (2, 3)))

    assert clusters["cluster"].to_list() == [0, 1, 2, 2, 1, 1]


def test_no_edges_leave_everybody_alone() -> None:
    assert components(3, edges())["cluster"].to_list() == [0, 1, 2]


def test_refuses_rules_that_would_compare_everything_with_everything() -> None:
    sizes = pl.DataFrame({"rule": ["nik", "village"], "pairs": [10, 5_000_000], "largest_block": [2, 3163]})

    with pytest.raises(LinkageInconsistent, match="village: one key is shared by 3163 records") as caught:
        refuse_explosion(sizes, units=10_000)

    assert caught.value.facts["rule"] == "village"


def test_a_small_month_may_compare_everything() -> None:
    refuse_explosion(pl.DataFrame({"rule": ["nik"], "pairs": [90_000], "largest_block": [424]}), units=500)


def test_a_placeholder_that_passed_as_a_birth_date_stops_the_run_before_it_eats_memory() -> None:
    rows = [row("p3ke", f"NAMA {number:05}", BORN, village_code="00.01.01.2001") for number in range(500)]

    with pytest.raises(LinkageInconsistent, match="placeholder"):
        solve(rows)


def test_refuses_a_knot_of_strangers() -> None:
    size = LARGEST_CLUSTER + 1
    knot = pl.DataFrame({"unit": range(size), "cluster": [0] * size})

    with pytest.raises(LinkageInconsistent, match=f"own {size} different"):
        refuse_knots(knot)


def test_a_row_without_nik_joins_the_side_it_fits_better() -> None:
    records = table(
        [
            row("p3ke", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9001), family="1"),
            row("p3ke", "RIZKI HIDAYAT", BORN, family="1"),
            row("dtks", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9457), card="88"),
            row("pkh", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9457), family="5"),
            row("pkh", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9001), family="6"),
        ]
    )

    assert groups(solve(records), records, "person_id") == [0, 0, 1, 1, 0]


def test_every_rule_has_a_score_and_every_score_a_rule() -> None:
    text = statement("rbpk.linkage", "rules") + statement("rbpk.linkage", "household_rules")

    assert {rule.name for rule in RULES} == set(re.findall(r"then '(\w+)'", text))
    assert all(0 < rule.score < 1 for rule in RULES)
    with open_engine() as engine:
        load_scores(engine)
        assert len(engine.connection.table("rule_scores")) == len(RULES)


@pytest.mark.parametrize(
    ("problem", "spoil"),
    [
        ("a record left out", lambda links: links.head(1)),
        ("a record linked twice", lambda links: pl.concat([links.head(1), links.head(1)])),
        ("a link without person", lambda links: links.with_columns(person_id=pl.lit(None, pl.String))),
        (
            "a person in two households",
            lambda links: links.with_columns(person_id=pl.lit("p"), household_id=pl.Series(["h1", "h2"])),
        ),
    ],
)
def test_refuses_links_that_are_not_one_for_one(problem: str, spoil: object) -> None:
    records = table([row("p3ke", "BUDI", BORN), row("dtks", "KARTINI", "07-11-1991")])
    links = solve(records).links
    check_links(records, links)

    with pytest.raises(LinkageInconsistent):
        check_links(records, spoil(links))  # type: ignore[operator]
