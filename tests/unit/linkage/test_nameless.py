"""A visit that names nobody is about whoever holds its number."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from rbpk.linkage.nameless import lend_names
from rbpk.linkage.records import RECORD_SCHEMA

NIK = "6402061008809001"
BORN, ANOTHER = date(1980, 8, 10), date(1975, 2, 3)


def record(record_id: str, **cells: object) -> dict[str, object]:
    return dict.fromkeys(RECORD_SCHEMA) | {"record_id": record_id, "feed": "p3ke", "nik": NIK, "sex": "L"} | cells


VISIT = record("visit", feed="verval", sex=None, village_code="v1")
CASES = [
    # who else has the number, what the visit is named
    ([], None),
    ([record("a", name="ALI", birth_date=BORN)], "ALI"),
    # the number tells the birth date of one of them
    ([record("a", name="ALI", birth_date=BORN), record("b", name="BUDI", birth_date=ANOTHER, village_code="v1"),
      record("c", name="BUDI", birth_date=ANOTHER, village_code="v1")], "ALI"),
    # ... of neither: who lives where the visit was
    ([record("a", name="ALI"), record("b", name="ALI"), record("c", name="BUDI", village_code="v1")], "BUDI"),
    # ... nobody there: who is on most lists
    ([record("a", name="BUDI"), record("b", name="BUDI"), record("c", name="ALI")], "BUDI"),
    ([record("a", name="ALI", nik="6402061008809002", birth_date=BORN)], None),
]  # fmt: skip


@pytest.mark.parametrize(("others", "name"), CASES)
def test_a_nameless_visit_is_named_by_its_number(others: list[dict[str, object]], name: str | None) -> None:
    records = pl.DataFrame([*others, VISIT], schema=RECORD_SCHEMA)
    lent = lend_names(records)
    assert lent.filter(record_id="visit")["name"].to_list() == [name]
    # Nobody else's row is touched, nor the order that decides anchors.
    assert lent.filter(pl.col("record_id") != "visit").equals(records.filter(pl.col("record_id") != "visit"))
    assert lent["record_id"].to_list() == records["record_id"].to_list()


def test_a_visit_with_a_name_and_a_nameless_row_of_a_list_stay_as_they_are() -> None:
    rows = [record("a", name="ALI", birth_date=BORN), record("b"), VISIT | {"name": "SITI"}]
    records = pl.DataFrame(rows, schema=RECORD_SCHEMA)
    assert lend_names(records).equals(records)
