"""The feeds there are: names from file names, so that a scheduler pays for no YAML and no dataframe."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rbpk.errors import ContractInvalid

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract

_FOLDER = Path(__file__).parent / "contracts"


@lru_cache
def entities() -> tuple[tuple[str, str], ...]:
    """List (feed, entity) of every contract."""
    parts = (path.stem.partition("__") for path in sorted(_FOLDER.glob("*__*.yaml")))
    return tuple((feed, entity) for feed, _, entity in parts)


def feed_names() -> tuple[str, ...]:
    """List the feeds, each once."""
    return tuple(dict.fromkeys(feed for feed, _ in entities()))


@lru_cache
def contracts() -> tuple[Contract, ...]:
    """Load every contract once."""
    from rbpk.feeds.loader import load_code_lists, load_contract  # noqa: PLC0415  (keeps names free of YAML)

    lists = load_code_lists(_FOLDER / "code_lists.yaml")
    return tuple(load_contract(_FOLDER / f"{f}__{e}.yaml", lists) for f, e in entities())


@lru_cache
def readable() -> tuple[Contract, ...]:
    """List what a header may be: every contract, and one in the words of each office that has no common layout."""
    from rbpk.feeds.offices import load_offices  # noqa: PLC0415  (see above)

    return (*contracts(), *load_offices(_FOLDER / "opd_offices.yaml", contract("opd", "deliveries")))


def contract(feed: str, entity: str) -> Contract:
    """Find the contract of one entity."""
    for one in contracts():
        if (one.feed, one.entity) == (feed, entity):
            return one
    raise ContractInvalid(f"no contract for {feed} {entity}", feed=feed, entity=entity)
