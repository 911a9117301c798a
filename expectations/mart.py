"""The suite of a published table: what every table must keep, and what this one is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations import shared_vocabulary as shared
from expectations.basis import filled, measures
from rbpk.gate import Suite

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation


def mart_suite(
    table: str,
    *,
    about: tuple[Expectation, ...] = (),
    filled_columns: tuple[str, ...] = (),
    may_be_empty: bool = False,
) -> Suite:
    """Return the suite of `marts.<table>`.

    Args:
        table: the table's name; `measures/<table>.sql` measures what `about` asks.
        about: rules of this table alone.
        filled_columns: columns without which a row of it says nothing.
        may_be_empty: whether a month without any row is an answer.
    """
    basics: tuple[Expectation, ...] = (
        shared.ExpectKeysUnique(),
        shared.ExpectKeysFilled(),
        shared.ExpectOneRelease(),
    )
    if not may_be_empty:
        basics = (shared.ExpectMartFilled(), *basics)
    special = f"cross join ({measures(table)}) as special" if about else ""
    text = filled("basics", {"filled": ", ".join(("row_id", *filled_columns)), "special": special})
    return Suite(audits=f"marts.{table}", measures=text, expectations=(*basics, *about))
