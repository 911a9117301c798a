"""Which people live in one household: small cases, each a sentence, its rows, and who lives together."""

from __future__ import annotations

import polars as pl
import pytest

from rbpk.linkage.engine import open_engine
from tests.unit.linkage.people import groups, nik, row, solve, table
from tests.unit.linkage.test_people_cases import Case

FATHER = {"name": "SUGIONO", "born": "01-01-1960", "nik": nik("01-01-1960", 9001), "is_family_head": True}
MOTHER = {"name": "PARTINI", "born": "02-02-1962", "nik": nik("02-02-1962", 9002, "P"), "sex": "P"}
SON = {"name": "JOKO SUSILO", "born": "03-03-1985", "nik": nik("03-03-1985", 9003)}
WIFE = {"name": "SRI WAHYUNI", "born": "04-04-1987", "nik": nik("04-04-1987", 9004, "P"), "sex": "P"}
CHILD = {"name": "DEWI ANGGRAINI", "born": "05-05-2012", "nik": nik("05-05-2012", 9005, "P"), "sex": "P"}


def member(feed: str, who: dict[str, object], **more: object) -> dict[str, object]:
    """Return a row of a person in a family."""
    values = {**who, **more}
    return row(feed, str(values.pop("name")), str(values.pop("born")), **values)


CASES = [
    Case(
        "two feeds list one family under numbers of their own",
        [member("p3ke", FATHER, family="1"), member("p3ke", MOTHER, family="1"),
         member("dtks", FATHER, card="77"), member("dtks", MOTHER, card="77")],
        [0, 0, 0, 0],
    ),
    Case(
        "a married son's new family does not glue the two",
        [member("p3ke", FATHER, family="1"), member("p3ke", MOTHER, family="1"), member("p3ke", SON, family="1"),
         member("dtks", FATHER, card="77"), member("dtks", MOTHER, card="77"),
         member("dtks", SON, card="88", is_family_head=True), member("dtks", WIFE, card="88")],
        [0, 0, 1, 0, 0, 1, 1],
    ),
    Case(
        "son and wife still listed with the parents elsewhere: the parents keep that list",
        [member("p3ke", FATHER, family="1"), member("p3ke", MOTHER, family="1"), member("p3ke", SON, family="1"),
         member("p3ke", WIFE, family="1"),
         member("dtks", FATHER, card="77"), member("dtks", MOTHER, card="77"),
         member("dtks", SON, card="88", is_family_head=True), member("dtks", WIFE, card="88")],
        [0, 0, 1, 1, 0, 0, 1, 1],
    ),
    Case(
        "the caretaker of a PKH family finds her family by its card",
        [member("pkh", MOTHER, family="9", family_card="77", entity="participants"),
         member("dtks", FATHER, card="77"), member("dtks", MOTHER, card="77")],
        [0, 0, 0],
    ),
    Case(
        "a member whom only one feed lists lives with the rest",
        [member("p3ke", FATHER, family="1"), member("p3ke", MOTHER, family="1"), member("p3ke", CHILD, family="1"),
         member("dtks", FATHER, card="77"), member("dtks", MOTHER, card="77")],
        [0, 0, 0, 0, 0],
    ),
    Case(
        "a child whose card number has a wrong digit is not a household",
        [member("dtks", FATHER, card="0001010101209001"), member("dtks", MOTHER, card="0001010101209001"),
         member("dtks", CHILD, card="0001010101209007")],
        [0, 0, 0],
    ),
    Case(
        "two heads whose cards differ by a digit are two households",
        [member("dtks", FATHER, card="0001010101209001"),
         member("dtks", SON, card="0001010101209007", is_family_head=True)],
        [0, 1],
    ),
    Case(
        "one family listed twice by one feed",
        [member("p3ke", FATHER, family="1"), member("p3ke", MOTHER, family="1"),
         member("p3ke", FATHER, family="2"), member("p3ke", MOTHER, family="2")],
        [0, 0, 0, 0],
    ),
    Case(
        "one list has a daughter twice, with her parents and with her husband: she lives with him",
        [member("p3ke", FATHER, family="1"), member("p3ke", MOTHER, family="1"), member("p3ke", WIFE, family="1"),
         member("p3ke", SON, family="2", is_family_head=True), member("p3ke", WIFE, family="2")],
        [0, 0, 1, 1, 1],
    ),
    Case(
        "one list has a son under two cards: he lives where the younger card says",
        [member("dtks", FATHER, card="0001010101159001"), member("dtks", SON, card="0001010101159001"),
         member("dtks", MOTHER, card="0001010101159001"),
         member("dtks", CHILD, card="0001010101259001", is_family_head=True),
         member("dtks", SON, card="0001010101259001"), member("dtks", WIFE, card="0001010101259001"),
         member("dtks", {**CHILD, "name": "RATNA", "nik": nik("05-05-2012", 9006, "P")}, card="0001010101259001")],
        [0, 1, 0, 1, 1, 1, 1],
    ),
    Case(
        "a row without any family is a household of its own",
        [member("dtks", FATHER), member("dtks", WIFE)],
        [0, 1],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.description)
def test_people_of_one_household_get_one_id(case: Case) -> None:
    records = table(case.rows)

    assert groups(solve(records), records, "household_id") == case.people


CARD = "0001010101209001"
SLIPPED = [
    *(f"{CARD[:place]}7{CARD[place + 1 :]}" for place in range(16)),
    *(CARD[:place] + CARD[place + 1] + CARD[place] + CARD[place + 2 :] for place in range(15)),
    *(CARD[:place] + CARD[place + 1 :] for place in range(16)),
]


def test_a_card_one_slip_away_is_the_familys_wherever_the_slip_is() -> None:
    families = [(mistyped, f"village {number}") for number, mistyped in enumerate(SLIPPED) if mistyped != CARD]
    names = ("person", "family", "family_card", "is_principal", "village_code")
    listed = [
        *((1, f"whole in {village}", CARD, True, village) for _, village in families),
        *((2, f"part in {village}", mistyped, False, village) for mistyped, village in families),
    ]
    memberships = pl.DataFrame(listed, schema=names, orient="row").with_columns(source_rank=1)
    with open_engine("100MB") as engine:
        engine.load("memberships", memberships)
        found = engine.ask("mistyped_cards").rows()
    assert sorted(found) == sorted((f"part in {village}", f"whole in {village}") for _, village in families)
