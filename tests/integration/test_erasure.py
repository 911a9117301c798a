"""A person who asks to be erased leaves every room, and does not come back with the next list."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from upath import UPath

from rbpk.errors import ConfigurationMissing, ReleaseUnknown, WarehouseBusy, WarehouseRefused
from rbpk.landing import LandingOutcome, land, load_regions, receive, write_corrections
from rbpk.linkage.kept import place_of, spill_of
from rbpk.orchestration.erasing import Places, Request, clear_files, erase_person, erase_requested
from rbpk.publishing import open_release, publish, verify_release, write_manifest
from rbpk.warehouse import verify_audit
from tests.conftest import fresh_database
from tests.integration.publishing_kit import REGENCY, answer, ask, candidate, deliver_all, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rbpk.publishing import OpenedRelease
    from tests.conftest import Database

KEY, WORD = b"a key of the tests", ("Siti Petugas PDP", "permohonan subjek data", "BA 12/2026")
REGIONS = load_regions()
NAME, NIK, CARD, PHONE = "ZUBAEDAH TERHAPUS", "6402064107619001", "6402062007199001", "6403090028000001"
CHILD, CHILD_NIK = "BUDI TINGGAL", "6402061007109002"
MARKS = (NAME, NIK, "ZUBAEDAHTERHAPUS")
COMPONENTS = (
    "NO_PESERTA", "NAMA_PENGURUS", "NIK_ART", "NAMA_ART", "TGL_LAHIR", "JENIS_KELAMIN", "HUBUNGAN", "KOMPONEN", "DESA",
    "KECAMATAN",
)  # fmt: skip
FAMILIES = (
    "NO_PESERTA", "NAMA_PENGURUS", "NIK_PENGURUS", "NO_KK", "TGL_LAHIR", "DESA", "KECAMATAN", "STATUS_KEPESERTAAN",
)  # fmt: skip
PLACE = ("JAHAB", "TENGGARONG")
MOTHER_ROW = (PHONE, NAME, NIK, NAME, "1961-07-01", "P", "ISTRI", "LANJUT USIA", *PLACE)
CHILD_ROW = (PHONE, NAME, CHILD_NIK, CHILD, "2010-07-10", "L", "ANAK", "SMP", *PLACE)
UNREADABLE_ROW = (PHONE, NAME, NIK, "", "1961-07-01", "P", "ISTRI", "LANJUT USIA", "NEGERI ASING", "ENTAH")
PROFILE = "regency_code, snapshot, record_id, person_id, feed, nik, name, mother_name, rule, score"
FAMILY_ROW = (PHONE, NAME, NIK, CARD, "1961-07-01", *PLACE, "AKTIF")


class Office:
    """The inbox of a regency, and the folders the platform writes names into."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.places = Places(UPath(folder / "store"), UPath(folder / "inbox"), folder)

    def land(self, titles: tuple[str, ...], *rows: tuple[str, ...], name: str, key: bytes = KEY) -> LandingOutcome:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=";").writerows([titles, *rows])
        path = f"{REGENCY}/2026-10/pkh/{name}.csv"
        (self.places.inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (self.places.inbox / path).write_bytes(out.getvalue().encode())
        receipt = receive(self.database.owner, self.places.store, self.places.inbox, path)
        delivery_id = receipt.deliveries[0].delivery_id
        landed = land(self.database.owner, self.places.store, delivery_id, REGIONS, lambda _: key)
        write_corrections(self.database.owner, landed.delivery_id, self.places.home / "corrections")
        return landed


def remember(office: Office, delivery: str, opened: OpenedRelease, *, alone: bool) -> None:
    """Write what linkage would know, and a list with the person on it."""
    people = [("p-mother", NIK, NAME, 2)] + ([] if alone else [("p-child", CHILD_NIK, CHILD, 3)])
    commands = []
    for person, nik, name, row in people:
        linked = f"'{delivery}', 'r-{person}', '{person}', 'h0', 'nik', 1"
        profile = f"'{REGENCY}', 1, 'r-{person}', '{person}', 'pkh', '{nik}', '{name}', '{NAME}', 'nik', 1"
        commands += [
            f"insert into linkage.person_links values ('{REGENCY}', '2026-10', 'pkh', 'f', '', {row}, {linked})",
            f"insert into linkage.person_profiles ({PROFILE}) values ({profile})",
            f"insert into linkage.household_members values ('{REGENCY}', 1, '{person}', 'h0', true)",
            f"insert into linkage.persons values ('{REGENCY}', '{person}', '2026-10', 'r-{person}')",
            f"insert into linkage.review_pairs values ('{REGENCY}', '2026-10', 'r-{person}', 'r-x', 'model', 0.5)",
        ]
    schema = opened.release_schema
    facts = f"'{REGENCY}', '2026-10', '{opened.release_id}'"
    run(
        office.database.owner,
        *commands,
        f"create table {schema}.bnba_exclusion_errors (row_id text, regency_code text, period text, release_id text, "
        "kecamatan_code text, household_id text, head_name text, head_nik text, address text)",
        f"insert into {schema}.bnba_exclusion_errors "
        f"values ('1', {facts}, '64.02.06', 'h0', '{NAME}', '{NIK}', 'RT 1')",
        f"create table {schema}.fct_interventions (row_id text, regency_code text, period text, release_id text, "
        "person_id text, household_id text, amount_idr numeric)",
        f"insert into {schema}.fct_interventions values ('{'0' * 32}', {facts}, 'p-mother', 'h0', 600000)",
    )


def months(database: Database, folder: Path, *, alone: bool = False) -> tuple[Office, OpenedRelease]:
    """Land a family's lists and publish a release that names its mother."""
    office = Office(database, folder)
    landed = office.land(COMPONENTS, MOTHER_ROW, CHILD_ROW, UNREADABLE_ROW, name="komponen")
    office.land(FAMILIES, FAMILY_ROW, name="kpm")
    deliver_all(database.owner)
    opened = candidate(database.owner)
    remember(office, landed.delivery_id, opened, alone=alone)
    publish(database.publisher, opened.release_id, "tester")
    write_manifest(database.publisher, opened.release_id, folder / "manifests")
    return office, opened


@pytest.fixture(scope="module")
def erased(
    server_dsn: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Office, OpenedRelease, dict[str, int], str]]:
    """Erase the mother by her number; the tests below look at what is left."""
    folder = tmp_path_factory.mktemp("office")
    with fresh_database(server_dsn, template) as fresh:
        office, opened = months(fresh, folder)
        before = answer(fresh.publisher, "select content_hash from audit.releases")
        with pytest.raises(WarehouseRefused, match="reason"):
            erase_person(fresh.publisher, Request(REGENCY, "Siti", "ya", "BA 12", nik=NIK), KEY, office.places.home)
        linkage = office.places.home / "linkage"
        spilled = spill_of(linkage, REGENCY) / "killed" / "duckdb_temp_storage.tmp"
        spilled.parent.mkdir(parents=True)
        spilled.write_text(NAME, encoding="utf-8")
        place_of(linkage, REGENCY).write_bytes(b"prints of compared rows, hers among them")
        counts = erase_person(fresh.publisher, Request(REGENCY, *WORD, nik=NIK), KEY, office.places.home)
        assert list(linkage.iterdir()) == []
        counts |= clear_files(fresh.publisher, REGENCY, office.places)
        yield office, opened, counts, before


