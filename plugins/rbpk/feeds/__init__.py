"""What senders promise, and the readers and judges that hold them to it.

Importing this room is cheap: names come from file names, contracts load when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

# Not under its own name: a submodule is called so, and would take its place once imported.
from rbpk.feeds.registry import contract as contract_for
from rbpk.feeds.registry import contracts, entities, feed_names

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract

    CONTRACTS: tuple[Contract, ...]
    FEEDS: tuple[str, ...]

__all__ = ["CONTRACTS", "FEEDS", "contract_for", "contracts", "entities", "feed_names"]


def __getattr__(name: str) -> object:
    match name:
        case "FEEDS":
            return feed_names()
        case "CONTRACTS":
            return contracts()
    raise AttributeError(name)
