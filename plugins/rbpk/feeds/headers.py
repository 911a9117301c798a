"""Which feed, entity and shape a header row belongs to: decided by titles, never by a file's name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rbpk.domain.names import distance_at_most
from rbpk.feeds.header_misses import NearMiss
from rbpk.feeds.header_rows import MAX_HEADER_ROWS, Candidate, stacked
from rbpk.feeds.loader import title_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rbpk.feeds.contract import Column, Contract, Shape

SEARCHED_ROWS = 40
_FEWEST_TITLES = 3
_TYPO_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised header: where it is, and which position holds which promised column."""

    contract: Contract
    shape: str
    header_row: int
    columns: tuple[tuple[int, str], ...]
    unknown: tuple[tuple[int, str], ...]
    width: int
    titles_above: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    # A header of several rows ends at `header_row`.
    header_rows: int = 1

    @property
    def extra_names(self) -> tuple[tuple[int, str], ...]:
        """Name the unknown columns by their titles, each once."""
        taken = {column.name for column in self.contract.columns}
        named = []
        for position, title in self.unknown:
            name = title if title not in taken else f"{title} ({position + 1})"
            taken.add(name)
            named.append((position, name))
        return tuple(named)

    @property
    def titles_by_name(self) -> dict[str, str]:
        """Map every column of the file, known or not, to its title as sent."""
        return {name: self.titles[position] for position, name in (*self.columns, *self.extra_names)}


@dataclass(frozen=True, slots=True)
class _Match:
    contract: Contract
    columns: dict[str, int]
    twice: tuple[str, ...]
    unknown: tuple[tuple[int, str], ...]
    chosen: tuple[tuple[int, str], ...] = ()

    def missing(self, shape: Shape) -> list[str]:
        return [name for name in wanted(self.contract, shape) if name not in self.columns]


def wanted(contract: Contract, shape: Shape) -> tuple[str, ...]:
    """List the columns without which a header is not this shape."""
    always = tuple(column.name for column in contract.columns if column.required)
    return always + tuple(name for name in shape.requires if name not in always)


def find_layouts(rows: Sequence[Sequence[str | None]], contracts: Sequence[Contract]) -> Layout | NearMiss | None:
    """Find the header among the first rows; the best match, or how near the best came."""
    best: tuple[int, int, Layout] | None = None
    miss: NearMiss | None = None
    for candidate in _candidates(rows):
        for contract in contracts:
            match = _match(candidate.titles, contract)
            for shape in contract.shapes:
                found = _judge(match, shape, candidate)
                if isinstance(found, NearMiss):
                    miss = found if miss is None or found.nearness > miss.nearness else miss
                elif best is None or (len(found.columns), len(wanted(contract, shape))) > best[:2]:
                    best = (len(found.columns), len(wanted(contract, shape)), found)
    if best is None:
        return miss
    layout = best[2]
    first = layout.header_row - layout.header_rows
    above = tuple(" ".join(filter(None, row)) for row in rows[:first] if any(row))
    return replace(layout, titles_above=above)


def _candidates(rows: Sequence[Sequence[str | None]]) -> Iterator[Candidate]:
    """Yield what could be a header: every row alone first, then rows together with those above them."""
    cleaned = [[(cell or "").strip() for cell in row] for row in rows[:SEARCHED_ROWS]]
    for number, cells in enumerate(cleaned, start=1):
        if sum(1 for cell in cells if cell) >= _FEWEST_TITLES:
            yield Candidate(number, 1, [(cell,) if cell else () for cell in cells])
    for height in range(2, MAX_HEADER_ROWS + 1):
        for number in range(height, len(cleaned) + 1):
            block = stacked(cleaned[number - height : number])
            if block:
                yield Candidate(number, height, block)


def _judge(match: _Match, shape: Shape, candidate: Candidate) -> Layout | NearMiss:
    cells = [names[0] if names else "" for names in candidate.titles]
    names = wanted(match.contract, shape)
    missing = match.missing(shape)
    if missing or match.twice:
        return _near_miss(match, shape, names, missing, cells)
    width = max(i for i, cell in enumerate(cells) if cell) + 1
    columns = tuple(sorted((position, name) for name, position in match.columns.items()))
    chosen = dict(match.chosen)
    titles = tuple(chosen.get(i, cell) for i, cell in enumerate(cells[:width]))
    return Layout(
        match.contract, shape.name, candidate.number, columns, match.unknown, width,
        titles=titles, header_rows=candidate.height,
    )  # fmt: skip


def _near_miss(
    match: _Match, shape: Shape, names: Sequence[str], missing: Sequence[str], cells: Sequence[str]
) -> NearMiss:
    what = f"{match.contract.feed} {match.contract.entity} ({shape.name})"
    titles = [cell for cell in cells if cell]
    reason = "HDR_MISSING_COL" if missing else "HDR_DUPLICATE_COL"
    fault = f"lacks {', '.join(missing)}" if missing else f"has twice: {', '.join(match.twice)}"
    message = (
        f"the header looks like {what} but {fault}. Expected: {' | '.join(names)}. "
        f"Found: {' | '.join(titles)}. Ask the sender for the list with these columns."
    )
    share = (len(names) - len(missing)) / len(names)
    return NearMiss(share, len(match.columns) / max(len(titles), 1), reason, message)


def _match(cells: Sequence[tuple[str, ...]], contract: Contract) -> _Match:
    aliases = _aliases_of(contract.columns)
    columns: dict[str, int] = {}
    twice: list[str] = []
    unknown: list[tuple[int, str]] = []
    chosen: list[tuple[int, str]] = []
    for position, written in enumerate(cells):
        if not written:
            continue
        known = ((title, name) for title in written if (name := aliases.get(title_key(title))))
        title, name = next(known, (written[0], None))
        if name is None:
            unknown.append((position, title))
        elif name in columns:
            twice.append(name)
        else:
            columns[name] = position
            chosen.append((position, title))
    # Looking for slips of the pen is worth it only where most of a header is there already.
    for position, cell in tuple(unknown) if len(columns) > len(unknown) else ():
        if name := _typo(title_key(cell), aliases, columns):
            columns[name] = position
            unknown.remove((position, cell))
    return _Match(contract, columns, tuple(twice), tuple(unknown), tuple(chosen))


def _typo(key: str, aliases: dict[str, str], taken: dict[str, int]) -> str | None:
    if len(key) < _TYPO_LENGTH:
        return None
    near = {
        name
        for other, name in aliases.items()
        if name not in taken
        and len(other) >= _TYPO_LENGTH
        and _same_digits(key, other)
        and distance_at_most(key, other, 1)
    }
    return near.pop() if len(near) == 1 else None


def _same_digits(left: str, right: str) -> bool:
    return [c for c in left if c.isdigit()] == [c for c in right if c.isdigit()]


@lru_cache(maxsize=64)
def _aliases_of(columns: tuple[Column, ...]) -> dict[str, str]:
    return {title_key(title): c.name for c in columns for title in (c.name, *c.titles)}
