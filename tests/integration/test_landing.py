"""Deliveries through the door of a real warehouse: nothing lost, nothing twice, refusals with a reason."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg2
import pytest
import xlsxwriter
from upath import UPath

from rbpk.errors import ReaderCrashed, SourceUnreachable, SourceUnstable, WarehouseRefused
from rbpk.feeds import child
from rbpk.feeds.child import Job
from rbpk.landing import (
    Fingerprint,
    LandingOutcome,
    Receipt,
    land,
    load_regions,
    loading,
    pending,
    receive,
    scan,
    store,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

REGIONS = load_regions()
TITLES = [
    "NO_PESERTA",
    "NAMA_PENGURUS",
    "NIK_ART",
    "NAMA_ART",
    "TGL_LAHIR",
    "JENIS_KELAMIN",
    "HUBUNGAN",
    "KOMPONEN",
    "DESA",
    "KECAMATAN",
]


def row(number: int, **cells: str) -> list[str]:
    member = [f"640206100761{9000 + number}", f"ISMAIL {'ABCDEFGHIJ'[number % 10]}", "1961-07-10", "L"]
    rest = ["KEPALA KELUARGA", "LANJUT USIA", "JAHAB", "TENGGARONG"]
    given = dict(zip(TITLES, [f"6403090028{number:04d}", "HERLINA", *member, *rest], strict=True))
    return list((given | cells).values())


def text(*rows: list[str], above: str = "") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([TITLES, *rows])
    return (above + out.getvalue()).encode()


class Office:
    """An inbox, a store and a warehouse, with the few things tests do to them."""

    def __init__(self, warehouse: Warehouse, folder: Path) -> None:
        self.warehouse, self.store, self.inbox = warehouse, UPath(folder / "store"), UPath(folder / "inbox")
        self.inbox.mkdir()

    def send(self, content: bytes, path: str = "64.02/2026-10/pkh/komponen.csv") -> Receipt:
        (self.inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (self.inbox / path).write_bytes(content)
        return receive(self.warehouse, self.store, self.inbox, path)

    def land(self, content: bytes, path: str = "64.02/2026-10/pkh/komponen.csv") -> LandingOutcome:
        return land(self.warehouse, self.store, self.send(content, path).deliveries[0].delivery_id, REGIONS)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.warehouse.connect() as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()  # type: ignore[no-any-return]


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database.owner, tmp_path)


def test_every_row_ends_in_one_place(office: Office) -> None:
    rows = [row(1), row(2), row(2), row(3, NAMA_ART="", NIK_ART=""), ["JUMLAH", "4", *[""] * 8]]
    outcome = office.land(text(*rows))
    assert (outcome.rows_read, outcome.rows_loaded, outcome.rows_quarantined, outcome.rows_duplicate) == (4, 2, 1, 1)
    assert outcome.rows_not_data == 1
    columns = "source_file, source_row, village_code, nik_art_clean"
    assert office.rows(f"select {columns} from landing.pkh__components order by 2") == [
        ("pkh/komponen.csv", 2, "64.02.06.1001", "6402061007619001"),
        ("pkh/komponen.csv", 3, "64.02.06.1001", "6402061007619002"),
    ]  # fmt: skip
    assert office.rows("select source_row, reason_code, raw ->> 'desa' from quarantine.rejected_rows") == [
        (5, "NO_IDENTITY", "JAHAB")
    ]


def test_a_damaged_number_never_passes_and_never_holds_a_row_back(office: Office) -> None:
    office.land(text(row(1, NIK_ART="6,40206E+15")))
    assert office.rows("select nik_art, nik_art_clean, findings from landing.pkh__components") == [
        ("6,40206E+15", None, ["nik_art:NIK_SCI"])
    ]


def test_landing_waits_its_turn_and_lands_once(office: Office) -> None:
    delivery_id = office.send(text(row(1))).deliveries[0].delivery_id
    assert pending(office.warehouse, "pkh") == [delivery_id]
    first = land(office.warehouse, office.store, delivery_id, REGIONS)
    assert land(office.warehouse, office.store, delivery_id, REGIONS) == first
    assert pending(office.warehouse, "pkh") == []
    assert office.rows("select count(*) from landing.pkh__components") == [(1,)]


def test_the_same_file_again_is_only_noted(office: Office) -> None:
    office.land(text(row(1)))
    again = office.send(text(row(1)), "64.02/2026-10/pkh/salinan.csv")
    assert [(d.status, d.delivery_id[-8:]) for d in again.deliveries] == [("already_landed", "-again-1")]
    assert again.feeds == ()


def test_asking_again_before_landing_changes_nothing(office: Office) -> None:
    assert office.send(text(row(1))) == office.send(text(row(1)))
    assert office.rows("select count(*) from audit.deliveries") == [(1,)]


def test_a_correction_under_the_same_name_replaces(office: Office) -> None:
    old = office.land(text(row(1)))
    new = office.land(text(row(7)))
    assert new.supersedes == (old.delivery_id,)
    assert office.rows("select status, supersedes from audit.deliveries order by received_at") == [
        ("superseded", None), ("landed", old.delivery_id),
    ]  # fmt: skip


def test_a_correction_under_another_name_is_known_by_its_keys(office: Office) -> None:
    old = office.land(text(row(1), row(2)))
    new = office.land(text(row(2), row(3)), "64.02/2026-10/pkh/final (2).csv")
    assert new.supersedes == (old.delivery_id,)


def test_another_part_of_the_list_stands_beside(office: Office) -> None:
    office.land(text(row(1), row(2), row(3)))
    assert office.land(text(row(3), row(4), row(5)), "64.02/2026-10/pkh/bagian 2.csv").supersedes == ()


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("komponen.csv", text(row(1)), "delivery.misplaced"),
        ("64.02/oktober/komponen.csv", text(row(1)), "delivery.misplaced"),
        ("64.02/2026-10/x.csv", b"", "file.empty"),
        ("64.02/2026-10/x.csv", b"Merk;Warna;Roda\n1;2;3\n", "feed.unknown"),
        ("64.02/2026-10/x.csv", text(row(1)).replace(b"NIK_ART", b"KTP"), "HDR_MISSING_COL"),
        ("64.02/2026-10/x.csv", text(row(1), above="PERIODE 202609\n"), "FILE_PERIOD"),
    ],
)
def test_a_refused_file_is_a_row_with_its_reason(office: Office, path: str, content: bytes, reason: str) -> None:
    (delivery,) = office.send(content, path).deliveries
    assert (delivery.status, delivery.error_code) == ("refused", reason)
    ((code, message),) = office.rows("select error_code, error_message from audit.deliveries")
    assert code == reason
    assert len(str(message)) > 40


def test_a_list_of_another_regency_is_refused_whole(office: Office) -> None:
    rows = [row(i, DESA="SANGATTA SELATAN", KECAMATAN="SANGATTA SELATAN") for i in range(8)]
    outcome = office.land(text(row(9), *rows))
    assert (outcome.status, outcome.error_code) == ("refused", "TENANT_MISMATCH")
    assert office.rows("select count(*) from landing.pkh__components") == [(0,)]
    assert office.rows("select count(*) from quarantine.rejected_rows") == [(0,)]


def test_a_list_without_rows_is_refused(office: Office) -> None:
    outcome = office.land(text())
    assert (outcome.status, outcome.error_code) == ("refused", "file.empty")


@pytest.mark.parametrize("step", ["_refuse_whole_file", "supersede"])
def test_a_crash_before_the_commit_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def crash(*_: object) -> None:
        raise psycopg2.OperationalError

    delivery_id = office.send(text(row(1))).deliveries[0].delivery_id
    with monkeypatch.context() as patch:
        patch.setattr(loading, step, crash)
        with pytest.raises(Exception, match="warehouse"):
            land(office.warehouse, office.store, delivery_id, REGIONS)
    assert office.rows("select count(*) from landing.pkh__components") == [(0,)]
    assert land(office.warehouse, office.store, delivery_id, REGIONS).rows_loaded == 1


def test_a_reader_killed_by_its_file_is_a_refusal(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery_id = office.send(text(row(1))).deliveries[0].delivery_id
    # One that has read before has the little memory that a list of one row needs.
    child._reader.stop()
    monkeypatch.setattr(loading, "Job", _tiny)
    outcome = land(office.warehouse, office.store, delivery_id, REGIONS)
    assert (outcome.status, outcome.error_code) == ("refused", "file.hostile")


def _tiny(*arguments: object) -> object:
    from rbpk.feeds.child import Job  # noqa: PLC0415  (the module's own name is replaced)

    return Job(*arguments, memory_bytes=60 << 20)  # type: ignore[arg-type]


def test_the_store_keeps_the_very_bytes_and_never_changes_them(office: Office) -> None:
    content = text(row(1))
    office.send(content)
    ((sha256, stored_as),) = office.rows("select sha256, stored_as from audit.deliveries")
    assert (office.store / str(stored_as)).read_bytes() == content
    assert str(stored_as).endswith(str(sha256))


def test_a_file_still_being_written_is_not_taken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter([(5, "a"), (6, "b")])
    monkeypatch.setattr(store, "_look", lambda _: next(looks))
    with pytest.raises(SourceUnstable):
        office.send(text(row(1)))


def test_a_file_is_ready_when_two_looks_saw_it_alike(office: Office) -> None:
    file = office.inbox / "64.02" / "2026-10" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"1")
    (file.parent / "~$a.xlsx").write_bytes(b"1")
    first = scan(office.inbox, {})
    second = scan(office.inbox, first.seen)
    third = scan(office.inbox, second.seen)
    file.write_bytes(b"12")
    fourth = scan(office.inbox, third.seen)
    fifth = scan(office.inbox, fourth.seen)
    assert [s.ready for s in (first, second, third, fourth, fifth)] == [
        (), ("64.02/2026-10/a.csv",), (), (), ("64.02/2026-10/a.csv",),
    ]  # fmt: skip
    assert isinstance(fifth.seen["64.02/2026-10/a.csv"], Fingerprint)


def test_an_object_storage_serves_as_well_as_a_folder(database: Database) -> None:
    inbox, kept = UPath("memory://inbox"), UPath("memory://store")
    (inbox / "64.02/2026-10/pkh/k.csv").write_bytes(text(row(1)))
    (delivery,) = receive(database.owner, kept, inbox, "64.02/2026-10/pkh/k.csv").deliveries
    assert land(database.owner, kept, delivery.delivery_id, REGIONS).rows_loaded == 1


def test_the_ledger_cannot_be_emptied_by_who_writes_it(office: Office) -> None:
    office.send(text(row(1)))
    with pytest.raises(WarehouseRefused):
        office.rows("delete from audit.deliveries returning 1")


def test_a_refusal_asked_for_again_is_the_same_row(office: Office) -> None:
    assert office.send(b"a;b;c\n") == office.send(b"a;b;c\n")
    assert office.rows("select count(*) from audit.deliveries") == [(1,)]


def test_a_delivery_lost_from_the_store_is_no_fault_of_the_file(office: Office) -> None:
    delivery_id = office.send(text(row(1))).deliveries[0].delivery_id
    with pytest.raises(SourceUnreachable):
        land(office.warehouse, UPath(office.store / "elsewhere"), delivery_id, REGIONS)
    assert pending(office.warehouse, "pkh") == [delivery_id]


def test_cells_with_line_ends_and_quotes_land_as_sent(office: Office) -> None:
    office.land(text(row(1, HUBUNGAN='anak\n"angkat"'), row(2)), '64.02/2026-10/pkh/daftar "baru", 2.csv')
    assert office.rows("select hubungan, source_file, sheet from landing.pkh__components order by source_row") == [
        ('anak\n"angkat"', 'pkh/daftar "baru", 2.csv', ""), ("KEPALA KELUARGA", 'pkh/daftar "baru", 2.csv', ""),
    ]  # fmt: skip


def test_a_sheet_that_is_nothing_known_is_a_refused_part(office: Office) -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for name, rows in {"Data": [TITLES, row(1)], "Lain": [TITLES[:6], row(2)[:6]]}.items():
            page = book.add_worksheet(name)
            for i, cells in enumerate(rows):
                page.write_row(i, 0, cells)
    receipt = office.send(written.getvalue(), "64.02/2026-10/pkh/komponen.xlsx")
    assert [(d.feed, d.status, d.error_code) for d in receipt.deliveries] == [
        ("pkh", "received", None), ("", "refused", "SHEET_UNKNOWN"),
    ]  # fmt: skip
    assert office.send(written.getvalue(), "64.02/2026-10/pkh/komponen.xlsx") == receipt
    ((message,),) = office.rows("select error_message from audit.deliveries where status = 'refused'")
    assert "'Lain' (2 rows)" in str(message)
    assert "Expected:" in str(message)


def test_a_crash_of_our_reader_is_no_fault_of_the_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (delivery,) = office.send(text(row(1))).deliveries
    with monkeypatch.context() as broken:
        # A job that no code of ours expects: the reader fails where a bug of ours would make it fail.
        broken.setattr(loading, "Job", lambda *given: replace(Job(*given), period="no month"))
        with pytest.raises(ReaderCrashed, match="ValueError at child_main"):
            land(office.warehouse, office.store, delivery.delivery_id, REGIONS)
    assert pending(office.warehouse, "pkh") == [delivery.delivery_id]
    assert land(office.warehouse, office.store, delivery.delivery_id, REGIONS).status == "landed"


def test_findings_of_the_whole_list_stand_on_its_rows(office: Office) -> None:
    names = {1: "SITI AMINAH", 2: "SITI AMINA", 3: "HERLINA", 4: "BUDI SANTOSO", 5: "RAHMAH"}
    niks = {1: "9001", 2: "9001", 3: "9003", 4: "9003", 5: "9005"}
    titles = ["NO_PESERTA", "NAMA_PENGURUS", "NIK_PENGURUS", "ALAMAT", "DESA", "KECAMATAN", "STATUS_KEPESERTAAN"]
    out = io.StringIO(newline="")
    lines = [
        [f"64030900{i:06}", names[i], f"640206100761{niks[i]}", "JL. POROS", "JAHAB", "TENGGARONG", "AKTIF"]
        for i in names
    ]
    csv.writer(out, delimiter=";").writerows([titles, *lines])
    outcome = office.land(out.getvalue().encode(), "64.02/2026-10/pkh/kpm.csv")
    assert (outcome.entity, outcome.rows_loaded) == ("participants", 5)
    found = office.rows("""
        select source_row, string_agg(finding, ' ' order by finding)
        from landing.pkh__participants, unnest(findings) as finding
        where finding like '%DUP%' group by 1 order by 1
    """)
    twice, different = "nik_pengurus:NIK_DUP_FILE", "nik_pengurus:NIK_DUP_DIFF_PERSON"
    assert found == [(2, twice), (3, twice), (4, f"{different} {twice}"), (5, f"{different} {twice}")]


def test_the_next_parcel_for_the_same_people_is_no_correction(office: Office) -> None:
    def parcels(day: str) -> bytes:
        titles = "Nama Kepala Keluarga;NIK;NO KK;Desa;Kecamatan;Nilai;Sumber Data;ID Sumber;Tanggal Serah"
        rest = "JAHAB;TENGGARONG;300000;DTKS"
        people = [f"SITI {'ABC'[i]};640206100761900{i};640206100721900{i};{rest};{i}" for i in (1, 2)]
        return "\n".join([titles, *(f"{line};{day}" for line in people), ""]).encode()

    place = "64.02/2026-10/opd"
    first = office.land(parcels("2026-10-02"), f"{place}/sembako 1.csv")
    second = office.land(parcels("2026-10-16"), f"{place}/sembako 2.csv")
    assert (first.entity, second.supersedes) == ("deliveries", ())
    revised = office.land(parcels("2026-10-17"), f"{place}/sembako 2 revisi.csv")
    assert revised.supersedes == (second.delivery_id,)
    senders = office.rows("select distinct senders from audit.deliveries where status <> 'received'")
    assert senders == [(["DINSOS_SEMBAKO"],)]
