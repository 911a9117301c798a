"""Who is one person: small cases, each a sentence, its rows, and which rows belong together."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.unit.linkage.people import Row, groups, nik, row, solve, table

BORN = "12-03-1980"
OTHER = "07-11-1991"
BUDI = nik(BORN, 9001)


class Case(NamedTuple):
    """`people`: rows with the same number are one person."""

    description: str
    rows: list[Row]
    people: list[int]


CASES = [
    Case(
        "the same NIK and name in three feeds",
        [row("p3ke", "BUDI SANTOSO", BORN, nik=BUDI), row("dtks", "BUDI S", BORN, nik=BUDI),
         row("pkh", "BUDI SANTOSO", nik=BUDI)],
        [0, 0, 0],
    ),
    Case(
        "the same NIK and birth date under another name",
        [row("p3ke", "BUDI SANTOSO", BORN, nik=BUDI), row("dtks", "PAIJO", BORN, nik=BUDI)],
        [0, 0],
    ),
    Case(
        "a NIK borrowed from another member of the family glues nobody",
        [row("p3ke", "BUDI SANTOSO", BORN, nik=BUDI, family="1"),
         row("p3ke", "KARTINI", OTHER, nik=BUDI, family="1", sex="P"),
         row("dtks", "KARTINI", OTHER, nik=nik(OTHER, 9100, "P"), card="77", sex="P"),
         row("dtks", "BUDI SANTOSO", BORN, nik=BUDI, card="77")],
        [0, 1, 1, 0],
    ),
    Case(
        "one digit of the NIK mistyped",
        [row("p3ke", "BUDI SANTOSO", BORN, nik=nik(BORN, 9001)),
         row("dtks", "BUDI SANTOSO", BORN, nik=nik(BORN, 9041))],
        [0, 0],
    ),
    Case(
        "two digits of the NIK swapped",
        [row("p3ke", "BUDI SANTOSO", BORN, nik=nik(BORN, 9012)),
         row("dtks", "BUDI SANTOSO", BORN, nik=nik(BORN, 9021))],
        [0, 0],
    ),
    Case(
        "twins have NIKs that follow one another and names of their own",
        [row("dtks", "HASAN", BORN, nik=nik(BORN, 9001), card="77"),
         row("dtks", "HUSEN", BORN, nik=nik(BORN, 9002), card="77")],
        [0, 1],
    ),
    Case(
        "twins whose names differ by a letter, each known to two feeds",
        [row("dtks", "ALDI PRATAMA", BORN, nik=nik(BORN, 9001), card="77"),
         row("dtks", "ALDO PRATAMA", BORN, nik=nik(BORN, 9350), card="77"),
         row("p3ke", "ALDI PRATAMA", BORN, nik=nik(BORN, 9001), family="1"),
         row("p3ke", "ALDO PRATAMA", BORN, nik=nik(BORN, 9350), family="1")],
        [0, 1, 0, 1],
    ),
    Case(
        "twins, a boy and a girl, one without NIK",
        [row("dtks", "MUHAMMAD WAGIMAN", BORN, card="77"),
         row("dtks", "NABILA WAGIMAN", BORN, nik=nik(BORN, 9001, "P"), card="77", sex="P")],
        [0, 1],
    ),
    Case(
        "father and son of one name in one family",
        [row("dtks", "MUHAMMAD SALEH", "01-02-1950", nik=nik("01-02-1950", 9001), card="77"),
         row("dtks", "MUHAMMAD SALEH", "09-08-1975", nik=nik("09-08-1975", 9002), card="77"),
         row("p3ke", "MUHAMMAD SALEH", "09-08-1975")],
        [0, 1, 1],
    ),
    Case(
        "brothers with one first name",
        [row("dtks", "MUHAMMAD RIZKY", "01-02-2010", card="77"), row("dtks", "MUHAMMAD RAFI", "01-02-2011", card="77")],
        [0, 1],
    ),
    Case(
        "no NIK in one feed, the village, name and birth date agree",
        [row("p3ke", "SITI AMINAH", BORN, sex="P"), row("dtks", "ST. AMINAH", BORN, nik=nik(BORN, 9001, "P"), sex="P")],
        [0, 0],
    ),
    Case(
        "no NIK, another village: a name everybody has is not enough",
        [row("p3ke", "SITI", BORN, sex="P"), row("dtks", "SITI", BORN, sex="P", village_code="00.01.02.2001")],
        [0, 1],
    ),
    Case(
        "no NIK, another village, but a long name and the birth date",
        [row("p3ke", "SALMAH CHAIRUNISA PUTRI", BORN, sex="P"),
         row("dtks", "SALMAH KHAIRUNNISA PUTRI", BORN, sex="P", village_code="00.01.02.2001")],
        [0, 0],
    ),
    Case(
        "the family card, name and day and month swapped",
        [row("pkh", "BUDI SANTOSO", "03-12-1980", family="9", family_card="77"),
         row("dtks", "BUDI SANTOSO", BORN, card="77", nik=BUDI)],
        [0, 0],
    ),
    Case(
        "two rows of one family with an old and a new NIK are one person",
        [row("dtks", "YULIANA FATIMAH", BORN, nik=nik(BORN, 9951, "P"), card="77", sex="P"),
         row("dtks", "YULIANA F", BORN, nik="000207520380" + "9375", card="77", sex="P")],
        [0, 0],
    ),
    Case(
        "two valid NIKs, one name and birth date, two villages: strangers",
        [row("p3ke", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9001)),
         row("dtks", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9457), village_code="00.01.02.2001")],
        [0, 1],
    ),
    Case(
        "a row without NIK does not stand between two people",
        [row("p3ke", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9001)),
         row("dtks", "RIZKY HIDAYAT", BORN),
         row("pkh", "RIZKY HIDAYAT", BORN, nik=nik(BORN, 9457), village_code="00.01.02.2001", family="3")],
        [0, 0, 1],
    ),
    Case(
        "the mother's name tells two girls of one name apart",
        [row("dtks", "NUR AISYAH", BORN, sex="P", mother_name="SARI"),
         row("other", "NUR AISYAH", BORN, sex="P", mother_name="MARYAM", village_code="00.01.02.2001")],
        [0, 1],
    ),
    Case(
        "a child without NIK, villages apart, is found through the mother both families share",
        [row("p3ke", "MARYAM", BORN, nik=nik(BORN, 9001, "P"), sex="P", family="1"),
         row("p3ke", "JOKO", OTHER, family="1", village_code="00.01.02.2001"),
         row("dtks", "MARYAM", BORN, nik=nik(BORN, 9001, "P"), sex="P", card="77"),
         row("dtks", "JOKO", OTHER, nik=nik(OTHER, 9002), card="77")],
        [0, 1, 0, 1],
    ),
    Case(
        "two rows that know nothing but a common name",
        [row("p3ke", "SITI", village_code=None, sex=None), row("p3ke", "SITI", village_code=None, sex=None)],
        [0, 1],
    ),
    Case(
        "the sender's own number for a person",
        [row("dtks", "SUMARNI", BORN, source_person_id="dtks:A", card="77", sex="P"),
         row("dtks", "SUMARNIH", "12-03-1908", source_person_id="dtks:A", card="78", sex="P")],
        [0, 0],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.description)
def test_rows_of_one_person_get_one_id(case: Case) -> None:
    records = table(case.rows)

    assert groups(solve(records), records, "person_id") == case.people


def test_each_link_says_why() -> None:
    rows = [row("p3ke", "BUDI SANTOSO", BORN, nik=BUDI), row("dtks", "BUDI SANTOSO", BORN, nik=BUDI)]

    links = solve([*rows, row("dtks", "KARTINI", OTHER)]).links

    assert sorted(links["rule"].to_list()) == ["alone", "nik_and_name", "nik_and_name"]
    assert links["score"].is_between(0, 1).all()


def test_ids_are_opaque() -> None:
    links = solve([row("p3ke", "BUDI SANTOSO", BORN, nik=BUDI, family="1")]).links

    assert links["person_id"].str.contains(r"^p[0-9a-v]{16}$").all()
    assert links["household_id"].str.contains(r"^h[0-9a-v]{16}$").all()
    assert links["person_id"][0][1:] != links["household_id"][0][1:]
