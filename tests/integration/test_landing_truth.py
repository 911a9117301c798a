"""Two months of deliveries with truth, if they are beside the repository: every row where the truth wants it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from upath import UPath

from rbpk.feeds import contract_for
from rbpk.feeds.contract import Kind
from rbpk.landing import LandingOutcome, land, load_regions, receive
from tests.conftest import fresh_database
from tests.integration import answers_kit
from tests.integration.publishing_kit import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

DELIVERIES = Path(__file__).parents[3] / "shared" / "deliveries"
FILES = sorted(str(path.relative_to(DELIVERIES)) for path in DELIVERIES.glob("64.02/*/*/*") if path.is_file())
# What the truth calls the row, and where it may end: counted as no data or as a repetition, or held back by this code.
REASONS = {"NOT_DATA": None, "DUPLICATE_ROW": None, "PAID_TWICE": "PAY_DUP"}

pytestmark = pytest.mark.skipif(not FILES, reason="no deliveries with truth beside the repository")


@pytest.fixture(scope="module")
def database(server_dsn: str, template: str) -> Iterator[Database]:
    """Give these tests one warehouse together: they only look at what has landed."""
    with fresh_database(server_dsn, template) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def landed(database: Database, tmp_path_factory: pytest.TempPathFactory) -> dict[str, LandingOutcome]:
    store = UPath(tmp_path_factory.mktemp("store"))
    outcomes = {}
    for file in FILES:
        (delivery,) = receive(database.owner, store, UPath(DELIVERIES), file).deliveries
        outcomes[file] = land(database.owner, store, delivery.delivery_id, load_regions())
    return outcomes


def test_every_row_is_where_the_truth_wants_it(
    database: Database, landed: dict[str, LandingOutcome], capsys: pytest.CaptureFixture[str]
) -> None:
    truth = pl.read_parquet(DELIVERIES / "truth" / "rows.parquet")
    wrong = []
    for file, outcome in landed.items():
        rows = truth.filter(pl.col("file") == file.partition("/")[2])
        there = _landed_rows(database.owner, outcome)
        seen = rows.join(there, left_on="row_number", right_on="source_row", how="left")
        loaded = pl.col("loaded").is_not_null()
        lost = seen.filter(pl.col("must_load") & ~loaded).height
        kept = seen.filter(pl.col("must_reject") & loaded).height
        # What was sent may not pass; what a repair of look-alike letters made of it is another value.
        held = _held_reasons(database.owner, outcome)
        unlike = sum(
            1
            for number, reason in rows.filter("must_reject").select("row_number", "reject_reason").iter_rows()
            if held.get(number) != REASONS[reason]
        )
        passed = seen.filter(pl.col("nik_malformed") & (pl.col("clean") == pl.col("sent"))).height
        wrong += [
            (file, name, n) for name, n in (("lost", lost), ("kept", kept), ("unlike", unlike), ("passed", passed)) if n
        ]
        if outcome.status != "landed":
            wrong.append((file, outcome.error_code or outcome.status, 1))
        with capsys.disabled():
            print(  # noqa: T201  (the report is asked for)
                f"\n{file}: read {outcome.rows_read} loaded {outcome.rows_loaded} "
                f"quarantined {outcome.rows_quarantined} duplicate {outcome.rows_duplicate} "
                f"not data {outcome.rows_not_data} | "
                f"truth {rows.height}: must load {rows['must_load'].sum()}, must reject {rows['must_reject'].sum()} | "
                f"lost {lost} kept {kept} malformed passed {passed}",
                end="",
            )
    assert wrong == []


def test_a_repaired_number_is_the_one_the_person_has(database: Database, landed: dict[str, LandingOutcome]) -> None:
    truth = pl.read_parquet(DELIVERIES / "truth" / "rows.parquet").filter(pl.col("defects").list.contains("nik_ocr"))
    people = pl.concat(
        pl.read_parquet(DELIVERIES / "truth" / f"persons_{month}.parquet").select("person_id", "nik")
        for month in ("202609", "202610")
    ).unique("person_id")
    wrong = 0
    for file, outcome in landed.items():
        rows = truth.filter(pl.col("file") == file.partition("/")[2]).join(people, on="person_id")
        seen = rows.join(_landed_rows(database.owner, outcome), left_on="row_number", right_on="source_row")
        wrong += seen.filter(pl.col("clean").is_not_null() & (pl.col("clean") != pl.col("nik").cast(pl.String))).height
    assert wrong == 0


def test_footers_are_counted_as_no_data(landed: dict[str, LandingOutcome]) -> None:
    truth = pl.read_parquet(DELIVERIES / "truth" / "rows.parquet").filter(pl.col("reject_reason") == "NOT_DATA")
    told = dict(truth.group_by("file").len().iter_rows())
    assert {
        file.partition("/")[2]: outcome.rows_not_data for file, outcome in landed.items() if outcome.rows_not_data
    } == told


def test_lists_of_several_offices_stand_beside_each_other(
    database: Database, landed: dict[str, LandingOutcome]
) -> None:
    query = """
        select count(*), count(distinct office), count(programme_code) + count(opd_code) + count(sub_kegiatan_code)
        from landing.opd__deliveries inner join audit.deliveries using (delivery_id)
        where audit.deliveries.status = 'landed' and audit.deliveries.period = '2026-10'
    """
    with database.owner.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query)
        rows, offices, constants = cursor.fetchone() or (0, 0, 0)
    landed_rows = sum(o.rows_loaded for file, o in landed.items() if o.feed == "opd" and "2026-10" in file)
    assert (rows, offices, constants) == (landed_rows, 9, 3 * landed_rows)


@pytest.fixture(scope="module")
def october(database: Database, landed: dict[str, LandingOutcome], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the marts of October, once: its deliveries hold every list."""
    assert landed
    return answers_kit.build(database, "64.02", "2026-10", tmp_path_factory.mktemp("target"))


