"""The suite of a published table: what every table must keep, and what this one is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations import shared_vocabulary as shared
from expectations.basis import filled, measures
from rbpk.gate import Suite

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation


def mart_suite(  # noqa: PLR0913 - each is a fact of its own
    table: str,
    *,
    about: tuple[Expectation, ...] = (),
    filled_columns: tuple[str, ...] = (),
    may_be_empty: bool = False,
    schema: str = "marts",
    measured: str | None = None,
) -> Suite:
    """Return the suite of `marts.<table>`.

    Args:
        table: the table's name; `measures/<table>.sql` measures what `about` asks.
        about: rules of this table alone.
        filled_columns: columns without which a row of it says nothing.
        may_be_empty: whether a month without any row is an answer.
        schema: where readers find it.
        measured: the measures `about` asks, where they are not a file named as the table.
    """
    basics: tuple[Expectation, ...] = (
        shared.ExpectKeysUnique(),
        shared.ExpectKeysFilled(),
        shared.ExpectOneRelease(),
    )
    if not may_be_empty:
        basics = (shared.ExpectMartFilled(), *basics)
    special = f"cross join ({measured or measures(table)}) as special" if about else ""
    text = filled("basics", {"filled": ", ".join(("row_id", *filled_columns)), "special": special})
    return Suite(audits=f"{schema}.{table}", measures=text, expectations=(*basics, *about))


def list_suite(table: str, *, households: str) -> Suite:
    """Return the suite of a list by name: whole, and of exactly the households the marts count.

    Args:
        table: the list's name.
        households: which rows of mart_households belong on it, as SQL.
    """
    return mart_suite(
        table,
        schema="restricted",
        filled_columns=("household_id", "kecamatan_code"),
        may_be_empty=True,
        about=(shared.ExpectListOfCounted(),),
        measured=filled("lists", {"households": households}),
    )
