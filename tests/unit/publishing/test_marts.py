"""What a candidate may not take away from readers, and what counts as content."""

from __future__ import annotations

import pytest

from rbpk.errors import ContractDrifted, ReleaseUnknown, WarehouseBusy
from rbpk.publishing import patience
from rbpk.publishing.marts import Column, Mart, check_shape

KEY, REGENCY = Column("release_id", "text"), Column("regency_code", "text")


def mart(*columns: Column, name: str = "mart_x") -> Mart:
    return Mart(name, (KEY, REGENCY, *columns))


@pytest.mark.parametrize(
    ("candidate", "parent"),
    [
        pytest.param([mart(Column("a", "text"))], [], id="first publication"),
        pytest.param([mart(Column("a", "text"))], [mart(Column("a", "text"))], id="same shape"),
        pytest.param([mart(Column("b", "text"), Column("a", "text"))], [mart(Column("a", "text"))], id="more columns"),
        pytest.param([mart(), mart(name="mart_y")], [mart()], id="more marts"),
    ],
)
def test_accepts_what_only_adds(candidate: list[Mart], parent: list[Mart]) -> None:
    check_shape("r1", candidate, parent)


@pytest.mark.parametrize(
    ("candidate", "named"),
    [
        pytest.param([mart()], "mart_x.a is missing", id="column lost"),
        pytest.param([mart(Column("a", "integer"))], "mart_x.a is integer, was text", id="type changed"),
        pytest.param([mart(Column("a", "text"), name="mart_y")], "mart_x is missing", id="mart lost"),
        pytest.param(
            [mart(Column("a", "text")), Mart("y", (Column("a", "text"), REGENCY))], "y has no release_id", id="no key"
        ),
        pytest.param([mart(Column("a", "text")), Mart("y", (KEY,))], "y has no regency_code", id="nobody's"),
    ],
)
def test_names_what_was_taken_away(candidate: list[Mart], named: str) -> None:
    with pytest.raises(ContractDrifted, match=named):
        check_shape("r1", candidate, [mart(Column("a", "text"))])


def test_refuses_an_empty_candidate() -> None:
    with pytest.raises(ReleaseUnknown):
        check_shape("r1", [], [])


@pytest.mark.parametrize(
    ("column", "is_content"),
    [
        (Column("desil", "integer"), True),
        (Column("delivered_on", "date"), True),
        (Column("release_id", "text"), False),
        (Column("previous_release_id", "text"), False),
        (Column("row_id", "text"), False),
        (Column("built_at", "timestamp with time zone"), False),
    ],
)
def test_content_is_neither_when_nor_as_what_it_was_made(column: Column, *, is_content: bool) -> None:
    assert column.is_content is is_content


@pytest.mark.parametrize(
    ("failures", "answers"), [(0, True), (patience.ATTEMPTS - 1, True), (patience.ATTEMPTS, False)]
)
def test_is_patient_but_not_for_ever(monkeypatch: pytest.MonkeyPatch, failures: int, *, answers: bool) -> None:
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0)
    left = iter([*[False] * failures, *[True] * patience.ATTEMPTS])

    def act() -> str:
        if next(left):
            return "done"
        raise WarehouseBusy("busy")

    if answers:
        assert patience.patiently(act) == "done"
    else:
        with pytest.raises(WarehouseBusy):
            patience.patiently(act)
