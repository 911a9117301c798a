"""A backup makes the same platform on an empty place, and a damaged one touches nothing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from embedded import databases, postgres
from embedded.backup import backup, restore
from embedded.errors import EmbeddedError
from embedded.home import Home, write_private
from rbpk.errors import WarehouseRefused
from rbpk.publishing import publish, write_manifest
from rbpk.warehouse import ListGrant, Warehouse, grant_list
from tests.integration.lists_kit import OWN, with_lists
from tests.integration.publishing_kit import ask, run
from tests.places import quick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIST = "store/64.02/2026-10/list.csv"
SHOWN = "select household_id, desil, release_id from published.mart_households order by household_id"


GUARDS = (
    "select tablename, policyname, roles::text, cmd, qual, with_check from pg_policies "
    "union all select oid::regclass::text, relowner::regrole::text, (select string_agg(one::text, ' ' order by "
    "one::text) from unnest(coalesce(relacl, acldefault(case when relkind = 'S' then 's'::\"char\" else "
    "'r'::\"char\" end, relowner))) as granted (one)), relrowsecurity::text, "
    "relforcerowsecurity::text, reloptions::text from pg_class where relnamespace::regnamespace::text "
    "not in ('pg_catalog', 'information_schema', 'pg_toast') and relkind in ('r', 'p', 'v', 'm', 'S') order by 1, 2"
)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    # Not pytest's own temporary folder: a system user must be able to walk there when tests run as root.
    with tempfile.TemporaryDirectory(dir=quick(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def original(place: Path) -> Iterator[Home]:
    """A platform with a published release, a stored delivery, a reader of lists and a run in Airflow's database."""
    home = Home(place / "original").prepare()
    server = postgres.start(home)
    databases.prepare(home, server)
    opened = with_lists(Warehouse(databases.role_dsn(home, server, "rbpk_owner")))
    publisher = Warehouse(databases.role_dsn(home, server, "rbpk_publisher"))
    publish(publisher, opened.release_id, "tester")
    write_manifest(publisher, opened.release_id, home.root / "manifests")
    admin = Warehouse(server.dsn())
    grant_list(admin, ListGrant("siti", "case_worker", "64.02", ("64.02.06",), "surat tugas", "tester"), "her-password")
    run(Warehouse(databases.metadata_dsn(home, server)), "create table dag_run as select 7 as id")
    (home.root / LIST).parent.mkdir(parents=True)
    write_private(home.root / LIST, "nama;desil\n")
    write_private(home.run / "regencies.json", '["64.02"]')
    yield home
    postgres.remove(home)


@pytest.fixture(scope="module")
def copy(original: Home, place: Path) -> Path:
    folder = place / "copies" / "today"
    assert backup(original, str(folder)) == 0
    return folder


@pytest.fixture
def other(place: Path) -> Iterator[Home]:
    home = Home(place / "other").prepare()
    yield home
    postgres.remove(home)
    shutil.rmtree(home.root)


def test_an_empty_place_becomes_the_same_platform(
    original: Home, copy: Path, other: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    before = postgres.start(original)
    assert restore(other, str(copy), overwrite=False) == 0
    told = capsys.readouterr().out
    assert "6402-202610-r1: kept" in told
    assert ": equal" in told
    assert "1 heads known from manifests: as written." in told
    server = postgres.status(other)
    assert server is not None
    for role in ("bi_reader", "auditor"):
        query = SHOWN if role == "bi_reader" else "select * from audit.chain order by regency_code, number"
        doors = [Warehouse(databases.role_dsn(home, at, role)) for home, at in ((original, before), (other, server))]
        assert ask(doors[0], query) == ask(doors[1], query) != []
    assert ask(Warehouse(databases.metadata_dsn(other, server)), "select id from dag_run") == [(7,)]
    # A login a person was given works with its own password, sees its own rows, and is written down.
    siti = Warehouse(server.dsn("rbpk", "siti", "her-password"))
    assert ask(siti, "select kecamatan_code from restricted.bnba_exclusion_errors") == [(OWN["kecamatan_code"],)]
    with pytest.raises(WarehouseRefused, match="permission denied"):
        ask(siti, "select * from restricted.bnba_opd_delivery")
    assert ask(Warehouse(server.dsn()), "select count(*) from audit.list_reads") == [(1,)]
    # Owners, grants and row filters of every table and view are what they were.
    guards = [ask(Warehouse(at.dsn()), GUARDS) for at in (before, server)]
    assert guards[0] == guards[1] != []
    # The next start completes both databases and finds nothing to complain of.
    databases.prepare(other, server)
    for path in (LIST, "run/regencies.json", "secrets/postgres"):
        assert (other.root / path).read_bytes() == (original.root / path).read_bytes()


def test_nobody_else_may_read_a_backup_or_what_came_back(copy: Path, other: Home) -> None:
    restore(other, str(copy), overwrite=False)
    back = [path for name in ("store", "secrets", "manifests") for path in (other.root / name).rglob("*")]
    for path in (copy, *copy.rglob("*"), *back):
        assert path.stat().st_mode & 0o077 == 0, path


def _flip(folder: Path) -> None:
    path = folder / "databases" / "rbpk.dump"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_flip, "databases/rbpk.dump was changed"),
        (lambda folder: (folder / LIST).unlink(), "is missing"),
        (lambda folder: write_private(folder / "store" / "extra", "x"), "store/extra is not in its manifest"),
        (lambda folder: (folder / "manifest.json").unlink(), "no whole backup"),
        (lambda folder: write_private(folder / "manifest.json", "{"), "cannot be read"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_touched(
    copy: Path, original: Home, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    spoilt = tmp_path / "spoilt"
    shutil.copytree(copy, spoilt)
    damage(spoilt)
    with pytest.raises(EmbeddedError, match=said):
        restore(original, str(spoilt), overwrite=True)
    assert postgres.status(original) is not None
    assert (original.root / LIST).exists()


def test_what_is_there_is_replaced_only_when_asked(copy: Path, other: Home) -> None:
    write_private(other.store / "kept", "x")
    with pytest.raises(EmbeddedError, match=r"not empty.*OVERWRITE=yes"):
        restore(other, str(copy), overwrite=False)
    assert (other.store / "kept").exists()
    assert restore(other, str(copy), overwrite=True) == 0
    assert not (other.store / "kept").exists()


def test_a_backup_goes_nowhere_it_could_be_lost_or_harm(original: Home, copy: Path, place: Path) -> None:
    with pytest.raises(EmbeddedError, match="not an empty folder"):
        backup(original, str(copy))
    with pytest.raises(EmbeddedError, match="lies inside"):
        backup(original, str(original.root / "copy"))
    with pytest.raises(EmbeddedError, match="holds no database yet"):
        backup(Home(place / "nothing"), str(place / "copies" / "none"))
    assert not (place / "copies" / "none").exists()


def test_a_failed_backup_leaves_nothing(original: Home, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embedded.backup_databases.LOCK_WAIT", "--no-such-option")
    with pytest.raises(EmbeddedError, match="pg_dump failed on the database rbpk"):
        backup(original, str(place / "copies" / "failed"))
    assert not (place / "copies" / "failed").exists()
