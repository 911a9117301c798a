"""Every title that any list may have, looked up once a cell: which columns of which contracts it could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.domain.names import distance_at_most
from rbpk.feeds.title_words import Sayings, said
from rbpk.feeds.titles import title_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rbpk.feeds.contract import Contract, Shape

_TYPO_LENGTH = 7
_ENDS = 3
# No title is so long; what is, is not worth remembering.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Match:
    """How the titles of one row fit one contract."""

    contract: Contract
    columns: dict[str, int]
    twice: tuple[str, ...]
    unknown: tuple[tuple[int, str], ...]
    chosen: tuple[tuple[int, str], ...] = ()

    def missing(self, shape: Shape) -> list[str]:
        """List the columns a shape wants in vain."""
        return [name for name in wanted(self.contract, shape) if name not in self.columns]


def wanted(contract: Contract, shape: Shape) -> tuple[str, ...]:
    """List the columns without which a header is not this shape."""
    always = tuple(column.name for column in contract.columns if column.required and column.name not in shape.lacks)
    return always + tuple(name for name in shape.requires if name not in always)


class Dictionary:
    """The titles of some contracts."""

    def __init__(self, contracts: Sequence[Contract]) -> None:
        self.contracts = contracts
        self._aliases = [_aliases(contract) for contract in contracts]
        self._wanted = [[frozenset(wanted(one, shape)) for shape in one.shapes] for one in contracts]
        self._owners: dict[str, list[tuple[int, str]]] = {}
        for number, aliases in enumerate(self._aliases):
            for key, name in aliases.items():
                self._owners.setdefault(key, []).append((number, name))
        self._near: dict[int, dict[str, list[str]]] = {}
        self._names_only = {
            (number, title_key(column.name))
            for number, contract in enumerate(contracts)
            for column in contract.columns
            if column.only_titles
        }
        self._sayings = [Sayings(contract) for contract in contracts]
        self._speakers: dict[str, list[int]] = {}
        for number, contract in enumerate(contracts):
            for words in {said(title)[0] for column in contract.columns for title in column.written}:
                self._speakers.setdefault(words, []).append(number)

    def matches(self, titles: Sequence[tuple[str, ...]]) -> Iterator[Match]:
        """Give the contracts that some titles fit, or nearly fit; a cell may be read in several ways."""
        known: dict[int, dict[int, tuple[str, str]]] = {}
        filled = 0
        for position, written in enumerate(titles):
            filled += bool(written)
            for title in written:
                for number, name in self._owners.get(title_key(title), ()) if len(title) <= _LONGEST else ():
                    # A list we write ourselves, of mended rows, has our names as they stand.
                    if title == name or (number, title_key(title)) not in self._names_only:
                        known.setdefault(number, {}).setdefault(position, (title, name))
        self._add_other_words(titles, known)
        for number in sorted(known):
            if self._worth_it(number, known[number], filled):
                yield self._match(number, titles, known[number])

    def _add_other_words(self, titles: Sequence[tuple[str, ...]], known: dict[int, dict[int, tuple[str, str]]]) -> None:
        """Add the cells that mean, in other words, a column that no cell names; two cells for one column are none."""
        meant: dict[int, dict[str, dict[int, str]]] = {}
        for position, written in enumerate(titles):
            for title in written:
                for number in self._speakers.get(said(title)[0], ()):
                    if position not in known.get(number, ()) and (name := self._sayings[number].column(title)):
                        meant.setdefault(number, {}).setdefault(name, {}).setdefault(position, title)
        for number, columns in meant.items():
            there = known.setdefault(number, {})
            taken = {name for _, name in there.values()}
            for name, cells in columns.items():
                if name not in taken and len(cells) == 1:
                    ((position, title),) = cells.items()
                    there.setdefault(position, (title, name))

    def _worth_it(self, number: int, known: dict[int, tuple[str, str]], filled: int) -> bool:
        """Say whether a row could be a header, or was meant as one: half its titles known, or all that is wanted."""
        names = {name for _, name in known.values()}
        return len(known) * 2 > filled or any(shape <= names for shape in self._wanted[number])

    def _match(self, number: int, titles: Sequence[tuple[str, ...]], known: dict[int, tuple[str, str]]) -> Match:
        columns: dict[str, int] = {}
        twice: list[str] = []
        chosen: list[tuple[int, str]] = []
        for position, (title, name) in sorted(known.items()):
            if name in columns:
                twice.append(name)
            else:
                columns[name] = position
                chosen.append((position, title))
        unknown = [(i, written[0]) for i, written in enumerate(titles) if written and i not in known]
        # Looking for slips of the pen is worth it only where most of a header is there already.
        for position, cell in tuple(unknown) if len(columns) > len(unknown) else ():
            if meant := self._typo(number, title_key(cell), columns):
                columns[meant] = position
                unknown.remove((position, cell))
        return Match(self.contracts[number], columns, tuple(twice), tuple(unknown), tuple(chosen))

    def _typo(self, number: int, key: str, taken: dict[str, int]) -> str | None:
        if len(key) < _TYPO_LENGTH:
            return None
        aliases, near = self._aliases[number], self._nearby(number)
        # One slip leaves the beginning or the end of a title as it is.
        likely = {*near.get(key[:_ENDS], ()), *near.get(f"\0{key[-_ENDS:]}", ())}
        names = {
            aliases[other]
            for other in likely
            if aliases[other] not in taken
            and (number, other) not in self._names_only
            and _same_digits(key, other)
            and distance_at_most(key, other, 1)
        }
        return names.pop() if len(names) == 1 else None

    def _nearby(self, number: int) -> dict[str, list[str]]:
        if number not in self._near:
            near = self._near[number] = {}
            for key in self._aliases[number]:
                if len(key) >= _TYPO_LENGTH:
                    near.setdefault(key[:_ENDS], []).append(key)
                    near.setdefault(f"\0{key[-_ENDS:]}", []).append(key)
        return self._near[number]


def _aliases(contract: Contract) -> dict[str, str]:
    return {title_key(title): column.name for column in contract.columns for title in (column.name, *column.titles)}


def _same_digits(left: str, right: str) -> bool:
    return [c for c in left if c.isdigit()] == [c for c in right if c.isdigit()]
