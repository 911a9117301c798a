"""Every generic test finds the rows it is for, and lets the others be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rbpk.warehouse import Warehouse

Rows = tuple[tuple[str | None, ...], ...]

CALLS = {
    "keyed": "test_keyed(model='cases', by=['a', 'b'], filled=['c'])",
    "filled": "test_filled(model='cases', columns=['a', 'b'])",
    "one_of": "test_one_of(model='cases', values={'a': ['x', 'y'], 'b': ['1', '2']})",
    "unique_together": "test_unique_together(model='cases', columns=['a', 'b'])",
    "found_in": "test_found_in(model='cases', columns=['a', 'b'], to='known', field='code')",
    "codes_in_lists": "test_codes_in_lists(model='cases', lists={'a': 'roof', 'b': 'wall'})",
}
# The test, the rows of (a, b, c), and how many complaints it makes.
CASES: tuple[tuple[str, Rows, int], ...] = (
    ("keyed", (("x", "1", "-"), ("x", "2", "-"), ("y", "1", "-")), 0),
    ("keyed", (("x", "1", "-"), ("x", "1", "-")), 1),
    ("keyed", ((None, "1", "-"),), 1),
    ("keyed", (("x", None, "-"),), 1),
    ("keyed", (("x", "1", None), ("x", "2", "-")), 1),
    ("filled", (("x", "1", None), ("x", "1", "-")), 0),
    ("filled", (("x", None, "-"), (None, "1", "-")), 1),
    ("one_of", (("x", "1", None), (None, None, None), ("y", "2", None)), 0),
    ("one_of", (("z", "1", None), ("x", "3", None), ("z", None, None)), 3),
    ("unique_together", (("x", "1", None), ("x", "2", None)), 0),
    ("unique_together", (("x", None, None), ("x", None, None)), 1),
    ("found_in", (("known", None, None), ("known", "too", None)), 0),
    ("found_in", (("known", "lost", None), ("gone", "lost", None)), 2),
    ("codes_in_lists", (("TILES", "BRICK", None), (None, None, None)), 0),
    ("codes_in_lists", (("BRICK", "BRICK", None), ("BRICK", "STRAW", None)), 2),
)


@pytest.fixture(scope="module")
def queries(compiled: Callable[[Mapping[str, str]], dict[str, str]]) -> dict[str, str]:
    """Return each test's query over the table `cases`."""
    return compiled(CALLS)


@pytest.mark.parametrize(("name", "rows", "complaints"), CASES)
def test_it_complains_about_the_bad_rows_only(
    warehouse: Warehouse, queries: dict[str, str], name: str, rows: Rows, complaints: int
) -> None:
    # The seed of code lists is played by a table of the same columns.
    query = re.sub(r'"\w+"\."\w+"\."code_lists"', "known", queries[name])
    with warehouse.connect() as connection, connection.cursor() as cursor:
        cursor.execute("create temporary table known (code text, list_name text)")
        cursor.execute("insert into known values ('known', null), ('too', null)")
        cursor.execute("insert into known values ('TILES', 'roof'), ('BRICK', 'wall')")
        cursor.execute("create temporary table cases (a text, b text, c text)")
        for row in rows:
            cursor.execute("insert into cases values (%s, %s, %s)", row)
        cursor.execute(f"select count(*) from ({query}) as complaints")
        assert cursor.fetchone() == (complaints,)


def test_every_generic_test_has_cases() -> None:
    from tests.dbt.conftest import PROJECT  # noqa: PLC0415 - only here

    assert {path.stem for path in (PROJECT / "tests" / "generic").glob("*.sql")} == {name for name, _, _ in CASES}
