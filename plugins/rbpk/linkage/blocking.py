"""Which units are worth comparing, counted before any pair is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rbpk.errors import LinkageInconsistent
from rbpk.warehouse import statement

if TYPE_CHECKING:
    import polars as pl

    from rbpk.linkage.engine import Engine

# A regency's rules make about one pair a unit; forty times that is a key that everybody shares.
MOST_PAIRS_PER_UNIT = 40
_SMALL = 100_000


def make_candidates(engine: Engine) -> int:
    """Build tables `blocked` and `candidates` from table `units`; return the number of blocked pairs.

    Candidates are the blocked pairs that no earlier run has met: of those it has, the verdict is known, and only keys
    of units it has not seen are looked at (see kept.py).

    Raises:
        LinkageInconsistent: a rule would make more pairs than any real month does.
    """
    engine.connection.execute(statement("rbpk.linkage", "blocking_rules"))
    engine.build("blocking_keys", "blocking_keys")
    if engine.has("seen"):
        engine.build("blocking_keys", "unseen_keys")
    engine.build("shared_keys", "shared_keys")
    sizes = engine.ask("block_sizes")
    refuse_explosion(sizes, units=_count(engine, "units"))
    engine.build("blocked", "candidates")
    if engine.has("seen"):
        engine.build("candidates", "unseen_candidates")
        engine.build("blocked", "all_blocked")
    else:
        engine.connection.execute("create or replace table candidates as select *, false as is_related from blocked")
    engine.drop("blocking_keys", "shared_keys")
    return _count(engine, "blocked")


def refuse_explosion(sizes: pl.DataFrame, units: int) -> None:
    """Stop when the rules together would make more pairs than memory and sense allow."""
    limit = max(_SMALL, MOST_PAIRS_PER_UNIT * units)
    pairs = int(sizes["pairs"].sum())
    if pairs <= limit:
        return
    worst = sizes.sort("pairs", descending=True).row(0, named=True)
    message = (
        f"the blocking rules would compare {pairs} pairs of {units} records (limit {limit}); "
        f"most come from {worst['rule']}: one key is shared by {worst['largest_block']} records. "
        "A placeholder has probably passed as a value; find it in the landed deliveries and quarantine it"
    )
    raise LinkageInconsistent(
        message, reason="too_many_pairs", rule=str(worst["rule"]), pairs=pairs, units=units, limit=limit
    )


def _count(engine: Engine, table: str) -> int:
    return len(engine.connection.table(table))
