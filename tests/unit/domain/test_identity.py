"""What a sent identity number comes to, case by case; the table is the rule's documentation."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbpk.domain.family_card import FamilyCard, family_card_code, read_family_card
from rbpk.domain.nik import Nik, nik_code, read_nik
from rbpk.feeds.judge_identity import read_identities

WHOLE = "6402061708959001"
CASES = [
    # sent, digits, code, repair
    (WHOLE, WHOLE, None, None),
    ("6402065708959001", "6402065708959001", None, None),
    ("'" + WHOLE, WHOLE, None, "STRIP"),
    (f" {WHOLE}\xa0", WHOLE, None, "STRIP"),
    ("640206.170895.9001", WHOLE, None, "STRIP"),
    ("640206-170895 9001\u200b", WHOLE, None, "STRIP"),
    (f'="{WHOLE}"', WHOLE, None, "STRIP"),
    # the cell says again what its column is
    (f"NIK: {WHOLE}", WHOLE, None, "STRIP"),
    (f"No. KTP {WHOLE}", WHOLE, None, "STRIP"),
    (f"nomor nik : {WHOLE[:6]} {WHOLE[6:]}", WHOLE, None, "STRIP"),
    ("NIK: 64O2061708959001", WHOLE, None, "OCR"),
    ("NIK: 640206170895900", None, "NIK_LENGTH", None),
    # ... or that it is another number
    (f"KK: {WHOLE}", None, "NIK_CHARSET", None),
    (f"NIK KK {WHOLE}", None, "NIK_CHARSET", None),
    (f"{WHOLE}.0", WHOLE, None, "FLOAT"),
    ("64O206I7089590O1", WHOLE, None, "OCR"),
    ("64O206I70895900", None, "NIK_CHARSET", None),
    ("6402061708959A01", None, "NIK_CHARSET", None),
    (None, None, "NIK_NULL", None),
    ("  ", None, "NIK_NULL", None),
    ("-", None, "NIK_NULL", None),
    ("0", None, "NIK_NULL", None),
    ("Tidak ada", None, "NIK_NULL", None),
    ("6.40206E+15", None, "NIK_SCI", None),
    ("6,40206170895E+15", None, "NIK_SCI", None),
    ("640206170895900", None, "NIK_LENGTH", None),
    ("35.2318.00000000000", None, "NIK_LENGTH", None),
    ("1111111111111111", None, "NIK_DUMMY", None),
    ("1234567890123456", None, "NIK_DUMMY", None),
    ("0640206170895901", None, "NIK_TEMP", None),
    ("6402061708950000", None, "NIK_SERIAL_0000", None),
    ("6402063208959001", None, "NIK_BAD_DATE", None),
    ("6402063102959001", None, "NIK_BAD_DATE", None),
    ("6402067308959001", None, "NIK_BAD_DATE", None),
    ("6402062902969001", "6402062902969001", None, None),
    ("4602061708959001", None, "NIK_PREFIX", None),
]


@pytest.mark.parametrize(("sent", "digits", "code", "repair"), CASES)
def test_reads_a_nik(sent: str | None, digits: str | None, code: str | None, repair: str | None) -> None:
    read = read_nik(sent)
    assert (read.digits, nik_code(sent), read.repair) == (digits, code, repair)


def test_a_day_of_birth_with_forty_is_no_day_of_issue() -> None:
    assert read_family_card("6402065708159001").digits is None
    assert family_card_code("6402065708159001") == "KK_INVALID"
    assert family_card_code("") == "KK_NULL"
    assert FamilyCard.parse("'6402061708159001") == FamilyCard("6402061708159001")
    assert FamilyCard.parse("No. KK : 6402061708159001") == FamilyCard("6402061708159001")
    assert FamilyCard.parse("NIK : 6402061708159001") is None


@pytest.mark.parametrize(
    ("nik", "born", "sex"),
    [
        ("6402061708959001", date(1995, 8, 17), "L"),
        ("6402065708959001", date(1995, 8, 17), "P"),
        ("6402060101269001", date(2026, 1, 1), "L"),
        ("6402060112269001", date(1926, 12, 1), "L"),
    ],
)
def test_a_nik_tells_birth_date_and_sex(nik: str, born: date, sex: str) -> None:
    parsed = Nik.parse(nik)
    assert parsed is not None
    assert (parsed.birth_date(date(2026, 10, 31)), parsed.sex) == (born, sex)


def test_a_nik_hides_in_its_own_repr() -> None:
    assert "9001" not in repr(Nik(WHOLE))


SENT = st.one_of(
    st.none(),
    st.text(alphabet="0123456789OIl'. -,eE+\xa0\u200bX", max_size=22),
    st.from_regex(r"[1-9][0-9]{5}[0-7][0-9](0[1-9]|1[0-2])[0-9]{6}", fullmatch=True),
    st.sampled_from([case[0] for case in CASES]),
)


@given(st.lists(SENT, min_size=1, max_size=60), st.booleans())
def test_columns_are_read_as_single_values_are(sent: list[str | None], women: bool) -> None:  # noqa: FBT001
    column = read_identities(pl.Series(sent, dtype=pl.String), women=women)
    singly = [(read_nik if women else read_family_card)(value) for value in sent]
    assert column.clean.to_list() == [read.digits for read in singly]
    assert column.refusal.to_list() == [read.refusal and read.refusal.value for read in singly]
