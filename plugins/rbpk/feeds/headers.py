"""Which feed, entity and shape a header row belongs to: decided by titles, never by a file's name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rbpk.feeds.header_misses import OTHER_OFFICE, NearMiss
from rbpk.feeds.header_rows import MAX_HEADER_ROWS, Candidate, stacked
from rbpk.feeds.header_titles import Dictionary, Match, wanted
from rbpk.feeds.titles import title_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rbpk.feeds.contract import Contract, Shape

SEARCHED_ROWS = 40
_FEWEST_TITLES = 3
_LONGEST_ABOVE = 4_000


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


def find_layouts(rows: Sequence[Sequence[str | None]], contracts: Sequence[Contract]) -> Layout | NearMiss | None:
    """Find the header among the first rows; the best match, or how near the best came."""
    best: tuple[tuple[int, int, int], Layout] | None = None
    miss: NearMiss | None = None
    dictionary = _dictionary(contracts)
    for candidate in _candidates(rows):
        for match in dictionary.matches(candidate.titles):
            for shape in match.contract.shapes:
                if shape.says and not _says(shape, rows[: candidate.number - candidate.height]):
                    continue
                if not match.columns.keys().isdisjoint(shape.lacks):
                    continue
                found = _judge(match, shape, candidate)
                if isinstance(found, NearMiss):
                    miss = found if miss is None or found.nearness > miss.nearness else miss
                    continue
                # Of lists with the same header the one is meant that the lines above it name.
                rank = (len(found.columns), bool(shape.says), len(wanted(match.contract, shape)))
                if best is None or rank > best[0]:
                    best = (rank, found)
    if best is None:
        return miss
    layout = best[1]
    first = layout.header_row - layout.header_rows
    above = tuple(" ".join(filter(None, row)) for row in rows[:first] if any(row))
    return replace(layout, titles_above=above)


def _says(shape: Shape, above: Sequence[Sequence[str | None]]) -> bool:
    text = title_key(" ".join(cell for row in above for cell in row if cell)[:_LONGEST_ABOVE])
    return any(title_key(word) in text for word in shape.says)


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


def _judge(match: Match, shape: Shape, candidate: Candidate) -> Layout | NearMiss:
    cells = [names[0] if names else "" for names in candidate.titles]
    names = wanted(match.contract, shape)
    missing = match.missing(shape)
    if missing or match.twice:
        return _near_miss(match, shape, names, missing, cells)
    if shape.refused:
        what = f"{match.contract.feed} {match.contract.entity} ({shape.name})"
        return NearMiss(1.0, 1.0, "HDR_MISSING_COL", f"the list is {what}, which is not taken in: {shape.refused}")
    width = max(i for i, cell in enumerate(cells) if cell) + 1
    columns = tuple(sorted((position, name) for name, position in match.columns.items()))
    chosen = dict(match.chosen)
    titles = tuple(chosen.get(i, cell) for i, cell in enumerate(cells[:width]))
    return Layout(
        match.contract, shape.name, candidate.number, columns, match.unknown, width,
        titles=titles, header_rows=candidate.height,
    )  # fmt: skip


def _near_miss(
    match: Match, shape: Shape, names: Sequence[str], missing: Sequence[str], cells: Sequence[str]
) -> NearMiss:
    what = f"{match.contract.feed} {match.contract.entity} ({shape.name})"
    titles = [" ".join(cell.split()) for cell in cells if cell]
    reason = "HDR_MISSING_COL" if missing else "HDR_DUPLICATE_COL"
    fault = f"lacks {', '.join(missing)}" if missing else f"has twice: {', '.join(match.twice)}"
    office = match.contract.constants
    like = f"a list of help that an office gives, nearest to {what}," if office else what
    message = (
        f"the header looks like {like} but {fault}. Expected: {' | '.join(names)}. "
        f"Found: {' | '.join(titles)}. Ask the sender for the list with these columns."
        f"{f' {OTHER_OFFICE}' if office else ''}"
    )
    share = (len(names) - len(missing)) / len(names)
    return NearMiss(share, len(match.columns) / max(len(titles), 1), reason, message)


_dictionaries: dict[int, Dictionary] = {}


def _dictionary(contracts: Sequence[Contract]) -> Dictionary:
    """Give the dictionary of these contracts, made once for the registry's own."""
    known = _dictionaries.get(id(contracts))
    if known is None or known.contracts is not contracts:
        known = _dictionaries[id(contracts)] = Dictionary(contracts)
    return known
