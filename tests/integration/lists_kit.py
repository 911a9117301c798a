"""A published release with one list of each reader, and the people who may read parts of them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from rbpk.publishing import publish
from rbpk.warehouse import ListGrant, Warehouse, grant_list
from tests.conftest import on_database
from tests.integration.publishing_kit import REGENCY, candidate, run

if TYPE_CHECKING:
    from rbpk.publishing import OpenedRelease
    from tests.conftest import Database

# Everything a list tells of an invented person whom no other kecamatan, office or offer may see.
SECRET_NAME, SECRET_NIK, SECRET_ADDRESS = "ZULKARNAEN RAHASIA", "6402070101909001", "JL. TERSEMBUNYI 9"
LISTS = {
    "bnba_exclusion_errors": "kecamatan_code",
    "bnba_verification_worklist": "kecamatan_code",
    "bnba_opd_delivery": "opd_code",
    "bnba_partner_offer": "offer_code",
}
OWN = {"kecamatan_code": "64.02.06", "opd_code": "1.04.01", "offer_code": "OFFER-1"}
OTHER = {"kecamatan_code": "64.02.07", "opd_code": "1.06.01", "offer_code": "OFFER-2"}
ROLES = {
    "case_worker": ("kecamatan_code", "bnba_exclusion_errors"),
    "opd_reader": ("opd_code", "bnba_opd_delivery"),
    "partner_reader": ("offer_code", "bnba_partner_offer"),
}


def with_lists(owner: Warehouse, *, regency: str = REGENCY) -> OpenedRelease:
    """Make a candidate with lists of two rows each: the reader's own and one that is not theirs."""
    opened = candidate(owner, regency=regency)
    facts = f"'{regency}', '2026-10', '{opened.release_id}'"
    for name, scope in LISTS.items():
        run(
            owner,
            f"create table {opened.release_schema}.{name} (row_id text, regency_code text, period text, "
            f"release_id text, {scope} text, head_name text, head_nik text, address text)",
            f"insert into {opened.release_schema}.{name} values "
            f"('1', {facts}, '{OWN[scope]}', 'SITI', '6402060101909002', 'RT 1'), "
            f"('2', {facts}, '{OTHER[scope]}', '{SECRET_NAME}', '{SECRET_NIK}', '{SECRET_ADDRESS}')",
        )
    return opened


def publish_lists(database: Database, *, regency: str = REGENCY) -> OpenedRelease:
    """Publish such a candidate."""
    opened = with_lists(database.owner, regency=regency)
    publish(database.publisher, opened.release_id, "tester")
    return opened


def reader(database: Database, role: str, *, scope: str | None = None, regency: str = REGENCY) -> Warehouse:
    """Make a login that reads the role's lists for its own scope."""
    login, password = f"{role}_{secrets.token_hex(4)}", secrets.token_urlsafe(8)
    wanted = scope or OWN[ROLES[role][0]]
    grant_list(database.admin, ListGrant(login, role, regency, (wanted,), "surat tugas 1/2026", "tester"), password)
    return Warehouse(on_database(database.admin.dsn, database.admin.dsn.rpartition("/")[2], login, password))


def drop_readers(database: Database) -> None:
    """Logins belong to the whole server: leave none behind."""
    with database.admin.connect() as connection, connection.cursor() as cursor:
        cursor.execute("select distinct login_name from audit.list_readers")
        for (login,) in cursor.fetchall():
            cursor.execute(f"drop role if exists {login}")
