"""Lists of offices without a common layout: each office's words for one contract's columns, from a reviewed file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rbpk.errors import ContractInvalid
from rbpk.feeds.contract import Shape, Wording
from rbpk.feeds.contract_checks import check
from rbpk.feeds.loader import only, read_yaml
from rbpk.feeds.titles import title_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rbpk.feeds.contract import Column, Contract

# Which list a row came from lands here.
OFFICE = "office"


def load_offices(path: Path, base: Contract) -> tuple[Contract, ...]:
    """Read the offices' lists: for each the base contract in the office's words, landing in the same table."""
    return tuple(_checked(name, raw, base, path.name) for name, raw in read_yaml(path).items())


def _checked(name: str, raw: Mapping[str, Any], base: Contract, file: str) -> Contract:
    try:
        contract = _office(name, raw, base)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContractInvalid(f"{file}: {name}: {error}", file=file) from error
    check(contract, f"{file}: {name}")
    return contract


def _office(name: str, raw: Mapping[str, Any], base: Contract) -> Contract:
    only(raw, name, "id", "en", "constants", "requires", "says", "titles", "only")
    own = {column: tuple(str(title) for title in titles) for column, titles in raw.get("titles", {}).items()}
    constants = {OFFICE: name} | {column: str(value) for column, value in raw.get("constants", {}).items()}
    known = {column.name for column in base.columns}
    alone = {str(column) for column in raw.get("only", ())}
    unknown = sorted((set(own) | set(constants) | alone) - known)
    if unknown:
        message = f"no column {', '.join(unknown)}"
        raise ValueError(message)
    claimed = {title_key(title): column for column, titles in own.items() for title in titles}
    says = tuple(str(word) for word in raw.get("says", ()))
    shape = Shape(name, tuple(raw["requires"]), Wording(id=str(raw["id"]), en=str(raw["en"])), says)
    return replace(
        base,
        columns=tuple(_in_own_words(column, own.get(column.name, ()), claimed, alone) for column in base.columns),
        shapes=(shape,),
        constants=tuple(constants.items()),
    )


def _in_own_words(column: Column, own: tuple[str, ...], claimed: Mapping[str, str], alone: set[str]) -> Column:
    """Keep the common titles, but for those the office uses for something else or that other offices use as well."""
    if column.name in alone:
        return replace(column, titles=own, only_titles=True)
    common = tuple(title for title in column.titles if claimed.get(title_key(title), column.name) == column.name)
    return replace(column, titles=(*own, *(title for title in common if title not in own)))