Done = tuple["Office", "OpenedRelease", dict[str, int], str]


def everything(database: Database) -> str:
    """Return every row of every table of the warehouse as text."""
    tables = ask(
        database.admin,
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname !~ '^(pg_|information_schema)'",
    )
    return "\n".join(str(ask(database.admin, f"select t::text from {name} as t")) for (name,) in tables)


def test_no_table_and_no_file_holds_the_person(erased: Done) -> None:
    office, _, counts, _ = erased
    left = everything(office.database)
    assert CHILD in left
    assert not [mark for mark in (*MARKS, "p-mother") if mark in left]
    files = [path for path in office.places.home.rglob("*") if path.is_file()]
    assert not [path for path in files for mark in MARKS if mark.encode() in path.read_bytes()]
    assert counts["files"] == 4
    assert not list(office.places.home.glob("corrections/**/*.xlsx"))


def test_every_row_is_still_accounted_for(erased: Done) -> None:
    office, _, counts, _ = erased
    assert (counts["rows_out"], counts["rows_blanked"], counts["rows_of_relatives"]) == (1, 1, 1)
    assert counts["refused_rows_emptied"] == 1
    owner = office.database.owner
    assert ask(owner, "select reason_code, raw from quarantine.rejected_rows") == [("ERASED", {})] * 2
    assert ask(owner, "select nama_art, nama_pengurus from landing.pkh__components") == [(CHILD, None)]
    family = "select nik_pengurus_clean, nama_pengurus, no_kk_clean, no_peserta from landing.pkh__participants"
    assert ask(owner, family) == [(None, None, CARD, PHONE)]
    assert ask(
        owner, "select rows_loaded, rows_quarantined from audit.deliveries where feed = 'pkh' and entity = 'components'"
    ) == [(1, 2)]


