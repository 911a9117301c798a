"""What a whole list tells that none of its rows does: repeated numbers, families without one head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rbpk.feeds.batch import Batch
from rbpk.feeds.contract import People
from rbpk.feeds.judge_values import outside_nomenclature
from rbpk.feeds.judging import Judge
from rbpk.feeds.regions import Regions
from tests.unit.feeds.lists import COMPONENTS, layout, row

REGIONS = Regions.load(Path(__file__).parents[3] / "dbt_project" / "seeds")
HEAD, CHILD = "KEPALA KELUARGA", "ANAK"
PEOPLE = People("nik_art", "no_peserta", "hubungan", (HEAD,), ("komponen",))
NIK, HEADS, SAME = "nik_art:NIK_DUP_FILE", "hubungan:HEAD_COUNT", "komponen:DESIL_FAMILY_VARIES"
CASES = [
    ([("A", "1", HEAD, "SD"), ("A", "2", CHILD, "SD")], []),
    ([("A", "1", HEAD, "SD"), ("A", "1", CHILD, "SD")], [(2, NIK), (3, NIK)]),
    ([("A", "1", HEAD, "SD"), ("B", "2", CHILD, "SD")], [(3, HEADS)]),
    (
        [("A", "1", HEAD, "SD"), ("A", "2", "kepala keluarga ", "SMP"), ("B", "3", HEAD, "SMP")],
        [(2, HEADS), (3, HEADS), (2, SAME), (3, SAME)],
    ),
    # A row that does not land counts in its family and is not remarked itself.
    ([("A", "1", HEAD, "SD"), ("A", "2", HEAD, "#REF!")], [(2, HEADS), (2, SAME)]),
    # Nobody's number repeats nobody's, and no family is nobody's.
    ([("A", "", HEAD, "SD"), ("B", "", HEAD, "SD"), ("", "3", CHILD, "SD"), ("", "4", CHILD, "SD")], []),
]


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_a_whole_list_tells_what_its_rows_do_not(
    rows: list[tuple[str, str, str, str]], expected: list[tuple[int, str]]
) -> None:
    judging = Judge(replace(COMPONENTS, people=PEOPLE), REGIONS, "64.02", date(2026, 10, 31))
    for number, (family, nik, relation, component) in enumerate(rows, start=2):
        given = nik and f"640206100761900{nik}"
        line = row(number, NO_PESERTA=family, NIK_ART=given, HUBUNGAN=relation, KOMPONEN=component)
        frame = pl.DataFrame({f"c{i}": [cell] for i, cell in enumerate(line)}).with_columns(
            pl.lit(number, pl.UInt32).alias("source_row"), pl.lit(None, pl.String).alias("structure")
        )
        judging.judge(Batch(frame, "Data"), layout())
    notes = [line.split(",") for line in judging.finish().decode().splitlines()]
    assert [(int(number), finding) for _, number, finding in notes] == expected
    counted = sum(judging.counts.findings[finding] for finding in (NIK, HEADS, SAME))
    assert counted == len(expected)


@pytest.mark.parametrize(
    ("code", "year", "held"),
    [
        ("1.06.05.2.02.0006", 2026, False),
        ("1.06.05.2.02.06", 2026, True),
        ("1.06.05.2.02.06", 2023, False),
        ("1.06.05.2.02.0006", 2023, True),
    ],
)
def test_a_budget_code_has_the_form_of_its_own_year(code: str, year: int, held: bool) -> None:  # noqa: FBT001
    assert outside_nomenclature(pl.Series([code]), pl.Series([year])).to_list() == [held]
