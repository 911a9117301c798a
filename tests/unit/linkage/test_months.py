"""Identifiers from month to month: who keeps one, who gets one, and what is recorded when people merge or part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.linkage.registry import no_memory

if TYPE_CHECKING:
    from rbpk.linkage.registry import Memory
    from rbpk.linkage.resolving import Resolution

from benchmarks.accuracy.solving import grown
from tests.unit.linkage.people import Row, nik, row, solve, table
from tests.unit.linkage.test_household_cases import CHILD, FATHER, MOTHER, SON, WIFE, member

BORN = "12-03-1980"


def months(*deliveries: list[Row]) -> list[Resolution]:
    """Link months in turn, each remembering the ones before."""
    memory: Memory = no_memory()
    resolutions = []
    for number, rows in enumerate(deliveries, start=1):
        named = [{**values, "delivery_id": f"{values['delivery_id']} month {number}"} for values in rows]
        resolutions.append(solve(table(named), memory))
        memory = grown(memory, resolutions[-1], since=number)
    return resolutions


def ids(resolution: Resolution, column: str = "person_id") -> list[str]:
    return resolution.links.sort("source_row")[column].to_list()


def test_the_same_rows_keep_their_ids_and_teach_nothing() -> None:
    rows = [member("dtks", who, card="77") for who in (FATHER, MOTHER, CHILD)]

    first, second = months(rows, rows)

    assert ids(second) == ids(first)
    assert ids(second, "household_id") == ids(first, "household_id")
    assert [len(part) for part in second.learned] == [0, 0, 0, 0]


def test_a_corrected_nik_keeps_the_person() -> None:
    before = row("dtks", "BUDI SANTOSO", BORN, nik=nik(BORN, 9001), card="77")
    after = row("dtks", "BUDI SANTOSO", BORN, nik=nik(BORN, 9777), card="77")

    first, second = months([before], [after])

    assert ids(second) == ids(first)


def test_a_new_family_card_keeps_the_household() -> None:
    before = [member("dtks", who, card="77") for who in (FATHER, MOTHER, CHILD)]
    after = [member("dtks", who, card="99") for who in (FATHER, MOTHER, CHILD)]

    first, second = months(before, after)

    assert ids(second, "household_id") == ids(first, "household_id")


def test_the_widow_keeps_the_household() -> None:
    before = [member("dtks", who, card="77") for who in (FATHER, MOTHER, CHILD)]
    after = [member("dtks", MOTHER, card="99", is_family_head=True), member("dtks", CHILD, card="99")]

    first, second = months(before, after)

    assert ids(second, "household_id") == ids(first, "household_id")[1:]


def test_a_son_who_marries_gets_a_household_and_the_parents_keep_theirs() -> None:
    before = [member("dtks", who, card="77") for who in (FATHER, MOTHER, SON)]
    after = [
        member("dtks", FATHER, card="77"),
        member("dtks", MOTHER, card="77"),
        member("dtks", SON, card="88", is_family_head=True),
        member("dtks", WIFE, card="88"),
    ]

    first, second = months(before, after)

    parents, couple = ids(second, "household_id")[:2], ids(second, "household_id")[2:]
    assert parents == ids(first, "household_id")[:2]
    assert len(set(couple)) == 1
    assert couple[0] not in parents
    assert ids(second)[:3] == ids(first)


def test_a_blank_family_card_leaves_people_where_they_lived() -> None:
    before = [member("dtks", who, card="77") for who in (FATHER, MOTHER, CHILD)]
    after = [member("dtks", FATHER, card="77"), member("dtks", MOTHER), member("dtks", CHILD)]

    first, second = months(before, after)

    assert ids(second, "household_id") == ids(first, "household_id")


def test_two_people_found_to_be_one_merge_into_the_older_id() -> None:
    old = row("dtks", "BUDI SANTOSO", BORN, nik=nik(BORN, 9001))
    stranger = row("p3ke", "BUDI", "12-03-1908", nik=None, village_code="00.01.09.2001", family="4")
    found = row("pkh", "BUDI SANTOSO", "12-03-1908", nik=nik(BORN, 9001), family_card="55", family="4")
    also = row("p3ke", "BUDI SANTOSO", "12-03-1908", nik=nik(BORN, 9001), village_code="00.01.09.2001", family="4")

    first, second, third = months([old], [old, stranger], [old, stranger, also, found])

    assert len(set(ids(second))) == 2
    assert set(ids(third)) == set(ids(first))
    (newer,) = set(ids(second)) - set(ids(first))
    changes = third.learned.changes.filter(entity="person").select("kind", "old_id", "new_id").rows()
    assert changes == [("merge", newer, ids(first)[0])]


def test_one_person_found_to_be_two_keeps_the_id_with_the_anchor() -> None:
    # A row without NIK first, then each of the two people with a number of their own.
    one = row("dtks", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9001))
    vague = row("p3ke", "RIZKY HIDAYAT", BORN, family="4")
    other = row("pkh", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9457), family="4", village_code="00.01.02.2001")
    again = row("p3ke", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9457), family="4")

    twice = row("pkh", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9001), family="5")

    first, second = months([one, vague], [one, twice, again, other])

    assert len(set(ids(first))) == 1
    assert ids(second)[:2] == ids(first)
    assert ids(second)[2] == ids(second)[3] != ids(second)[0]


def test_ids_of_people_who_are_away_for_a_month_come_back() -> None:
    rows = [member("dtks", who, card="77") for who in (FATHER, MOTHER)]

    first, _, third = months(rows, rows[:1], rows)

    assert ids(third) == ids(first)


def test_shuffled_rows_give_the_same_links() -> None:
    rows = [
        member(feed, who, **family)
        for feed, family in (("dtks", {"card": "77"}), ("p3ke", {"family": "1"}))
        for who in (FATHER, MOTHER, SON, WIFE, CHILD)
    ]
    records = table(rows)
    expected = solve(records)

    for seed in range(5):
        shuffled = solve(records.sample(fraction=1, shuffle=True, seed=seed))
        assert shuffled.links.equals(expected.links)
        assert all(ours.equals(theirs) for ours, theirs in zip(shuffled.learned, expected.learned, strict=True))


def test_every_record_has_one_link_and_every_person_one_household() -> None:
    rows = [member(feed, who, family="1") for feed in ("dtks", "p3ke") for who in (FATHER, SON)]

    links = solve(rows).links

    assert links["record_id"].n_unique() == len(links) == len(rows)
    homes = links.select("person_id", "household_id").unique()
    assert homes["person_id"].is_unique().all()
    assert homes.filter(pl.any_horizontal(pl.all().is_null())).is_empty()