def test_readers_keep_the_numbers_and_the_door_without_the_person(erased: Done) -> None:
    office, opened, counts, _ = erased
    schema, publisher = opened.release_schema, office.database.publisher
    run(publisher, "set role rbpk_publisher")
    listed = "select household_id, head_name, head_nik, address from {}.bnba_exclusion_errors"
    assert ask(publisher, listed.format(schema)) == [("h0", None, None, "RT 1")]
    found = ask(publisher, f"select person_id, row_id, household_id, amount_idr from {schema}.fct_interventions")
    assert found[0][0].startswith("erased-")
    assert found[0][1].startswith("erased-")
    assert (found[0][2], found[0][3]) == ("h0", 600000)
    assert (counts["releases_rewritten"], counts["release_rows"]) == (1, 2)


def test_the_release_and_the_audit_still_verify_and_say_why(erased: Done) -> None:
    office, opened, _, before = erased
    kept, found = verify_release(office.database.publisher, opened.release_id)
    assert kept == found != before
    rewrite = "select former_hash, content_hash from audit.release_rewrites"
    assert ask(office.database.auditor, rewrite) == [(before, kept)]
    assert verify_audit(office.database.auditor).findings == ()
    page = json.loads((office.places.home / "manifests" / f"{opened.release_id}.json").read_text("utf-8"))
    assert page["rewrites"][0]["former_hash"] == before
    word = "select decided_by, reason, ba_number from audit.erasures"
    assert ask(office.database.auditor, word) == [WORD]


def test_the_next_list_does_not_bring_the_person_back(erased: Done) -> None:
    office, _, _, _ = erased
    # Spelled otherwise, the number lost: known by name and participant number.
    lost = (PHONE, NAME.title(), "", f" {NAME.lower()} ", "1961-07-01", "P", "ISTRI", "LANJUT USIA", *PLACE)
    landed = office.land(COMPONENTS, lost, CHILD_ROW, name="komponen lagi")
    assert (landed.rows_read, landed.rows_loaded, landed.rows_quarantined) == (2, 1, 1)
    office.land(FAMILIES, FAMILY_ROW, name="kpm lagi")
    clear_files(office.database.publisher, REGENCY, office.places)
    assert not [mark for mark in MARKS if mark in everything(office.database)]
    assert not [path for path in office.places.home.rglob("*.csv") if NIK.encode() in path.read_bytes()]


def test_another_key_is_missed_and_nothing_lands_under_it(erased: Done) -> None:
    office, _, _, _ = erased
    with pytest.raises(ConfigurationMissing, match="RBPK_SUPPRESSION_KEY"):
        office.land(COMPONENTS, (*CHILD_ROW[:6], "CUCU", *CHILD_ROW[7:]), name="lain", key=b"rotated")


def test_who_lived_alone_takes_the_family_rows_along(database: Database, tmp_path: Path) -> None:
    _, opened = months(database, tmp_path, alone=True)
    counts = erase_person(database.publisher, Request(REGENCY, *WORD, person_id="p-mother"), KEY, tmp_path)
    assert counts["rows_out"] == 2
    assert answer(database.owner, "select count(*) from landing.pkh__participants") == 0
    run(database.publisher, "set role rbpk_publisher")
    assert ask(database.publisher, f"select 1 from {opened.release_schema}.bnba_exclusion_errors") == []
    homes = f"select count(*) from {opened.release_schema}.fct_interventions where household_id like 'erased-%'"
    assert answer(database.publisher, homes) == 1
    assert open_release(database.owner, REGENCY, "2026-10", "code-1").opened


def test_a_request_in_the_table_is_done_once_and_forgets_its_number(database: Database, tmp_path: Path) -> None:
    run(
        database.owner,
        "insert into quarantine.erasure_requests (regency_code, nik, decided_by, reason, ba_number) "
        f"values ('{REGENCY}', '{NIK}', '{WORD[0]}', '{WORD[1]}', '{WORD[2]}')",
    )
    done = erase_requested(database.publisher, REGENCY, KEY, tmp_path)
    assert [(one["rows_out"], one["releases_rewritten"]) for one in done] == [(0, 0)]
    assert erase_requested(database.publisher, REGENCY, KEY, tmp_path) == []
    assert ask(database.owner, "select nik from quarantine.erasure_requests") == [(None,)]


def test_nobody_is_erased_while_a_month_is_built_or_by_a_wrong_id(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ReleaseUnknown, match="person id"):
        erase_person(database.publisher, Request(REGENCY, *WORD, person_id="nobody"), KEY, tmp_path)
    with pytest.raises(ReleaseUnknown, match="sixteen digits"):
        erase_person(database.publisher, Request(REGENCY, *WORD, nik="123"), KEY, tmp_path)
    candidate(database.owner)
    with pytest.raises(WarehouseBusy, match="signature"):
        erase_person(database.publisher, Request(REGENCY, *WORD, nik=NIK), KEY, tmp_path)
