"""A zip is as many deliveries as it holds files; what is unsafe in it is refused whole, with a reason."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import SourceUnreadable
from rbpk.landing import archives, land
from tests.integration.test_landing import REGIONS, Office, row, text
from tests.unit.feeds.formats import html, ods, xls
from tests.unit.feeds.lists import TITLES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

PLACE = "64.02/2026-10/pkh/kiriman oktober.zip"


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database.owner, tmp_path)


def pack(**files: bytes) -> bytes:
    return pack_all(list(files.items()))


def pack_all(files: list[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in files:
            archive.writestr(name, content)
    return written.getvalue()


def test_each_file_of_a_zip_is_a_delivery(office: Office) -> None:
    files = [
        ("Tenggarong/komponen.csv", text(row(1))),
        ("Samboja/komponen.xls", xls({"Data": [TITLES, row(2)]})),
        ("Samboja/lagi.ods", ods({"Data": [TITLES, row(3)]})),
        ("dalam.zip", pack_all([("a.xls", html([TITLES, row(4)]))])),
        ("__MACOSX/._komponen.csv", b"\0\5\x16\7"),
        ("surat.pdf", b"%PDF-1.7 \0\1\2\3"),
    ]
    receipt = office.send(pack_all(files), PLACE)
    assert [(d.status, d.error_code) for d in receipt.deliveries] == [
        *[("received", None)] * 4, ("refused", "file.format"),
    ]  # fmt: skip
    for delivery in receipt.deliveries[:4]:
        assert land(office.warehouse, office.store, delivery.delivery_id, REGIONS).rows_loaded == 1
    sources = office.rows("select source_file from landing.pkh__components order by source_row, no_peserta")
    assert [str(source) for (source,) in sources] == [
        "pkh/kiriman oktober.zip/Tenggarong/komponen.csv",
        "pkh/kiriman oktober.zip/Samboja/komponen.xls",
        "pkh/kiriman oktober.zip/Samboja/lagi.ods",
        "pkh/kiriman oktober.zip/dalam.zip/a.xls",
    ]


def test_asking_again_for_a_zip_changes_nothing(office: Office) -> None:
    content = pack_all([("a.csv", text(row(1))), ("b.csv", b"a;b;c\n")])
    assert office.send(content, PLACE) == office.send(content, PLACE)
    assert office.rows("select count(*) from audit.deliveries") == [(2,)]


@pytest.mark.parametrize("name", ["../x.csv", "a/../../x.csv", "/etc/x.csv", "C:\\x.csv", "..\\x.csv"])
def test_a_name_that_points_outside_is_refused_whole(office: Office, name: str) -> None:
    (delivery,) = office.send(pack_all([("ok.csv", text(row(1))), (name, text(row(2)))]), PLACE).deliveries
    assert (delivery.status, delivery.error_code) == ("refused", "file.hostile")
    assert not list(office.inbox.parent.rglob("x.csv"))


def nested(depth: int) -> bytes:
    content = text(row(1))
    for _ in range(depth):
        content = pack_all([("x", content)])
    return content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pack_all([]), "file.empty"),
        (pack_all([("__MACOSX/x", b"x")]), "file.empty"),
        (pack_all([("a.csv", text(row(1))), ("a.csv", text(row(2)))]), "file.hostile"),
        (nested(5), "file.hostile"),
        (pack_all([("a.csv", text(row(1)))])[:-30], "file.unreadable"),
        (pack_all([("word/document.xml", b"<x/>"), ("[Content_Types].xml", b"<x/>")]), "file.format"),
    ],
)
def test_a_bad_zip_is_refused_by_name(office: Office, content: bytes, reason: str) -> None:
    (delivery,) = office.send(content, PLACE).deliveries
    assert (delivery.status, delivery.error_code) == ("refused", reason)


def test_an_encrypted_zip_is_refused(office: Office) -> None:
    content = bytearray(pack_all([("a.csv", text(row(1)))]))
    content[content.index(b"PK\1\2") + 8] |= 1
    (delivery,) = office.send(bytes(content), PLACE).deliveries
    assert (delivery.status, delivery.error_code) == ("refused", "file.format")


@pytest.mark.parametrize(("limit", "value"), [("files", 1), ("size", 100)])
def test_a_zip_is_unpacked_within_limits(
    office: Office, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(archives, "Budget", lambda: _budget(limit, value))
    content = pack_all([("a.csv", text(row(1))), ("b.csv", text(row(2)))])
    (delivery,) = office.send(content, PLACE).deliveries
    assert (delivery.status, delivery.error_code) == ("refused", "file.hostile")


Budget = archives.Budget


def _budget(limit: str, value: int) -> archives.Budget:
    return Budget(**{limit: value})


def test_a_file_that_may_not_be_read_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError

    (office.inbox / "64.02/2026-10").mkdir(parents=True)
    monkeypatch.setattr(type(office.inbox), "open", forbidden)
    (office.inbox.parent / "inbox/64.02/2026-10/x.csv").touch()
    from rbpk.landing import receive  # noqa: PLC0415  (beside its use)

    with pytest.raises(SourceUnreadable):
        receive(office.warehouse, office.store, office.inbox, "64.02/2026-10/x.csv")


def test_a_hidden_copy_is_held_back_row_by_row_and_counted(office: Office) -> None:
    content = xls({"Lama": [TITLES, row(1), row(2)], "Baru": [TITLES, row(1), row(3)]}, hidden=["Lama"])
    outcome = office.land(content, "64.02/2026-10/pkh/komponen.xls")
    assert (outcome.rows_loaded, outcome.rows_quarantined, outcome.rows_duplicate) == (2, 1, 1)
    assert office.rows("select sheet, source_row, reason_code from quarantine.rejected_rows") == [
        ("Lama", 3, "SHEET_HIDDEN")
    ]
