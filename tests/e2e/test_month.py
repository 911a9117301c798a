"""Deliveries in, published marts out, through Airflow's own scheduler."""

from __future__ import annotations

import re
import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import psycopg2
import pytest

from benchmarks.bi import queries
from embedded import airflow, processes
from embedded.home import Home
from rbpk.feeds.registry import contracts
from tests.e2e import canaries
from tests.e2e.surfing import MINUTES, REASON

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Finished, Platform

MARTS = (
    "dim_regions",
    "dim_programmes",
    "dim_indicators",
    "dim_partners",
    "mart_households",
    "mart_feed_agreement",
    "mart_coverage",
    "mart_feed_quality",
)


def test_a_month_runs_from_nothing_to_a_published_release(platform: Platform) -> None:
    month = platform.months["sample"]
    assert month.code == 0, month.output
    assert platform.ask("select status, verdict from audit.releases") == [("published", "passed")]
    assert "6402-202510-r1" in month.output


@pytest.mark.parametrize("mart", MARTS)
def test_a_bi_tool_reads(platform: Platform, mart: str) -> None:
    rows = platform.ask(
        f"select count(*), count(distinct release_id), min(period), min(regency_code) from published.{mart}",
        "bi_reader",
    )
    count, releases, period, regency = rows[0]
    assert isinstance(count, int)
    assert count > 0
    assert (releases, period, regency) == (1, "2025-10", "64.02")


def test_the_questions_of_the_dashboards_are_answered(platform: Platform) -> None:
    asked = queries()
    assert len(asked) == 20
    for query in asked:
        platform.ask(query.text, "bi_reader")
    indexed = set(
        platform.ask(
            "select tablename::text, substring(indexdef from '\\((.*)\\)') from pg_indexes"
            " where schemaname like 'release_%'"
        )
    )
    assert {query.indexed for query in asked if query.indexed} <= indexed


def test_every_delivered_row_is_in_exactly_one_place(platform: Platform) -> None:
    lost = platform.ask(
        "select source_file from audit.deliveries where status <> 'landed'"
        " or rows_read <> rows_loaded + rows_quarantined + rows_duplicate"
    )
    assert lost == []
    tables = platform.ask("select table_name from information_schema.tables where table_schema = 'landing'")
    landed = sum(int(str(platform.ask(f"select count(*) from landing.{name}")[0][0])) for (name,) in tables)
    assert platform.ask("select sum(rows_loaded)::integer from audit.deliveries") == [(landed,)]


def test_every_landed_person_has_one_link(platform: Platform) -> None:
    assert platform.ask(
        "select count(*) = count(distinct (feed, source_file, sheet, source_row)),"
        " count(*) = (select sum(rows_loaded) from audit.deliveries where (feed, entity) not in ("
        "('apbd', 'budget_lines'), ('apbd', 'realisations'), ('apbdes', 'budget_lines'),"
        " ('tjsp', 'commitments'), ('handover', 'records'), ('bps', 'indicators'))) from linkage.person_links"
    ) == [(True, True)]


def test_the_summary_answers_without_sql(platform: Platform) -> None:
    output = platform.months["sample"].output
    for words in (
        "Deliveries",
        "Households by feed",
        "Gate",
        "Time by step",
        "The gate took",
        "6402-202510-r1",
        "bi_reader_login",
    ):
        assert words in output


def test_running_again_after_a_kill_brings_everything_back_and_changes_nothing(
    platform: Platform, before_the_kill: tuple[object, ...], restarted: Finished
) -> None:
    assert restarted.code == 0, restarted.output
    assert airflow.running(Home(platform.home))
    assert state_of(platform) != before_the_kill
    assert state_of(platform)[1:] == before_the_kill[1:]


@pytest.fixture(scope="session")
def before_the_kill(platform: Platform) -> tuple[object, ...]:
    return state_of(platform)


def state_of(platform: Platform) -> tuple[object, ...]:
    """Return Airflow's processes, and the releases."""
    releases = platform.ask("select release_id, content_hash from audit.releases order by 1")
    return airflow.states(Home(platform.home)), releases


def test_nothing_of_airflow_listens_to_other_machines(platform: Platform) -> None:
    ours = processes.belonging(Home(platform.home), airflow.NAMES)
    assert len(ours) > len(airflow.NAMES)
    listening = {at.laddr.ip for process in ours for at in connections(process) if at.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}


def connections(process: psutil.Process) -> list[psutil._common.pconn]:
    """List what a process has open to the network; nothing once it has ended."""
    with suppress(psutil.Error):
        return process.net_connections("inet")
    return []


def test_a_second_month_gives_a_second_release(platform: Platform, second_month: Finished) -> None:
    assert second_month.code == 0, second_month.output
    assert platform.ask("select period, revision, status from audit.releases order by period") == [
        ("2025-10", 1, "superseded"),
        ("2025-11", 1, "published"),
    ]
    assert platform.ask("select distinct period from published.mart_households", "bi_reader") == [("2025-11",)]


def test_the_second_month_reads_the_seeds_the_first_one_loaded(platform: Platform, second_month: Finished) -> None:
    assert second_month.code == 0, second_month.output
    loaded = "select table_schema from information_schema.tables where table_name = 'programme_cutoffs' order by 1"
    kept, *of_runs = [str(schema) for (schema,) in platform.ask(loaded, "rbpk_owner")]
    assert kept.startswith("seeds_")
    assert of_runs == ["work_6402_202510_r1"]


