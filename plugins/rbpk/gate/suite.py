"""A suite: the table it audits, one statement that measures it, and the expectations on the measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg2 import sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from great_expectations.expectations.expectation import Expectation


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

    def bind(self, facts: Mapping[str, sql.Composable]) -> sql.Composed:
        """Return the measuring statement with its placeholders filled."""
        return sql.SQL(self.measures).format(**facts)

    @property
    def schema(self) -> str:
        return self.audits.partition(".")[0]

    @property
    def table(self) -> str:
        return self.audits.partition(".")[2]


def rule_of(expectation: Expectation) -> str:
    """Return the rule id an expectation carries, e.g. GATE-07."""
    return str((expectation.meta or {})["rule"])
