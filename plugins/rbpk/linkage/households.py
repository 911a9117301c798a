"""Families of several senders made into households; every person lives in exactly one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.linkage.clusters import components
from rbpk.linkage.staying import settled

if TYPE_CHECKING:
    from rbpk.linkage.engine import Engine

# Whose word on where a person lives now counts first: the more often a list is brought up to date, the earlier.
SOURCE_ORDER = ("dtsen", "dtks", "pkh", "p3ke")
# Rows of these entities are about the family's head or caretaker, whatever their relation column says.
PRINCIPAL_ENTITIES = ("families", "participants", "payments")


def resolve_households(engine: Engine, rows: pl.DataFrame, remembered: pl.DataFrame) -> pl.DataFrame:
    """Return (person, household, is_head): one row a person, a household named by its smallest person.

    Args:
        engine: where families are compared.
        rows: person, feed, entity, source_family_id, family_card, village_code, is_family_head of every record.
        remembered: person, household_id, is_head as last known.
    """
    listed = _memberships(rows)
    named = pl.concat([listed, _as_before(listed, rows, remembered)])
    # Numbers in the order of the names: compared in a tenth of the time, and ties end the same way.
    names = named["family"].unique().sort()
    engine.load("memberships", named.with_columns(pl.col("family").cast(pl.Enum(names)).to_physical()))
    links = pl.concat([engine.ask("family_links"), engine.ask("mistyped_cards")])
    # Families that were linked, directly or not, share a home: that of the first.
    joined = components(len(names), links.rename({"left_family": "left_unit", "right_family": "right_unit"}))
    options = engine.ask("current_families")
    current = settled(options.with_columns(home=joined["cluster"].gather(options["family"])), remembered)
    homes = rows.select("person").unique().join(current, on="person", how="left", maintain_order="left")
    # A person without a family is a home of one.
    home = pl.coalesce("home", len(names) + pl.col("person").cast(pl.Int64))
    return homes.select(
        "person",
        household=pl.col("person").min().over(home),
        is_head=pl.col("is_principal").fill_null(value=False),
    ).sort("person")


def _memberships(rows: pl.DataFrame) -> pl.DataFrame:
    """Who is listed in which family by whom; a card alone makes a family of the rows that carry it."""
    ranks = {feed: rank for rank, feed in enumerate(SOURCE_ORDER)}
    is_principal = pl.col("is_family_head").fill_null(value=False) | pl.col("entity").is_in(PRINCIPAL_ENTITIES)
    return rows.select(
        "person",
        "village_code",
        family=pl.coalesce("source_family_id", pl.format("{}:card {}", "feed", "family_card")),
        family_card="family_card",
        source_rank=pl.col("feed").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32),
        is_principal=is_principal,
    ).filter(pl.col("family").is_not_null())


def _as_before(listed: pl.DataFrame, rows: pl.DataFrame, remembered: pl.DataFrame) -> pl.DataFrame:
    """Whom no list puts in a family this month (a card left blank) lives with the same people as before."""
    unlisted = rows.select("person").unique().join(listed, on="person", how="anti")
    kept = remembered.join(unlisted, on="person", how="semi").select("household_id").unique()
    return (
        remembered.join(kept, on="household_id", how="semi")
        .select(
            "person",
            village_code=pl.lit(None, pl.String),
            family=pl.format("before:{}", "household_id"),
            family_card=pl.lit(None, pl.String),
            source_rank=pl.lit(len(SOURCE_ORDER) + 1, pl.Int32),
            is_principal="is_head",
        )
        .select(listed.columns)
    )
