"""Refused rows go out in workbooks, come back mended, and mend exactly those rows."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rbpk.errors import SourceUnreachable
from rbpk.feeds import contract_for
from rbpk.feeds.contract import Kind
from rbpk.landing import LandingOutcome, write_corrections
from rbpk.orchestration.settings import load_settings
from rbpk.orchestration.steps import intake
from rbpk.publishing import open_release
from tests.integration.test_landing import TITLES, Office, row, text
from tests.integration.test_templates import LISTS, value

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

LIST = "64.02/2026-10/pkh/komponen.csv"
BACK = "64.02/2026-10/perbaikan/jahab.xlsx"


class Desk(Office):
    """An office that also sends workbooks out and gets them back."""

    def __init__(self, database: Database, folder: Path) -> None:
        super().__init__(database.owner, folder)
        self.out = folder / "corrections"

    def write(self, outcome: LandingOutcome) -> list[Path]:
        write_corrections(self.warehouse, outcome.delivery_id, self.out)
        return sorted(self.out.glob("64.02/2026-10/*/*.xlsx"))

    def back(self, path: Path, *changes: dict[str, str], to: str = BACK) -> LandingOutcome:
        """Edit the rows of a workbook in order and send it back."""
        book = openpyxl.load_workbook(path)
        sheet = book["Perbaikan"]
        titles = [cell.value for cell in sheet[4]]
        for number, change in enumerate(changes, start=5):
            for name, cell in change.items():
                title = name if name in titles else f"isi: {name}"
                sheet.cell(number, titles.index(title) + 1).value = cell
        target = self.inbox / to
        target.parent.mkdir(parents=True, exist_ok=True)
        book.save(target)
        return self.land(target.read_bytes(), to)

    def conserved(self) -> None:
        """Check ledger against tables, delivery by delivery."""
        for delivery, feed, entity, read, loaded, refused, twice in self.rows(
            "select delivery_id, feed, entity, rows_read, rows_loaded, rows_quarantined, rows_duplicate "
            "from audit.deliveries where rows_read is not null"
        ):
            assert read == int(str(loaded)) + int(str(refused)) + int(str(twice))
            landed = self.rows(f"select count(*) from landing.{feed}__{entity} where delivery_id = '{delivery}'")
            held = self.rows(f"select count(*) from quarantine.rejected_rows where delivery_id = '{delivery}'")
            assert (landed, held) == ([(loaded,)], [(refused,)]), delivery


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


def nobody(number: int, **cells: str) -> list[str]:
    return row(number, **{"NAMA_ART": "", "NIK_ART": "", **cells})


def landed_names(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows(
        "select d.status, l.source_row, l.nama_art from landing.pkh__components l "
        "inner join audit.deliveries d using (delivery_id) where d.corrects is not null order by l.delivery_id, 2"
    )


def test_workbooks_go_to_the_village_that_can_mend(desk: Desk) -> None:
    outcome = desk.land(text(row(1), nobody(2), nobody(3, DESA="BUKIT BIRU"), nobody(4, DESA="")))
    paths = desk.write(outcome)
    assert [path.stem for path in paths] == ["kantor-dinas-sosial", "tenggarong-bukit-biru", "tenggarong-jahab"]
    sheet = openpyxl.load_workbook(paths[2])["Perbaikan"]
    told = dict(zip([cell.value for cell in sheet[4]], [cell.value for cell in sheet[5]], strict=True))
    assert told["Kunci"] == f"{outcome.delivery_id}//3"
    assert (told["Berkas"], told["Baris"], told["Kode Alasan"]) == ("pkh/komponen.csv", "3", "NO_IDENTITY")
    assert "nik_art" in told["Kolom"]
    assert "Isi nama" in told["Cara memperbaiki"]
    assert "JAHAB" in told["Pemilik"]
    assert told["isi: desa"] == "JAHAB"


def test_the_folder_is_for_its_owner_only(desk: Desk) -> None:
    (path,) = desk.write(desk.land(text(row(1), nobody(2))))
    assert path.stat().st_mode & 0o777 == 0o600
    for folder in list(path.parents)[:4]:
        assert folder.stat().st_mode & 0o777 == 0o700, folder.name


@pytest.mark.parametrize(
    "harm", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x","y")', "http://x"]
)
def test_no_cell_of_a_row_becomes_a_formula_or_a_link(desk: Desk, harm: str) -> None:
    (path,) = desk.write(desk.land(text(row(1), nobody(2, HUBUNGAN=harm))))
    sheet = openpyxl.load_workbook(path)["Perbaikan"]
    titles = [cell.value for cell in sheet[4]]
    cell = sheet.cell(5, titles.index("isi: hubungan") + 1)
    assert (cell.value, cell.data_type, cell.quotePrefix, cell.hyperlink) == (harm, "s", True, None)
    assert all(one.data_type in "sn" for line in sheet.iter_rows() for one in line)


def test_a_mended_row_lands_where_it_was_refused(desk: Desk) -> None:
    first = desk.land(text(row(1), nobody(2), row(3)))
    (path,) = desk.write(first)
    outcome = desk.back(path, {"nama_art": "SITI AMINAH", "nik_art": "6402061007619002"})
    assert (outcome.feed, outcome.status, outcome.rows_read, outcome.rows_loaded) == ("corrections", "landed", 1, 1)
    mended = f"{first.delivery_id}-corrected-1"
    assert desk.rows(
        "select delivery_id, source_file, source_row, nama_art, nik_art_clean, village_code, "
        "extra ->> 'corrected_by', extra ->> 'corrected_in' "
        "from landing.pkh__components where delivery_id like '%corrected%'"
    ) == [
        (mended, "pkh/komponen.csv", 3, "SITI AMINAH", "6402061007619002", "64.02.06.1001", outcome.delivery_id,
         "Perbaikan!5"),
    ]  # fmt: skip
    assert desk.rows(
        "select status, feed, entity, period, rows_read, rows_loaded, rows_quarantined, corrects "
        f"from audit.deliveries where delivery_id = '{mended}'"
    ) == [("landed", "pkh", "components", "2026-10", 1, 1, 0, first.delivery_id)]
    assert desk.rows(
        "select rows_read, rows_loaded, rows_quarantined from audit.deliveries "
        f"where delivery_id = '{first.delivery_id}'"
    ) == [(3, 2, 1)]
    desk.conserved()
    assert desk.write(outcome) == []


def test_a_number_that_only_the_spreadsheet_changed_stays_as_it_was_sent(desk: Desk) -> None:
    first = desk.land(text(row(1), row(2, DESA="", KECAMATAN="", NIK_ART="6402061007619002")))
    (path,) = desk.write(first)
    # Excel makes numbers of what it is not told is text: fifteen digits of the NIK, no zero in front.
    outcome = desk.back(path, {"desa": "JAHAB", "kecamatan": "TENGGARONG", "nik_art": 6402061007619000})  # type: ignore[dict-item]
    assert outcome.rows_loaded == 1
    assert desk.rows("select nik_art_clean from landing.pkh__components where delivery_id like '%corrected%'") == [
        ("6402061007619002",)
    ]


def test_a_second_correction_of_a_row_supersedes_the_first(desk: Desk) -> None:
    first = desk.land(text(row(1), nobody(2), nobody(3)))
    (path,) = desk.write(first)
    desk.back(path, {"nama_art": "SITI"}, {"nama_art": "RAHMA"})
    desk.back(path, {"nama_art": "SITI AMINAH"}, to="64.02/2026-10/perbaikan/lagi.xlsx")
    assert landed_names(desk) == [
        ("superseded", 3, "SITI"), ("superseded", 4, "RAHMA"), ("landed", 3, "SITI AMINAH"), ("landed", 4, "RAHMA"),
    ]  # fmt: skip
    assert desk.rows("select supersedes from audit.deliveries where delivery_id like '%corrected-2'") == [
        (f"{first.delivery_id}-corrected-1",)
    ]
    desk.conserved()


def test_rows_that_mend_nothing_are_refused_and_the_others_mend(desk: Desk) -> None:
    first = desk.land(text(row(1), nobody(2), nobody(3), nobody(4), nobody(5), nobody(6)))
    (path,) = desk.write(first)
    key = f"{first.delivery_id}//"
    outcome = desk.back(
        path,
        {"nama_art": "SITI"},
        {},
        {"Kunci": f"{key}2", "nama_art": "WHO"},
        {"nama_art": "RAHMA", "desa": "SANGATTA SELATAN", "kecamatan": "SANGATTA SELATAN"},
        {"Kunci": f"{key}99", "nama_art": "AMIR"},
    )
    assert (outcome.rows_read, outcome.rows_loaded, outcome.rows_quarantined) == (5, 1, 4)
    assert desk.rows(
        "select source_row, reason_code from quarantine.rejected_rows where feed = 'corrections' order by 1"
    ) == [(6, "CORR_UNCHANGED"), (7, "CORR_UNKNOWN"), (8, "TENANT_MISMATCH"), (9, "CORR_UNKNOWN")]
    assert landed_names(desk) == [("landed", 3, "SITI")]
    desk.conserved()
    (again,) = desk.write(outcome)
    assert [cell.value for cell in openpyxl.load_workbook(again)["Perbaikan"]["D"][4:]] == ["4", "5", "6", "7"]


def test_two_answers_for_one_row_are_no_answer(desk: Desk) -> None:
    first = desk.land(text(row(1), nobody(2), nobody(3)))
    (path,) = desk.write(first)
    outcome = desk.back(path, {"nama_art": "SITI"}, {"nama_art": "RAHMA", "Kunci": f"{first.delivery_id}//3"})
    assert (outcome.status, outcome.error_code) == ("refused", "correction.twice")


@pytest.mark.parametrize(
    ("newer", "change", "code"),
    [
        (True, {"nama_art": "SITI"}, "correction.superseded"),
        (False, {}, "correction.unchanged"),
        (False, {"Kunci": "6402-202610-pkh-components-000000000000//3"}, "correction.unknown"),
    ],
)
def test_a_workbook_that_mends_nothing_is_refused_with_words(
    desk: Desk, change: dict[str, str], code: str, *, newer: bool
) -> None:
    (path,) = desk.write(desk.land(text(row(1), nobody(2))))
    if newer:
        desk.land(text(row(1), row(2)))
    outcome = desk.back(path, change)
    assert (outcome.status, outcome.error_code) == ("refused", code)
    ((message,),) = desk.rows("select error_message from audit.deliveries where feed = 'corrections'")
    assert len(str(message)) > 80
    assert landed_names(desk) == []
    assert desk.rows("select count(*) from landing.corrections__rows") == [(0,)]


def test_a_new_list_takes_the_place_of_what_was_mended(desk: Desk) -> None:
    (path,) = desk.write(desk.land(text(row(1), nobody(2))))
    desk.back(path, {"nama_art": "SITI"})
    desk.land(text(row(1), row(2)))
    assert desk.rows("select count(*) from audit.deliveries where status = 'landed' and feed = 'pkh'") == [(1,)]


def test_a_workbook_for_another_month_mends_nothing(desk: Desk) -> None:
    (path,) = desk.write(desk.land(text(row(1), nobody(2))))
    outcome = desk.back(path, {"nama_art": "SITI"}, to="64.02/2026-11/perbaikan/jahab.xlsx")
    assert (outcome.status, outcome.error_code) == ("refused", "correction.unknown")


def test_the_same_workbook_again_is_only_noted(desk: Desk) -> None:
    (path,) = desk.write(desk.land(text(row(1), nobody(2))))
    desk.back(path, {"nama_art": "SITI"})
    (again,) = desk.send((desk.inbox / BACK).read_bytes(), "64.02/2026-10/perbaikan/salinan.xlsx").deliveries
    assert again.status == "already_landed"


PAYMENTS = "NO_PESERTA;NAMA_PENGURUS;NIK;KEL;KEC;TAHAP;TAHUN;NOMINAL;STATUS;CATATAN\n"


def test_a_payment_may_not_come_back_as_a_second_one(desk: Desk) -> None:
    line = "64030900281234;HERLINA;6402061007619001;JAHAB;TENGGARONG;4;2026;{};SUKSES SPM;{}\n"
    first = desk.land((PAYMENTS + line.format(750000, "a") + line.format(500000, "b")).encode())
    assert first.rows_quarantined == 1
    (path,) = desk.write(first)
    outcome = desk.back(path, {"nominal": "600000"})
    assert (outcome.rows_loaded, outcome.rows_quarantined) == (0, 1)
    assert desk.rows("select reason_code from quarantine.rejected_rows where feed = 'corrections'") == [("PAY_DUP",)]
    outcome = desk.back(path, {"status": "GAGAL OMSPAN"}, to="64.02/2026-10/perbaikan/b.xlsx")
    assert outcome.rows_loaded == 1
    assert desk.rows("select extra ->> 'CATATAN' from landing.pkh__payments where status like 'GAGAL%'") == [("b",)]
    desk.conserved()


def test_a_row_that_is_there_already_is_not_counted_twice(desk: Desk) -> None:
    (path,) = desk.write(desk.land(text(row(1), nobody(1))))
    given = dict(zip((title.lower() for title in TITLES), row(1), strict=True))
    outcome = desk.back(path, {"nama_art": given["nama_art"], "nik_art": given["nik_art"]})
    assert (outcome.rows_loaded, outcome.rows_quarantined) == (0, 1)
    desk.conserved()


def test_no_value_of_a_row_reaches_a_log_or_a_message(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    (path,) = desk.write(desk.land(text(row(1), nobody(2, HUBUNGAN="RAHASIA"))))
    desk.back(path, {"nama_art": "SITI RAHASIA", "desa": "TIDAK ADA", "kecamatan": "TIDAK ADA"})
    told = caplog.text + json.dumps(desk.rows("select error_message, error_code from audit.deliveries"))
    told += json.dumps(desk.rows("select message, column_name from quarantine.rejected_rows"))
    assert "RAHASIA" not in told
    assert "TIDAK ADA" not in told


@pytest.mark.parametrize("table", [table for table in LISTS if not table.startswith("corrections")])
def test_a_refused_row_of_every_list_can_be_mended(desk: Desk, table: str) -> None:
    contract = contract_for(*table.split("__"))
    good = {column.name: value(column) for column in contract.columns}
    free = next(c.name for c in reversed(contract.columns) if c.kind in (Kind.TEXT, Kind.KEY, Kind.INTEGER, Kind.MONEY))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([good, good.values(), (good | {free: "#N/A"}).values()])
    first = desk.land(out.getvalue().encode(), "64.02/2026-10/daftar.csv")
    assert (first.rows_loaded, first.rows_quarantined) == (1, 1)
    (path,) = desk.write(first)
    different = "12" if contract.column(free).kind in (Kind.INTEGER, Kind.MONEY) else "LAIN 7"
    key = contract.natural_key[0]
    change = {free: different} | ({} if key == free or contract.column(key).codes else {key: "6402123457"})
    outcome = desk.back(path, {name: text for name, text in change.items() if good[name] != text})
    assert outcome.rows_loaded == 1, desk.rows("select reason_code, message from quarantine.rejected_rows")
    assert desk.rows(f"select {free} from landing.{table} where delivery_id like '%corrected%'") == [(different,)]
    desk.conserved()


TOILETS = """Nama KK;NIK KK;Desa;Kec;Jenis Sarana;Unit;Harga Satuan;Total;Tgl BAST
SITI;6402061007619001;JAHAB;TENGGARONG;JAMBAN;1;1000000;1000000;2026-10-05
;;JAHAB;TENGGARONG;JAMBAN;1;1000000;1000000;2026-10-06
"""
TRAINING = """Nama Lengkap;No. KTP;Tempat, Tgl Lahir;Usia;L/P;Alamat Lengkap;Jenis Pelatihan;Tanggal Mulai;\
Biaya per Peserta;Keterangan
SITI;6402065007619001;TENGGARONG, 10-07-1961;65;P;JL MAWAR, DESA JAHAB, KEC. TENGGARONG;LAS;2026-10-05;1500000;a
;;TENGGARONG, 11-07-1961;65;P;JL MELATI, DESA JAHAB, KEC. TENGGARONG;LAS;2026-10-05;1500000;b
"""


@pytest.mark.parametrize("sent", [TOILETS, TRAINING], ids=["toilets", "training"])
def test_a_row_of_an_office_keeps_what_the_office_stands_for(desk: Desk, sent: str) -> None:
    first = desk.land(sent.encode(), "64.02/2026-10/opd/daftar.csv")
    assert (first.feed, first.rows_loaded, first.rows_quarantined) == ("opd", 1, 1)
    (path,) = desk.write(first)
    name = contract_for("opd", "deliveries").of_kind(Kind.PERSON_NAME)[0].name
    assert desk.back(path, {name: "RAHMA"}).rows_loaded == 1
    constants = "office, opd_code, programme_code, sub_kegiatan_code"
    assert len(set(desk.rows(f"select {constants} from landing.opd__deliveries"))) == 1


def test_landing_a_feed_writes_its_workbooks_also_when_a_first_go_died(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings({"RBPK_HOME": str(tmp_path)})
    monkeypatch.setattr(intake, "recorded", lambda _, work: work(desk.warehouse).xcom)
    desk.send(text(row(1), nobody(2)), LIST)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "write_corrections", unwritable)
        with pytest.raises(SourceUnreachable):
            intake.land_deliveries("pkh", settings)
    assert intake.land_deliveries("pkh", settings) == {"deliveries": 0, "unjudged": 1}
    assert [path.name for path in desk.out.glob("64.02/2026-10/*/*.xlsx")] == ["tenggarong-jahab.xlsx"]


def unwritable(*_: object) -> int:
    raise SourceUnreachable("no room")


def test_a_cell_longer_than_a_workbook_holds_is_never_cut(desk: Desk) -> None:
    first = desk.land(text(row(1), nobody(2, HUBUNGAN="A" * 40_000), row(3)))
    (path,) = desk.write(first)
    untouched = desk.back(path, {})
    assert (untouched.status, untouched.error_code) == ("refused", "correction.unchanged")
    (path,) = desk.write(first)
    other = desk.back(path, {"nama_art": "SITI"}, to="64.02/2026-10/perbaikan/a.xlsx")
    assert (other.rows_loaded, other.rows_quarantined) == (0, 1)
    assert landed_names(desk) == []
    mended = desk.back(path, {"nama_art": "SITI", "hubungan": "ANAK"}, to="64.02/2026-10/perbaikan/b.xlsx")
    assert mended.rows_loaded == 1
    assert landed_names(desk) == [("landed", 3, "SITI")]


def test_a_release_reads_the_list_and_what_mended_it(desk: Desk) -> None:
    first = desk.land(text(row(1), nobody(2), row(3)))
    (path,) = desk.write(first)
    back = desk.back(path, {"nama_art": "SITI AMINAH"})
    release = open_release(desk.warehouse, "64.02", "2026-11", "code-1", required=("pkh",))
    frozen = desk.rows(f"select delivery_id from audit.release_deliveries where release_id = '{release.release_id}'")
    mended = f"{first.delivery_id}-corrected-1"
    assert {delivery_id for (delivery_id,) in frozen} == {first.delivery_id, mended}
    assert back.delivery_id not in {delivery_id for (delivery_id,) in frozen}