def test_a_person_signed_what_they_were_shown(platform: Platform, second_month: Finished) -> None:
    assert second_month.code == 0, second_month.output
    said = "select release_id, decision, decided_by, reason, ba_number, summary ->> 'households' from audit.approvals"
    ((release_id, *word, households),) = platform.ask(said)
    assert (release_id, *word) == ("6402-202511-r1", "approved", "admin", REASON, MINUTES)
    assert f"{int(str(households)):,}" in platform.shown[0]
    assert platform.ask("select approved_by from audit.releases where period = '2025-11'") == [("admin",)]


def test_marked_people_are_found_nowhere_but_where_people_belong(platform: Platform, second_month: Finished) -> None:
    assert second_month.code == 0, second_month.output
    landed = "select count(*) from landing.dtks__individuals where nama like 'XAVERIUS%'"
    refused = "select count(*) from quarantine.rejected_rows where raw::text like '%XAVERIUS%'"
    assert platform.ask(landed) != [(0,)] != platform.ask(refused)
    searched = list(canaries.places(platform.home))
    # A search that finds nothing must have looked somewhere: into every kind of place.
    names = " ".join(name for name, _ in searched)
    assert all(kind in names for kind in ("logs/tasks/", "docs/", "airflow: public.xcom", "airflow: public.rendered",
                                          "airflow: public.task_instance_note", "rbpk: audit.", "rbpk: marts.",
                                          "manifest.json"))  # fmt: skip
    found = [(name, mark) for name, text in searched for mark in canaries.found_in(text)]
    assert found == []


def test_rollback_shows_readers_the_former_release(platform: Platform, second_month: Finished) -> None:
    assert second_month.code == 0, second_month.output
    back = platform.command("rollback", "64.02")
    assert back.code == 0, back.output
    assert platform.ask("select distinct period from published.mart_households", "bi_reader") == [("2025-10",)]
    assert platform.command("rollback", "64.02", "6402-202511-r1").code == 0
    assert platform.ask("select distinct period from published.mart_households", "bi_reader") == [("2025-11",)]


def test_a_dropped_file_is_picked_up_and_a_broken_one_explained(platform: Platform, later_months: Path) -> None:
    month = platform.home / "inbox" / "64.02" / "2025-12"
    month.mkdir(parents=True)
    good = next((later_months / "2025-12").rglob("*KOMPONEN*"))
    shutil.copy(good, month / "dari dinas.csv")
    (month / "catatan.csv").write_text("Nama;Keterangan\nrapat;besok\n", encoding="utf-8")
    query = "select source_file, status, error_code from audit.deliveries where period = '2025-12' order by 1"
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        rows = platform.ask(query)
        if len(rows) == 2 and all(status != "received" for _, status, _ in rows):
            break
        time.sleep(2)
    by_name = {name: (status, code) for name, status, code in platform.ask(query)}
    assert by_name["dari dinas.csv"] == ("landed", None)
    assert by_name["catatan.csv"][0] == "refused"
    assert by_name["catatan.csv"][1]


def test_readers_are_refused_everything_else(platform: Platform) -> None:
    for query in (
        "select * from landing.p3ke__families",
        "select * from quarantine.rejected_rows",
        "select * from linkage.person_links",
        "select * from audit.deliveries",
        "select * from marts.mart_households",
        "select * from release_6402_202510_r1.mart_households",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            platform.ask(query, "bi_reader")


def test_no_identity_number_outside_the_personal_schemas(platform: Platform, second_month: Finished) -> None:
    assert second_month.code == 0
    # Any sixteen digits would do, were there no secrets, traces and durations that hold sixteen by chance.
    known = identity_numbers(platform)
    number = re.compile(rb"(?<![0-9])[0-9]{16}(?![0-9])")
    for folder in ("logs", "docs", "run"):
        for path in (platform.home / folder).rglob("*"):
            if path.is_file():
                assert not known.intersection(number.findall(path.read_bytes())), path
    for schema in ("audit", "published", "marts"):
        assert tables_with_identity_numbers(platform, schema, known) == []


def identity_numbers(platform: Platform) -> set[bytes]:
    """Return every NIK and family card number that was delivered, as read."""
    known = {
        str(number).encode()
        for contract in contracts()
        for column in contract.columns
        if column.is_identifier
        for (number,) in platform.ask(
            f"select distinct {column.name} from landing.{contract.table} where {column.name} ~ '^[0-9]{{16}}$'"
        )
    }
    assert known
    return known


def tables_with_identity_numbers(platform: Platform, schema: str, known: set[bytes]) -> list[str]:
    """Search every row of a schema, as text, for a delivered NIK or family card number."""
    tables = platform.ask(f"select table_name from information_schema.tables where table_schema = '{schema}'")
    found = "select distinct found[1] from {} as cells, regexp_matches(cells::text, '[0-9]{{16}}', 'g') as found"
    return [
        f"{schema}.{name}"
        for (name,) in tables
        if known.intersection(str(number).encode() for (number,) in platform.ask(found.format(f"{schema}.{name}")))
    ]
