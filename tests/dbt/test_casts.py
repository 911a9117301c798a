"""What the feeds judge readable, dbt reads, and as the same value: two languages, one rule."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from rbpk.domain.dates import MONTHS, parse_date
from rbpk.domain.rupiah import parse_rupiah
from rbpk.feeds import judge_values
from rbpk.feeds.contract import Kind
from rbpk.feeds.judge_values import MEN, WOMEN
from tests.dbt.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rbpk.warehouse import Warehouse

DATES = (
    *(
        "2005-06-20",
        "2005-6-2",
        "2005/06/20",
        "2005.06.20",
        "2005-06-20 00:00:00",
        "2005-06-20T23:59:59.5",
        "'2005-06-20",
    ),
    *("20/06/2005", "20-06-2005", "20.06.2005", "20 06 2005", "20/06/2005 0:00:00", "1/2/2003", " 20/06/2005\xa0"),
    *("20 Juni 2005", "20-Agt-2005", "20 Pebruari 2005", "20 nop. 2005", "20 Desembar 2005", "20 juni 05"),
    *("Senin, 20 Juni 2005", "Jum'at,3 Juni 2005", "20 Juni 2005 00:00:00", "Lahir di Jahab, 20 Juni 2005"),
    *("20050620", "20051320", "20050631", "20062005", "18991231", "2005062", "20101012"),
    *("38523", "38523.0", "38523.5", "61", "60", "73415", "73416", "1e4"),
    *("31/02/2000", "29/02/2000", "29/02/1900", "2005-13-01", "00/00/0000", "06/20/2005", "32/01/2000", "0000-01-01"),
    *("", " ", "-", "tidak tahu", "2005", "20/06", "20/06/05", "2005-06-20 lahir", "99999-01-01"),
    *(f"1 {name} 2001" for name in MONTHS),
)
MONEY = (
    *("600.000", "Rp 600.000", "Rp1.750.000,00", "rp. 333.333,-", "IDR 5.000.000", "600000", "600000,50", "600000.5"),
    *("1,250,000", "1,250,000.75", "0", "-600.000", "600.000.-", "Rp\xa0600.000", " 600.000 ", "1.5", "600,000"),
    *("", " ", "-", "Rp", "LIMA RATUS", "12.34.56", "1.2345", "6.00E+05", "600.00.000", "1,2,3", "600000;"),
)
SEXES = (
    *MEN,
    *WOMEN,
    *(label.lower() for label in MEN + WOMEN),
    "Laki-Laki",
    "Laki - Laki",
    " L ",
    "x",
    "",
    "3",
    "PEREMPUAN MUDA",
    "-",
)


MACROS = (
    "parse_date",
    "parse_month",
    "parse_birth_date",
    "parse_rupiah",
    "parse_decimal",
    "parse_count",
    "parse_sex",
    "parse_desil",
    "name_key",
    "spell_out_name",
)
NAMES = (
    *("SITI AMINAH", "siti aminah", "Aisyah", "MUH. ARIF", "MUH ARIF", "MUHAMMAD ARIF", "M ARIF", "M. ARIF"),
    *(
        "ST AMINAH",
        "ST. AMINAH",
        "H. UMAR",
        "HJ SITI",
        "HAJI UMAR",
        "DRS H UMAR",
        "UMAR SPD",
        "UMAR, S.Pd",
        "UMAR S.PD",
    ),
    *(
        "UMAR ALM",
        "UMAR BIN KHATTAB",
        "BINTI UMAR",
        "UMAR BIN",
        "BINTANG PUTRA",
        "ABD RAHMAN",
        "RAHMAN ABD",
        "ABDI",
        "NUR'AINI",
    ),
    *("UMAR/ALI", "UMAR (ALI)", "A  B", " A", "A ", "", "-", "SAMUH", "UMAR 2", "ÉMILE", "UMAR-ALI", "H", "M"),
    *("MOCHAMAD", "A MOHAMAD B", "M ST ABD"),
)


@pytest.fixture(scope="module")
def spelled(compiled: Callable[[Mapping[str, str]], dict[str, str]]) -> dict[str, str]:
    """Return each macro as dbt spells it for the column `sent`."""
    return compiled({macro: f"{macro}('sent')" for macro in MACROS})


def read_all(warehouse: Warehouse, expression: str, sent: tuple[str, ...]) -> dict[str, Any]:
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute("create temporary table cases (sent text)")
        for text in sent:
            cursor.execute("insert into cases values (%s)", (text,))
        cursor.execute(f"select sent, {expression} from cases")
        return dict(cursor.fetchall())


def test_dates_are_read_alike(warehouse: Warehouse, spelled: dict[str, str]) -> None:
    read = read_all(warehouse, spelled["parse_date"], DATES)
    assert read == {text: parse_date(text) for text in DATES}


def test_a_birth_date_is_a_date_within_a_living_memory(warehouse: Warehouse, spelled: dict[str, str]) -> None:
    edges = ("1899-12-31", "1900-01-01", "2026-10-31", "2026-11-01", "31/10/2026", "60", "367", "0001-01-01")
    read = read_all(warehouse, spelled["parse_birth_date"], (*DATES, *edges))
    first, last = date(1900, 1, 1), date(2026, 10, 31)
    for text, found in read.items():
        known = parse_date(text)
        assert found == (known if known and first <= known <= last else None), text


def test_a_plain_name_is_its_own_key(warehouse: Warehouse, spelled: dict[str, str]) -> None:
    """The short way round fourteen replacements ends where they end."""
    whole = read_all(warehouse, spelled["spell_out_name"], NAMES)
    assert read_all(warehouse, spelled["name_key"], NAMES) == whole
    assert whole["SITI AMINAH"] == "SITI AMINAH"
    assert whole["MUH. ARIF"] == whole["M ARIF"] == "MUHAMMAD ARIF"


def test_money_is_read_alike(warehouse: Warehouse, spelled: dict[str, str]) -> None:
    read = read_all(warehouse, spelled["parse_rupiah"], MONEY)
    assert {text: value if value is None else round(value) for text, value in read.items()} == {
        text: parse_rupiah(text) for text in MONEY
    }
    # SQL keeps the cents that a whole number of rupiah drops.
    assert read["1,250,000.75"] == Decimal("1250000.75")


def test_money_the_feeds_find_nothing_wrong_with_is_never_lost() -> None:
    sent = [*MONEY, ".500", "'1500000", "1 500 000", "Rp 1 500 000", "Rp.500", "1.500.0000", "1,5 juta", "(5.000)"]
    judged = {text: not judge_values._WHOLE[Kind.MONEY][1](pl.Series([text]))[0] for text in sent if text}
    nothing = {text for text in judged if judge_values.upper(text) in judge_values._NULLS}
    assert {text: fine for text, fine in judged.items() if text not in nothing} == {
        text: parse_rupiah(text) is not None for text in judged if text not in nothing
    }


def test_measures_the_feeds_find_nothing_wrong_with_are_never_lost(
    warehouse: Warehouse, spelled: dict[str, str]
) -> None:
    expected = {
        "43,39": Decimal("43.39"), "12": Decimal(12), "1.250": Decimal("1.250"), "1.234,5": Decimal("1234.5"),
        "1.234.567": Decimal(1234567), "-2,5": Decimal("-2.5"), "1.2.3": None, "1,234,567": None, "dua": None,
    }  # fmt: skip
    assert read_all(warehouse, spelled["parse_decimal"], tuple(expected)) == expected
    # What is counted has dots between thousands.
    assert read_all(warehouse, spelled["parse_count"], tuple(expected)) == expected | {"1.250": Decimal(1250)}
    judged = {text: not judge_values._WHOLE[Kind.DECIMAL][1](pl.Series([text]))[0] for text in expected}
    assert judged == {text: value is not None for text, value in expected.items()}


def test_sexes_are_read_alike(warehouse: Warehouse, spelled: dict[str, str]) -> None:
    read = read_all(warehouse, spelled["parse_sex"], SEXES)
    men, women = {"L", "1"}, {"P", "2"}
    assert men < set(MEN)
    assert women < set(WOMEN)
    for label in SEXES:
        known = label.strip().upper()
        assert read[label] == ("L" if known in MEN else "P" if known in WOMEN else None), label


def test_months_are_read_alike(warehouse: Warehouse, spelled: dict[str, str]) -> None:
    """A month the feeds find nothing wrong with is never lost."""
    elevenths = ("11", "11.0", "2026-11", "2026/11", "202611", "11/2026", "11-2026", "112026", "2026-11-01")
    elevenths += ("01/11/2026", "2026-11-01 00:00:00", "November", "NOP. 2026", "Nov-26", "nov'26", "November 2026")
    none = ("", "-", "13", "2026", "00", "Novembr", "2026-13", "tahap 4", "11 12")
    read = read_all(warehouse, spelled["parse_month"], (*elevenths, *none, "1", "03", "5/2026"))
    assert {text: read[text] for text in elevenths} == dict.fromkeys(elevenths, 11)
    assert {text: read[text] for text in none} == dict.fromkeys(none)
    assert (read["1"], read["03"], read["5/2026"]) == (1, 3, 5)
    judged = {text: not judge_values._no_month(text, text.strip().upper()) for text in read if text}
    assert judged == {text: month is not None for text, month in read.items() if text}


def test_desil_is_one_to_ten_however_dressed(warehouse: Warehouse, spelled: dict[str, str]) -> None:
    expected = {"1": 1, "10": 10, "03": 3, "4.0": 4, "4,0": 4, "Desil 2": 2, "DESIL2": 2}
    expected |= dict.fromkeys(("0", "11", "2.5", "dua", "", "-1", "1 2", "desil"))
    assert read_all(warehouse, spelled["parse_desil"], tuple(expected)) == expected


def test_every_reason_the_feeds_give_has_words_for_readers() -> None:
    code = re.compile(
        r"\"((?:NIK|KK|REG|NAME|DOB|AGE|SEX|DESIL|PAY|CODE|FLAG|INTEGER|MONEY|ROW|FORMULA|NO|TENANT)_[A-Z0-9_]+)\""
    )
    sources = PROJECT.parent / "plugins" / "rbpk" / "feeds"
    given = {found for path in sources.glob("*.py") for found in code.findall(path.read_text("utf-8"))}
    # How a village was recognised is no remark about it.
    given -= {"NAME_VARIANT"}
    lines = (PROJECT / "seeds" / "codes" / "reason_codes.csv").read_text("utf-8").splitlines()[1:]
    assert given
    assert given - {line.split(",")[0] for line in lines} == set()
