"""A suite: the table it audits, one statement that measures it, and the expectations on the measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from great_expectations.expectations.expectation import Expectation
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

# GX hands the statement to SQLAlchemy as text: ":name" would become a parameter, "%" would be doubled.
_UNSAFE = re.compile(r"%|(?<![:\w]):[a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class Suite:
    """Everything asked of one table.

    `measures` yields one row whose columns are numbers, so that no result can hold a row's value
    and one pass over the table answers every expectation. Its `{placeholders}` are filled by the gate.
    """

    audits: str
    measures: str
    expectations: tuple[Expectation, ...]

    def __post_init__(self) -> None:
        rules = [rule_of(expectation) for expectation in self.expectations]
        kinds = {type(expectation) for expectation in self.expectations}
        # Results come back by kind of expectation; two of one kind could not be told apart.
        if len(set(rules)) < len(rules) or len(kinds) < len(rules):
            message = f"suite {self.audits}: a rule appears twice"
            raise ValueError(message)

    def bind(self, connection: Connection, facts: Mapping[str, sql.Composable]) -> str:
        """Return the measuring statement with its placeholders filled."""
        # GX takes only what starts with "select".
        measures = sql.SQL("select * from (\n{}\n) as measured").format(sql.SQL(self.measures).format(**facts))
        text = measures.as_string(connection)
        if _UNSAFE.search(text):
            message = f"suite {self.audits}: measures may hold neither a percent sign nor a colon before a name"
            raise ValueError(message)
        return text

    @property
    def schema(self) -> str:
        return self.audits.partition(".")[0]

    @property
    def table(self) -> str:
        return self.audits.partition(".")[2]


def rule_of(expectation: Expectation) -> str:
    """Return the rule id an expectation carries, e.g. GATE-07."""
    return str((expectation.meta or {})["rule"])
