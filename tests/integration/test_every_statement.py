"""Every statement of landing and of publishing fails once; done again, the outcome is the undisturbed one.

`make chaos` fails each of them; `make test` every seventh, from another one on in each test.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - likewise
from upath import UPath

from rbpk.errors import Transient
from rbpk.feeds.child import Job, judged_rows
from rbpk.landing import land, load_regions, loading, receive
from rbpk.publishing import publication, publish, verify_release
from rbpk.warehouse import verify_audit
from tests.integration.lists_kit import with_lists
from tests.integration.publishing_kit import answer, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rbpk.feeds.reader_output import Summary
    from rbpk.feeds.writing_columns import Form
    from tests.conftest import Database

REGIONS = load_regions()
STRIDE = int(os.environ.get("RBPK_EVERY_STATEMENT", "7"))
TITLES = "NO_PESERTA;NAMA_PENGURUS;NIK_ART;NAMA_ART;TGL_LAHIR;JENIS_KELAMIN;HUBUNGAN;KOMPONEN;DESA;KECAMATAN\n"
ROW = "6403090028{0:04d};HERLINA;64020610076190{0:02d};ISMAIL;1961-07-10;L;KEPALA KELUARGA;LANJUT USIA;{1};TENGGARONG\n"
# One is refused, so that both places are written to.
LIST = TITLES + "".join(ROW.format(number, "JAHAB") for number in range(1, 4))
LIST += "64030900280009;HERLINA;;;1961-07-10;L;ANAK;SD;JAHAB;TENGGARONG\n"
STATE = (Path(__file__).parents[1] / "chaos" / "fingerprint.sql").read_text("utf-8")


# As an administrator does who wants to leave no trace: the inbox is as it was before the first look.
CLEAR = """
set session_replication_role = replica;
truncate audit.deliveries cascade; truncate audit.chain, landing.pkh__components, quarantine.rejected_rows
"""
JUDGED: dict[Job, tuple[bytes, bytes, bytes, Summary, Form]] = {}


class Judged(io.BytesIO):
    """What the child process said of a list, once more."""

    def __init__(self, text: bytes, rejected: bytes, notes: bytes, summary: Summary, form: Form) -> None:
        super().__init__(text)
        self.rejected, self.notes, self.summary, self.form = io.BytesIO(rejected), notes, lambda: summary, form


class Statements:
    """Counts what is asked of the server, a commit included, and makes the chosen one fail on its way there or back."""

    seen: ClassVar[int] = 0
    fails: ClassVar[int] = 0
    told_late: ClassVar[bool] = False

    @classmethod
    def arm(cls, number: int, *, told_late: bool = False) -> None:
        cls.seen, cls.fails, cls.told_late = 0, number, told_late

    @classmethod
    def run(cls, link: Connection, ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the driver returns
        cls.seen += 1
        if cls.seen != cls.fails:
            return ask()
        # The server did it and the client never hears; or the line is cut before.
        if cls.told_late:
            ask()
        Connection.close(link)
        raise psycopg2.OperationalError("server closed the connection unexpectedly")


class BrittleCursor(Cursor):
    """A cursor whose statements are counted."""

    def execute(self, query: Any, values: Any = None) -> Any:  # noqa: ANN401 - psycopg2's signature
        return Statements.run(self.connection, lambda: super(BrittleCursor, self).execute(query, values))

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> Any:  # noqa: ANN401 - psycopg2's signature
        return Statements.run(self.connection, lambda: super(BrittleCursor, self).copy_expert(sql, file, size))


class BrittleConnection(Connection):
    """A connection whose commits are counted too."""

    def cursor(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - psycopg2's signature
        return super().cursor(*arguments, **{"cursor_factory": BrittleCursor, **named})

    def commit(self) -> None:
        Statements.run(self, super().commit)


@pytest.fixture(autouse=True)
def _brittle(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = psycopg2.connect
    monkeypatch.setattr(publication, "SETTLE_SECONDS", 0)
    monkeypatch.setattr(loading, "judged_rows", judged_once)
    monkeypatch.setattr(
        "rbpk.warehouse.connection.psycopg2.connect",
        lambda dsn, **named: connect(dsn, connection_factory=BrittleConnection, **named),
    )
    Statements.arm(0)


def state(database: Database) -> dict[str, str]:
    """Tell all tables, clocks left out; the chain of audit rows must hold."""
    Statements.arm(0)
    assert verify_audit(database.auditor).findings == ()
    with database.admin.connect() as connection, connection.cursor() as cursor:
        cursor.execute(STATE)
        found = {}
        for table, query in cursor.fetchall():
            cursor.execute(query)
            found[table] = str(cursor.fetchone())
    return found


@contextmanager
def judged_once(job: Job) -> Iterator[Judged]:
    """Judge a list in its child process once, and hand out what it said ever after: no statement is in that."""
    if job not in JUDGED:
        with judged_rows(job) as rows:
            text = b"".join(iter(lambda: rows.read(1 << 16), b""))
            summary = rows.summary()
            rows.rejected.seek(0)
            JUDGED[job] = (text, rows.rejected.read(), rows.notes, summary, rows.form)
    yield Judged(*JUDGED[job])


def disturbed(step: Callable[[], object], number: int, *, told_late: bool) -> bool:
    """Let one statement of the step fail, and do the step again; say whether there was such a statement."""
    Statements.arm(number, told_late=told_late)
    # Anything else, the driver's own words among them, is not what a task is tried again for.
    with suppress(Transient):
        step()
    hit = Statements.seen >= number
    Statements.arm(0)
    step()
    return hit


@pytest.mark.parametrize("told_late", [False, True], ids=["cut before", "cut after"])
def test_landing_comes_out_the_same(database: Database, tmp_path: Path, *, told_late: bool) -> None:
    path = "64.02/2026-10/pkh/komponen.csv"
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(LIST, "utf-8")

    received: list[str] = []

    def step() -> None:
        # Two tasks: the first is not done again because the second failed.
        if not received:
            (delivery,) = receive(database.owner, UPath(tmp_path / "store"), UPath(tmp_path), path).deliveries
            received.append(delivery.delivery_id)
        land(database.owner, UPath(tmp_path / "store"), received[0], REGIONS)

    step()
    expected, number, hit = state(database), -int(told_late), True
    assert "(3, " in expected["landing.pkh__components"]
    while hit:
        number = max(number + STRIDE, 1)
        with database.admin.connect() as connection, connection.cursor() as cursor:
            cursor.execute(CLEAR)
        received.clear()
        hit = disturbed(step, number, told_late=told_late)
        assert state(database) == expected, f"statement {number} of landing"
    assert number > 20


@pytest.mark.parametrize("told_late", [False, True], ids=["cut before", "cut after"])
def test_publishing_comes_out_the_same(database: Database, *, told_late: bool) -> None:
    number, hit = -int(told_late) - 2, True
    while hit:
        number = max(number + STRIDE, 1)
        Statements.arm(0)
        opened = with_lists(database.owner)
        hit = disturbed(
            lambda name=opened.release_id: publish(database.publisher, name, "tester"), number, told_late=told_late
        )
        kept, found = verify_release(database.publisher, opened.release_id)
        assert kept == found, f"statement {number} of publishing"
        rows = f"select count(*), min(release_id), max(release_id) from {{}} where release_id = '{opened.release_id}'"
        assert ask(database.bi_reader, rows.format("published.mart_households")) == [
            (3, opened.release_id, opened.release_id)
        ]
        moves = f"select count(*) from audit.pointer_moves where to_release_id = '{opened.release_id}'"
        assert answer(database.owner, moves) == 1, f"statement {number} of publishing"
        assert answer(database.owner, "select count(*) from audit.releases where status = 'published'") == 1
    assert verify_audit(database.auditor).findings == ()
    assert number > 40