def test_the_lists_overlap_as_the_truth_says(database: Database, october: str) -> None:
    expected = answers_kit.truth(DELIVERIES, "2026-10")
    for grain, key in (("person", "overlap_persons"), ("household", "overlap_current_households")):
        (found,) = ask(database.admin, answers_kit.AGREEMENT.format(schema=october, grain=grain))
        for (cell, wanted), counted in zip(answers_kit.cells(expected[key]).items(), found, strict=True):
            # Families whose listed members all died or left unseen by every list stand apart: 4 % of one cell.
            assert int(counted) == pytest.approx(wanted, rel=0.045, abs=3), f"{key} {cell}"
    ((families,),) = ask(database.admin, answers_kit.FAMILIES.format(schema=october))
    assert int(families) == pytest.approx(expected["households_total"], rel=0.03)


def test_errors_lie_where_the_truth_says(database: Database, october: str) -> None:
    """The true decile is nobody's to know: DTSEN's own ranking errs, and the lists are months old."""
    expected = answers_kit.truth(DELIVERIES, "2026-10")
    asked = {
        answers_kit.FORGOTTEN.format(schema=october): expected["exclusion"]["decile1_4"],
        answers_kit.POOREST.format(schema=october): expected["extreme_poor_households_decile1_by_kecamatan"],
    } | {
        answers_kit.LISTED_ABOVE.format(schema=october, listed=column, desil=6 if name == "DTKS" else 5): expected[
            "inclusion"
        ][name]
        for name, column in answers_kit.LISTS.items()
    }
    for question, wanted in asked.items():
        found = {place: int(count) for place, count in ask(database.admin, question)}
        assert sum(found.values()) == pytest.approx(sum(wanted.values()), rel=0.25), question
        for place, count in wanted.items():
            assert found.get(place, 0) == pytest.approx(count, rel=0.45, abs=11), f"{question} {place}"


def _held_reasons(warehouse: Warehouse, outcome: LandingOutcome) -> dict[int, str]:
    query = "select source_row, reason_code from quarantine.rejected_rows where delivery_id = %s"
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query, (outcome.delivery_id,))
        return dict(cursor.fetchall())


def _landed_rows(warehouse: Warehouse, outcome: LandingOutcome) -> pl.DataFrame:
    niks = contract_for(outcome.feed, outcome.entity).of_kind(Kind.NIK)
    sent, clean = (niks[0].name, f"{niks[0].name}_clean") if niks else ("null::text", "null::text")
    table = f"landing.{outcome.feed}__{outcome.entity}"
    query = f"select source_row, true, {sent}, {clean} from {table} where delivery_id = %s"
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query, (outcome.delivery_id,))
        rows = cursor.fetchall()
    schema = {"source_row": pl.Int32, "loaded": pl.Boolean, "sent": pl.String, "clean": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
