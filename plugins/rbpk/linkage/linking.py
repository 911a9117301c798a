"""Links of one regency and month: one record, one person, one household; written whole or not at all."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from threading import Thread
from typing import TYPE_CHECKING

import polars as pl
from psycopg2 import sql

from rbpk.errors import LinkageInconsistent
from rbpk.linkage.engine import open_engine
from rbpk.linkage.kept import Kept, place_of, spill_of
from rbpk.linkage.nameless import lend_names
from rbpk.linkage.records import RECORDS_TABLE, inputs_hash, read_contents, read_records
from rbpk.linkage.registry import (
    Snapshot,
    is_remembered,
    open_snapshot,
    recall,
    remember_homes,
    remember_people,
)
from rbpk.linkage.resolving import Key, Resolution, find_homes, find_people
from rbpk.linkage.reviewing import ask, count_open, take_decisions
from rbpk.linkage.scoring import load_splink
from rbpk.linkage.tables import TableName, append_frame
from rbpk.warehouse import lock_for_transaction, statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

LINKS = TableName("linkage", "person_links")


@dataclass(frozen=True)
class LinkOutcome:
    """Counts of one run; `open_pairs` wait for people, `links_by_rule` says how records found their person."""

    records: int
    links: int
    persons: int
    households: int
    new_persons: int
    new_households: int
    merges: int
    splits: int
    open_pairs: int
    candidate_pairs: int
    largest_cluster: int
    links_by_rule: Mapping[str, int]


def link(  # noqa: PLR0913, PLR0917 - the step's six inputs, each from another place
    warehouse: Warehouse,
    regency: str,
    period: str,
    release_id: str,
    work_schema: str,
    token_key: bytes,
    keep_in: Path | None = None,
) -> LinkOutcome:
    """Link the person records of a work schema and write them to linkage.person_links and `<work_schema>`.

    Running it again for the same records, decisions and model changes nothing, and links nothing anew. Of other
    records only those are compared that no earlier run has, if there is a folder to keep verdicts in.

    Raises:
        NothingDelivered: the work schema holds no record about a person.
        LinkageInconsistent: candidate pairs explode, a cluster is a knot, or a record would have no or two links.
        WarehouseBusy: another run links this regency.
    """
    with warehouse.connect() as connection:
        # Two runs of one regency would hand out ids from the same memory.
        lock_for_transaction(connection, "linkage", regency)
        records = lend_names(read_records(connection, work_schema))
        decisions = take_decisions(connection, regency, work_schema)
        snapshot = open_snapshot(connection, regency, period, inputs_hash(records, decisions), release_id)
        linked = _linked(connection, snapshot, work_schema)
        if linked is not None:
            log.info("links of regency=%s period=%s stand: nothing they depend on has changed", regency, period)
            return linked
        # Splink takes a second to load and is wanted last: it loads while the rules are at work.
        Thread(target=load_splink, daemon=True).start()
        memory = recall(connection, snapshot)._replace(decisions=decisions)
        kept = Kept(place_of(keep_in, regency), token_key) if keep_in else None
        spill = spill_of(keep_in, regency) if keep_in else None
        key, is_new = Key(token_key, read_contents(connection, records)), not is_remembered(connection, snapshot)
        with open_engine(kept=kept, spill=spill) as engine, ThreadPoolExecutor(1) as aside:
            found = find_people(engine, records, memory, key)
            # The server takes in people while their homes are found; until it has, nobody else talks to it.
            learned = (connection, snapshot, found.profiles, found.identified.anchors)
            written = aside.submit(remember_people, *learned) if is_new else None
            resolution = find_homes(engine, found, memory, key)
            if written is not None:
                written.result()
        check_links(records, resolution.links)
        _write(connection, snapshot, resolution.links, work_schema)
        if is_new:
            remember_homes(connection, snapshot, resolution.learned)
        outcome = _outcome(resolution, ask(connection, snapshot, resolution.asked))
        _note(connection, snapshot, outcome)
    log.info(
        "linked regency=%s period=%s records=%d persons=%d households=%d new_persons=%d merges=%d splits=%d",
        regency, period, outcome.records, outcome.persons, outcome.households, outcome.new_persons, outcome.merges,
        outcome.splits,
    )  # fmt: skip
    return outcome


def check_links(records: pl.DataFrame, links: pl.DataFrame) -> None:
    """Refuse links that leave a record out, name it twice, or leave it without person or household."""
    told = links.drop_nulls(["person_id", "household_id"])
    # No record stands there twice (see records.in_order): links in the order of the records need no counting.
    wrong = 0 if told["record_id"].equals(records["record_id"]) else _wrong(records, told)
    homes = links.select("person_id", "household_id").unique()
    moved = len(homes) - homes["person_id"].n_unique()
    if wrong or moved or len(links) != len(records):
        message = (
            f"{wrong} of {len(records)} records do not have exactly one link, {moved} persons more than one household"
        )
        raise LinkageInconsistent(message, reason="not_one_link", records=len(records), wrong=wrong, moved=moved)


def _wrong(records: pl.DataFrame, links: pl.DataFrame) -> int:
    """Count the records without exactly one link."""
    counted = records.select("record_id").join(links.group_by("record_id").len(), on="record_id", how="left")
    return len(counted.filter(pl.col("len").ne_missing(1)))


def _linked(connection: Connection, snapshot: Snapshot, work_schema: str) -> LinkOutcome | None:
    """Give this release the links that the month has, if they were made of the same records, decisions and model."""
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "linked_month"), snapshot.parameters())
        found = cursor.fetchone()
        if found is None:
            return None
    _copy_to_work(connection, snapshot, work_schema)
    _refuse_unlinked(connection, work_schema)
    return LinkOutcome(**{**found[0], "open_pairs": count_open(connection, snapshot)})


def _note(connection: Connection, snapshot: Snapshot, outcome: LinkOutcome) -> None:
    facts = {**snapshot.parameters(), "outcome": json.dumps(asdict(outcome))}
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "add_linked_month"), facts)


def _write(connection: Connection, snapshot: Snapshot, links: pl.DataFrame, work_schema: str) -> None:
    rows = links.select(
        pl.lit(snapshot.regency).alias("regency_code"), pl.lit(snapshot.period).alias("period"), *links.columns
    )
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", "clear_month"), snapshot.parameters())
    taken = append_frame(connection, LINKS, rows)
    if taken != len(links):
        message = f"the warehouse took {taken} of {len(links)} links"
        raise LinkageInconsistent(message, reason="not_one_link", wrong=len(links) - taken)
    _copy_to_work(connection, snapshot, work_schema)


def _names(work_schema: str) -> dict[str, sql.Identifier]:
    return {"copy": sql.Identifier(work_schema, LINKS.name), "links": sql.Identifier(*LINKS)}


def _copy_to_work(connection: Connection, snapshot: Snapshot, work_schema: str) -> None:
    """Give dbt the links of this run only, so that another month's run cannot show through."""
    names = _names(work_schema)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement("rbpk.linkage", "make_work_copy")).format(**names))
        cursor.execute(sql.SQL(statement("rbpk.linkage", "copy_links")).format(**names), snapshot.parameters())


