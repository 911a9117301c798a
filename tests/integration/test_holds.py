"""Lists that look wrong wait for signed minutes; lists of another month are refused; nothing good is held."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from upath import UPath

from rbpk.feeds import contract_for
from rbpk.landing import land, receive
from rbpk.landing.holds import ba_number, named_number, refuse_other_month
from rbpk.landing.ledger import Delivery
from tests.integration.test_landing import REGIONS, TITLES, Office, row, text

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812  (psycopg2 names its class in lower case)

    from tests.conftest import Database

REPOSITORY = Path(__file__).parents[2]

SEPTEMBER, OCTOBER = "64.02/2026-09/pkh/komponen 202609.csv", "64.02/2026-10/pkh/komponen 202610.csv"


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database.owner, tmp_path)


def rows(count: int) -> list[list[str]]:
    return [row(number, NIK_ART=f"64020610076{10000 + number}") for number in range(count)]


def states(office: Office) -> list[tuple[object, ...]]:
    return office.rows(
        "select period, status, error_code, ba_number, supersedes is not null from audit.deliveries "
        "where status <> 'already_landed' order by received_at"
    )


@pytest.mark.parametrize("count", [100, 159])
def test_a_list_that_shrinks_is_held_and_says_what_to_do(office: Office, count: int) -> None:
    office.land(text(*rows(200)), SEPTEMBER)
    outcome = office.land(text(*rows(count)), OCTOBER)
    assert (outcome.status, outcome.error_code, outcome.rows_loaded) == ("held", "ROWCOUNT_JUMP", count)
    ((message,),) = office.rows("select error_message from audit.deliveries where status = 'held'")
    assert f"{count} rows against 200 of 2026-09" in str(message)
    assert "BA No" in str(message)


@pytest.mark.parametrize("count", [160, 181, 200, 260, 900])
def test_a_list_within_the_limit_or_longer_is_not_held(office: Office, count: int) -> None:
    office.land(text(*rows(200)), SEPTEMBER)
    assert office.land(text(*rows(count)), OCTOBER).status == "landed"


def test_a_list_is_not_compared_with_one_of_a_year_ago(office: Office) -> None:
    office.land(text(*rows(200)), SEPTEMBER.replace("2026-09", "2025-09"))
    assert office.land(text(*rows(50)), OCTOBER).status == "landed"


def test_minutes_in_a_title_line_release_the_list(office: Office) -> None:
    office.land(text(*rows(200)), SEPTEMBER)
    office.land(text(*rows(150)), OCTOBER)
    above = "BERITA ACARA Nomor: 400.9/12/DINSOS/2026" + ";" * (len(TITLES) - 1) + "\n"
    assert office.land(text(*rows(150), above=above), OCTOBER).status == "landed"
    assert states(office) == [
        ("2026-09", "landed", None, None, False),
        ("2026-10", "superseded", "ROWCOUNT_JUMP", None, False),
        ("2026-10", "landed", None, "400.9/12/DINSOS/2026", True),
    ]


def test_minutes_in_the_name_release_the_same_bytes(office: Office) -> None:
    office.land(text(*rows(200)), SEPTEMBER)
    office.land(text(*rows(150)), OCTOBER)
    named = "64.02/2026-10/pkh/komponen BA No 400-12-2026.csv"
    outcome = office.land(text(*rows(150)), named)
    assert outcome.status == "landed"
    assert [state[1:4:2] for state in states(office)] == [
        ("landed", None),
        ("superseded", None),
        ("landed", "400-12-2026"),
    ]


def test_a_held_list_leaves_the_one_in_use_alone_until_it_is_whole(office: Office) -> None:
    office.land(text(*rows(200)), SEPTEMBER)
    good = office.land(text(*rows(198)), OCTOBER)
    assert office.land(text(*rows(100)), OCTOBER).status == "held"
    assert [state[1] for state in states(office)] == ["landed", "landed", "held"]
    assert good.delivery_id in office.land(text(*rows(199)), OCTOBER).supersedes
    assert [state[1] for state in states(office)] == ["landed", "superseded", "superseded", "landed"]


def test_one_of_several_parts_is_compared_with_its_own(office: Office) -> None:
    office.land(text(*rows(300)[:100]), "64.02/2026-09/pkh/utara 09.csv")
    office.land(text(*rows(300)[100:]), "64.02/2026-09/pkh/selatan 09.csv")
    assert office.land(text(*rows(300)[:98]), "64.02/2026-10/pkh/utara 10.csv").status == "landed"
    assert office.land(text(*rows(300)[100:160]), "64.02/2026-10/pkh/selatan 10.csv").status == "held"
    assert office.land(text(*rows(400)[350:]), "64.02/2026-10/pkh/hulu 10.csv").status == "landed"


def test_the_same_content_again_says_so(office: Office) -> None:
    first = office.land(text(row(1)))
    office.send(text(row(1)), "64.02/2026-10/pkh/salinan.csv")
    ((message,),) = office.rows("select error_message from audit.deliveries where status = 'already_landed'")
    assert message == f"the same content is delivery {first.delivery_id} (landed); nothing was changed"


PAYMENTS = "NO_PESERTA;NAMA_PENGURUS;NIK;KEL;KEC;TAHAP;TAHUN;NOMINAL;STATUS\n"


@pytest.mark.parametrize(
    ("year", "stage", "period", "status"),
    [
        (2026, 3, "2026-09", "landed"), (2026, 5, "2026-09", "landed"), (2026, 6, "2026-09", "refused"),
        (2025, 4, "2026-01", "landed"), (2025, 4, "2026-09", "refused"), (2027, 1, "2026-09", "refused"),
    ],
)  # fmt: skip
def test_payments_of_another_year_or_stage_are_refused(
    office: Office, year: int, stage: int, period: str, status: str
) -> None:
    line = f"64030900281234;HERLINA;6402061007619001;JAHAB;TENGGARONG;{stage};{year};750000;SUKSES SPM\n"
    outcome = office.land((PAYMENTS + line).encode(), f"64.02/{period}/pkh/bayar.csv")
    assert (outcome.status, outcome.error_code) == (status, None if status == "landed" else "FILE_PERIOD")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("BA No 400/12/2026", "400/12/2026"),
        ("Berita Acara Nomor : 12/BA/2026", "12/BA/2026"),
        ("SK Bupati Nomor 188.45/77/2026 tentang penerima", "188.45/77/2026"),
        ("DAFTAR KPM TAHAP 4 TAHUN 2026", None),
        ("Basis data nomor 5", None),
        ("BA tanggal 5 Oktober 2026", None),
    ],
)
def test_a_number_of_minutes_is_found_in_a_line(line: str, number: str | None) -> None:
    assert ba_number([line]) == number


def test_a_number_of_minutes_is_found_in_a_name() -> None:
    assert named_number("pkh/KPM_PKH_202610_BA_No_400-12-2026.xlsx") == "400-12-2026"
    assert named_number("pkh/KPM_PKH_202610.xlsx") is None


def land_all(database: Database, inbox: UPath, store: UPath) -> list[tuple[object, ...]]:
    paths = sorted(path.relative_to(inbox).as_posix() for path in Path(inbox.path).glob("64.02/*/*/*.*"))
    assert paths
    for path in paths:
        for delivery in receive(database.owner, store, inbox, path).deliveries:
            if delivery.status == "received":
                land(database.owner, store, delivery.delivery_id, REGIONS)
    with database.owner.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "select source_file, error_code, error_message from audit.deliveries where error_code in "
            "('ROWCOUNT_JUMP', 'FILE_PERIOD', 'TENANT_MISMATCH')"
        )
        return cursor.fetchall()  # type: ignore[no-any-return]


def test_none_of_the_samples_months_is_held(database: Database, tmp_path: Path) -> None:
    out = str(tmp_path / "inbox" / "64.02")
    command = [sys.executable, "-m", "sample", "--out", out, "--period", "2026-08", "--months", "3"]
    subprocess.run([*command, "--households", "1500"], check=True, capture_output=True, cwd=REPOSITORY)
    assert land_all(database, UPath(tmp_path / "inbox"), UPath(tmp_path / "store")) == []


def test_figures_of_several_years_are_one_table() -> None:
    delivery = Delivery(
        "d", "64.02", "2026-10", "bps", "indicators", "f", "s", "received", None, None, None, None, None, None, None
    )
    # No connection: the rows of a table of figures are not even asked for their years.
    refuse_other_month(cast("Connection", None), contract_for("bps", "indicators"), delivery)
