"""Who stays at home although one list says otherwise: a single list's word moves nobody whom another still holds.

Lists are of different ages; the first to tell of a wedding or a move is believed when a second one says so too,
or when no list says the old any more. Otherwise every quarter's DTSEN would part families, and every stale P3KE
bring them together again, and ids with them.
"""

from __future__ import annotations

import polars as pl


def settled(options: pl.DataFrame, remembered: pl.DataFrame) -> pl.DataFrame:
    """Return (person, home, is_principal): one row a person.

    Args:
        options: person, family, home, source_rank, is_principal of every list that places a person, the first
            choice of each person first.
        remembered: person, household_id, is_head as last known.
    """
    first = options.unique("person", keep="first", maintain_order=True)
    kept = _continued(first, remembered)
    known = remembered.select("person", "household_id").join(kept, on="household_id")
    voices = options.group_by("person", "home").agg(lists=pl.col("source_rank").n_unique())
    wanted = first.join(voices, on=["person", "home"]).join(known, on="person")
    moving = wanted.filter((pl.col("home") != pl.col("kept")) & (pl.col("lists") == 1))
    held = options.join(moving.select("person", home="kept"), on=["person", "home"], how="semi", maintain_order="left")
    staying = held.unique("person", keep="first", maintain_order=True)
    chosen = pl.concat([staying, first.join(staying, on="person", how="anti", maintain_order="left")])
    return _with_newcomers(chosen, options, remembered).select("person", "home", "is_principal")


def _continued(first: pl.DataFrame, remembered: pl.DataFrame) -> pl.DataFrame:
    """(household_id, kept): the home in which most of a household's people would be; its head counts for more."""
    votes = remembered.join(first.select("person", "home"), on="person")
    counted = votes.group_by("household_id", kept="home").agg(
        votes=2 * pl.len() + pl.col("is_head").any().cast(pl.UInt32)
    )
    order = ["household_id", "votes", "kept"]
    ranked = counted.sort(order, descending=[False, True, False]).unique(
        "household_id", keep="first", maintain_order=True
    )
    return ranked.select("household_id", "kept")


def _with_newcomers(chosen: pl.DataFrame, options: pl.DataFrame, remembered: pl.DataFrame) -> pl.DataFrame:
    """Whoever is new (a child just born) lives where the head of the family that lists them lives."""
    is_new = ~pl.col("person").is_in(remembered["person"].implode())
    heads = (
        options.filter("is_principal").select("family", "person").unique("family", keep="first", maintain_order=True)
    )
    heads = heads.join(chosen.select("person", head_home="home"), on="person").select("family", "head_home")
    joined = chosen.join(heads, on="family", how="left", maintain_order="left")
    return joined.with_columns(home=pl.when(is_new).then(pl.coalesce("head_home", "home")).otherwise("home"))
