"""The feeds there are: names from file names, so that a scheduler pays for no YAML and no dataframe."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rbpk.errors import ContractInvalid

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract
    from rbpk.feeds.loader import CodeLists

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
    return tuple(contract(feed, entity) for feed, entity in entities())


@lru_cache
def readable() -> tuple[Contract, ...]:
    """List what a header may be: every contract, and one in the words of each office that has no common layout."""
    from rbpk.feeds.offices import load_offices  # noqa: PLC0415  (keeps names free of YAML)

    return (*contracts(), *load_offices(_FOLDER / "opd_offices.yaml", contract("opd", "deliveries")))


@lru_cache
def contract(feed: str, entity: str) -> Contract:
    """Load the contract of one entity once; landing a list needs no other."""
    from rbpk.feeds.loader import load_contract  # noqa: PLC0415  (keeps names free of YAML)

    if (feed, entity) not in entities():
        raise ContractInvalid(f"no contract for {feed} {entity}", feed=feed, entity=entity)
    return load_contract(_FOLDER / f"{feed}__{entity}.yaml", _code_lists())


@lru_cache
def _code_lists() -> CodeLists:
    from rbpk.feeds.loader import load_code_lists  # noqa: PLC0415  (see above)

    return load_code_lists(_FOLDER / "code_lists.yaml")
