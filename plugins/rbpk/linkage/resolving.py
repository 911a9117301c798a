"""The pure part of a run: records and memory in, links and what was learned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from rbpk.linkage.households import resolve_households
from rbpk.linkage.identity import Identified, Identifier
from rbpk.linkage.matching import PRODUCERS, Matching, match
from rbpk.linkage.registry import Learned, Memory
from rbpk.linkage.rules import ALONE, SAME_ATTRIBUTES
from rbpk.linkage.units import ATTRIBUTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rbpk.linkage.edges import EdgeProducer
    from rbpk.linkage.engine import Engine

LINK_COLUMNS = (
    "feed", "source_file", "sheet", "source_row", "delivery_id", "record_id", "person_id", "household_id", "rule",
    "score",
)  # fmt: skip
# What a row needs to get its ids and its home; the rest of it stands with its unit.
_CARRIED = (
    "record_id", "feed", "entity", "delivery_id", "source_file", "sheet", "source_row", "source_family_id",
    "family_card", "village_code", "is_family_head",
)  # fmt: skip


class Resolution(NamedTuple):
    """`links`: one row a record, LINK_COLUMNS · `learned`: for the registry · `asked`: for people · two figures."""

    links: pl.DataFrame
    learned: Learned
    asked: pl.DataFrame
    candidates: int
    largest: int


class Key(NamedTuple):
    """The secret and the content hashes (delivery_id → sha256) that identifiers are made from."""

    token_key: bytes
    contents: Mapping[str, str]


class People(NamedTuple):
    """Who is who, before it is said where they live: what the second half of a run starts from.

    `rows`: every record with its unit and person (a number) · `people`: one row a person, the first, which their id and
    that of their household is made from · `profiles`: new ones, for the registry · `matching`, `identified`: the rest.
    """

    rows: pl.DataFrame
    people: pl.DataFrame
    profiles: pl.DataFrame
    matching: Matching
    identified: Identified


def resolve(
    engine: Engine, records: pl.DataFrame, memory: Memory, key: Key, producers: Sequence[EdgeProducer] = PRODUCERS
) -> Resolution:
    """Say for every record who it is about and where that person lives."""
    return find_homes(engine, find_people(engine, records, memory, key, producers), memory, key)


def find_people(
    engine: Engine, records: pl.DataFrame, memory: Memory, key: Key, producers: Sequence[EdgeProducer] = PRODUCERS
) -> People:
    """Say for every record who it is about."""
    keyed, matching = match(engine, records, memory.profiles, producers, memory.decisions)
    rows = records.select(_CARRIED).with_columns(
        unit=keyed["unit"], person=matching.units["cluster"].gather(keyed["unit"])
    )
    people = rows.unique("person", keep="first", maintain_order=True)
    identified = Identifier(engine, "person", *key, memory.ids).identify(
        people.rename({"person": "item"}), _person_claims(matching.units, people)
    )
    people = _with_id(people, "person", identified)
    return People(rows, people, _new_profiles(people, matching.units, identified), matching, identified)


def find_homes(engine: Engine, found: People, memory: Memory, key: Key) -> Resolution:
    """Say where each person lives."""
    rows, people, profiles, matching, persons = found
    before = people.select("person_id", "person").join(memory.homes, on="person_id")
    homes = resolve_households(engine, rows, before)
    people = people.join(homes, on="person", maintain_order="left")
    households = Identifier(engine, "household", *key, memory.ids).identify(
        people.rename({"household": "item"}), _household_claims(people, memory)
    )
    people = _with_id(people, "household", households)
    learned = Learned(
        profiles=profiles,
        homes=_new_homes(people, memory),
        anchors=pl.concat([persons.anchors, households.anchors]),
        changes=pl.concat([persons.changes, households.changes]),
    )
    links = _links(rows, people, matching.units)
    return Resolution(links, learned, matching.asked, matching.candidates, matching.largest)


def _with_id(people: pl.DataFrame, entity: str, identified: Identified) -> pl.DataFrame:
    ids = identified.ids.rename({"item": entity, "id": f"{entity}_id"})
    return people.join(ids, on=entity, how="left", maintain_order="left")


def _person_claims(units: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """A group of this month's rows may continue the people whose profiles fell into it."""
    return (
        units.filter(pl.col("person_id").is_not_null())
        .join(people.select(cluster="person"), on="cluster", how="semi")
        .group_by(item="cluster", old_id="person_id")
        .agg(pl.col("is_anchor").any(), votes=pl.len(), since=pl.col("since").min())
    )


def _household_claims(people: pl.DataFrame, memory: Memory) -> pl.DataFrame:
    """A household may continue those its members lived in: the majority decides, the head breaks a tie."""
    return (
        people.select("household", "person_id")
        .join(memory.homes, on="person_id")
        .group_by(item="household", old_id="household_id")
        .agg(
            is_anchor=pl.lit(value=False),
            votes=2 * pl.len() + pl.col("is_head").any().cast(pl.UInt32),
            since=pl.col("since").min(),
        )
    )


def _links(rows: pl.DataFrame, people: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """One link a row, in the order of the rows."""
    reasons = units.select("rule", "score", is_known=pl.col("person_id").is_not_null())[rows["unit"]]
    homes = people.select("person", "person_id", "household_id")
    placed = pl.concat([rows, reasons], how="horizontal").join(homes, on="person", how="left", maintain_order="left")
    is_repeated = (pl.len().over("unit") > 1) | pl.col("is_known")
    rule = pl.when((pl.col("rule") == ALONE) & is_repeated).then(pl.lit(SAME_ATTRIBUTES)).otherwise(pl.col("rule"))
    return placed.with_columns(rule=rule).select(LINK_COLUMNS)


def _new_profiles(people: pl.DataFrame, units: pl.DataFrame, persons: Identified) -> pl.DataFrame:
    """Profiles seen for the first time, and those whose person is another one now."""
    merged = persons.changes.filter(kind="merge").select("old_id", successor="new_id").unique("old_id")
    owners = people.select(cluster="person", owner="person_id")
    # Somebody's profile that no row carries this month stays with its person, or follows a merge.
    decided = (
        units.select("cluster", "person_id")
        .join(owners, on="cluster", how="left", maintain_order="left")
        .join(merged, left_on="person_id", right_on="old_id", how="left", maintain_order="left")
    )
    owned = units.with_columns(decided.select(owner=pl.coalesce("owner", "successor", "person_id")).to_series())
    fresh = owned.filter(pl.col("owner").ne_missing(pl.col("person_id")))
    return fresh.select("record_id", "rule", "score", *ATTRIBUTES, person_id="owner").sort("record_id")


def _new_homes(people: pl.DataFrame, memory: Memory) -> pl.DataFrame:
    """Where people live now, if that is not what the registry says."""
    columns = ["person_id", "household_id", "is_head"]
    return people.select(columns).join(memory.homes, on=columns, how="anti").sort("person_id")
