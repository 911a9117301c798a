"""Erasure of one person (UU 27/2022): all of it in one transaction, then the files, which can be asked for again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rbpk.errors import ReleaseUnknown
from rbpk.landing import Traces, erase, shred, write_corrections
from rbpk.linkage.forgetting import forget, known_of, people_of
from rbpk.linkage.kept import forget_comparisons
from rbpk.linkage.review_workbooks import write_reviews
from rbpk.publishing import write_manifest
from rbpk.publishing.rewriting import Erased, hold_releases, number_erasure, record_erasure, rewrite_releases
from rbpk.warehouse import lock_for_transaction

if TYPE_CHECKING:
    from pathlib import Path

    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
    from upath import UPath

    from rbpk.warehouse import Warehouse

_NIK = re.compile(r"\d{16}")


@dataclass(frozen=True, slots=True)
class Request:
    """Whom to erase, by the platform's id or by the number on the card, and on whose word."""

    regency: str
    decided_by: str
    reason: str
    ba_number: str
    person_id: str | None = None
    nik: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Places:
    """Where files with names in them lie."""

    store: UPath
    inbox: UPath
    home: Path


def erase_person(publisher: Warehouse, request: Request, key: bytes, home: Path) -> dict[str, int]:
    """Erase a person from the warehouse; return counts only. Their files wait for `clear_files`.

    Asking for a number nobody was delivered under erases nothing and keeps it out from now on.

    Raises:
        ReleaseUnknown: nobody has this id, or several people were delivered under this number.
        WarehouseBusy: a month is being built, or lists are landing.
        WarehouseRefused: no name, no reason of ten letters, or no number of minutes.
    """
    with publisher.connect() as connection:
        return erase_in(connection, request, key, home)


def erase_in(connection: Connection, request: Request, key: bytes, home: Path) -> dict[str, int]:
    """Do so within the transaction of a connection."""
    with connection.cursor() as cursor:
        cursor.execute("set local role rbpk_publisher")
    lock_for_transaction(connection, "erasure", request.regency)
    lock_for_transaction(connection, "linkage", request.regency)
    # A shortcut for the next run, which takes longer without it: nothing is lost if this erasure is taken back.
    forget_comparisons(home / "linkage", request.regency)
    hold_releases(connection, request.regency)
    nik = re.sub(r"\D", "", request.nik or "") or None
    person_id = request.person_id or _person_of(connection, request.regency, nik)
    known = known_of(connection, request.regency, person_id) if person_id else None
    if known is None and request.person_id:
        raise ReleaseUnknown("nobody of this regency has this person id", regency=request.regency)
    erasure_id = number_erasure(connection)
    niks = tuple(sorted({*(known.niks if known else ()), *((nik,) if nik else ())}))
    traces = Traces(niks, known.rows if known else (), known.is_alone if known else False)
    gone = erase(connection, request.regency, traces, erasure_id, key)
    counts = {
        "rows_out": gone.moved, "rows_blanked": gone.blanked, "rows_of_relatives": gone.relatives,
        "refused_rows_emptied": gone.refused, "deliveries": len(gone.deliveries),
    }  # fmt: skip
    rewrites = []
    if known:
        erased = Erased(known.person_id, known.homes, known.is_alone, niks, known.names)
        rewrites = rewrite_releases(connection, request.regency, erased)
        counts |= forget(connection, request.regency, known)
    counts["releases_rewritten"] = len(rewrites)
    counts["release_rows"] = sum(one["rows_changed"] + one["rows_removed"] for one in rewrites)
    word = (request.decided_by, request.reason, request.ba_number)
    record_erasure(connection, erasure_id, request.regency, word, counts, rewrites)
    return {"erasure_id": erasure_id, **counts}


def erase_requested(publisher: Warehouse, regency: str, key: bytes, home: Path) -> list[dict[str, int]]:
    """Do every open request of `quarantine.erasure_requests`, each in a transaction that forgets its number."""
    done: list[dict[str, int]] = []
    while True:
        with publisher.connect() as connection, connection.cursor() as cursor:
            cursor.execute(
                "select request_id, nik, decided_by, reason, ba_number from quarantine.erasure_requests"
                " where regency_code = %s and erasure_id is null order by request_id limit 1 for update",
                (regency,),
            )
            row = cursor.fetchone()
            if row is None:
                return done
            request_id, nik, decided_by, reason, ba_number = row
            counts = erase_in(connection, Request(regency, decided_by, reason, ba_number, nik=nik), key, home)
            cursor.execute(
                "update quarantine.erasure_requests set nik = null, erasure_id = %s where request_id = %s",
                (counts["erasure_id"], request_id),
            )
        done.append(counts)


def clear_files(publisher: Warehouse, regency: str, places: Places) -> dict[str, int]:
    """Delete raw files that hold erased people, and write anew what was written from their rows; again and again."""
    deliveries, files = shred(publisher, places.store, places.inbox, regency)
    for delivery_id in deliveries:
        write_corrections(publisher, delivery_id, places.home / "corrections")
    if deliveries:
        write_reviews(publisher, regency, places.home / "reviews")
        for release_id in _rewritten(publisher, regency):
            write_manifest(publisher, release_id, places.home / "manifests")
    return {"files": files}


def _person_of(connection: Connection, regency: str, nik: str | None) -> str | None:
    if nik is None or not _NIK.fullmatch(nik):
        raise ReleaseUnknown("say whom to erase: a person id, or the sixteen digits of their number", regency=regency)
    found = people_of(connection, regency, nik)
    if len(found) > 1:
        message = f"{len(found)} people were delivered under this number: {', '.join(found)}; name one by its id"
        raise ReleaseUnknown(message, regency=regency, people=len(found))
    return found[0] if found else None


def _rewritten(publisher: Warehouse, regency: str) -> list[str]:
    with publisher.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "select distinct release_id from audit.release_rewrites"
            " where regency_code = %s and content_hash is not null order by release_id",
            (regency,),
        )
        return [str(name) for (name,) in cursor.fetchall()]