def _refuse_unlinked(connection: Connection, work_schema: str) -> None:
    counted = sql.SQL(statement("rbpk.linkage", "count_unlinked")).format(
        records=sql.Identifier(work_schema, RECORDS_TABLE), links=_names(work_schema)["copy"]
    )
    with connection.cursor() as cursor:
        cursor.execute(counted)
        (unlinked,) = cursor.fetchone() or (0,)
    if unlinked:
        message = f"{unlinked} records of {RECORDS_TABLE} do not have exactly one link in the warehouse"
        raise LinkageInconsistent(message, reason="not_one_link", wrong=int(unlinked))


def _outcome(resolution: Resolution, open_pairs: int) -> LinkOutcome:
    links, learned = resolution.links, resolution.learned
    by_rule = links.group_by("rule").len().sort("rule")
    kinds = learned.changes["kind"]
    return LinkOutcome(
        records=len(links),
        links=len(links),
        persons=links["person_id"].n_unique(),
        households=links["household_id"].n_unique(),
        new_persons=len(learned.anchors.filter(entity="person")),
        new_households=len(learned.anchors.filter(entity="household")),
        merges=int((kinds == "merge").sum()),
        splits=int((kinds == "split").sum()),
        open_pairs=open_pairs,
        candidate_pairs=resolution.candidates,
        largest_cluster=resolution.largest,
        links_by_rule=dict(by_rule.iter_rows()),
    )
