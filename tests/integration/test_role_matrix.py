"""What each role may do to every table, and no way beyond: tried by connecting as it, the whole matrix."""

from __future__ import annotations

import io
import re
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from tests.conftest import fresh_database
from tests.integration.lists_kit import ROLES, drop_readers, publish_lists, reader
from tests.integration.publishing_kit import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rbpk.warehouse import Warehouse
    from tests.conftest import Database

# A letter of the matrix and the statement it stands for; all of it is taken back.
ACTIONS = {
    "r": "select * from {table} limit 1",
    "c": "copy (select * from {table}) to stdout",
    "i": "insert into {table} default values",
    "u": "update {table} set {column} = {column}",
    "d": "delete from {table}",
    "t": "truncate {table}",
}
EVERYTHING = "rciudt"
# Forbidden, or a view that nobody writes through. A row that a constraint refuses was allowed to be tried.
REFUSED = {"42501", "55000", "42809"}
CONSTRAINED = {"23502", "23514"}

# Schema, or the table where it differs from its schema; what is not named here nobody may touch. The lists of a
# candidate have left their schema: it is the owner's, they are the lists' owner's.
BUILDS = {
    "landing": EVERYTHING, "quarantine": EVERYTHING, "linkage": EVERYTHING, "linkage.current_ids": "rc",
    "marts": "rc", "release": "rc", "release.bnba_exclusion_errors": "", "release.bnba_opd_delivery": "",
    "release.bnba_partner_offer": "", "release.bnba_verification_worklist": "",
    "audit": "rc", "audit.deliveries": "rciu", "audit.releases": "rciu", "audit.exports": "rci",
    "audit.gate_results": "rci", "audit.release_deliveries": "rci", "audit.step_outcomes": "rci",
}  # fmt: skip
PUBLISHES = {
    **BUILDS, "marts": EVERYTHING, "lists": EVERYTHING, "published": "rc",
    **{table: EVERYTHING for table in BUILDS if table.startswith("release")},
    **{f"audit.{table}": "rci" for table in ("approvals", "erasures", "pointer_moves", "release_rewrites")},
    "audit.current_releases": "rciu",
}  # fmt: skip
MAY = {
    "rbpk_owner": BUILDS,
    "rbpk_publisher": PUBLISHES,
    "bi_reader": {"published": "rc"},
    "auditor": {"published": "rc", "marts": "rc", "audit": "rc"},
    "case_worker": {"restricted.bnba_exclusion_errors": "rc", "restricted.bnba_verification_worklist": "rc"},
    "opd_reader": {"restricted.bnba_opd_delivery": "rc"},
    "partner_reader": {"restricted.bnba_partner_offer": "rc"},
}
# Publishing is attaching what the owner built and what the lists' owner guards: it has the rights of both.
MAY_BECOME = {"rbpk_publisher": {"rbpk_owner", "rbpk_lists", "pg_read_all_stats"}}
MAY_ALTER = {
    "rbpk_publisher": [
        "create view restricted.mine as select 1 as one",
        "create policy mine on lists.bnba_opd_delivery using (true)",
        "alter table lists.bnba_opd_delivery disable row level security",
    ]
}
# What every role is refused: a way to more rights, to files, or to what others do.
ESCALATIONS = [
    "create role mine",
    "alter role current_user superuser",
    "alter role current_user createrole",
    "alter role current_user bypassrls",
    "grant pg_read_all_data to current_user",
    "create table public.mine (id int)",
    "create function public.mine() returns int language sql security definer return 1",
    "create function audit.mine() returns int language sql return 1",
    "create view restricted.mine as select 1 as one",
    "create table pg_catalog.mine (id int)",
    "create function pg_temp.mine() returns int language c as 'libc', 'abs'",
    "copy (select 1) to program 'true'",
    "copy (select 1) to '/tmp/mine'",
    "select pg_read_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    "select * from pg_authid",
    "select * from pg_statistic",
    "select * from pg_hba_file_rules",
    "select pg_reload_conf()",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'",
    "alter database postgres set work_mem = '1GB'",
    "set session_replication_role = replica",
    "set log_statement = 'none'",
    "set session authorization postgres",
    "load 'auto_explain'",
    "alter table audit.releases disable trigger all",
    "alter table audit.deliveries add column mine text",
    "drop table audit.releases",
    "create trigger mine before insert on audit.releases for each row execute function audit.chain_row()",
    "create policy mine on lists.bnba_opd_delivery using (true)",
    "create rule mine as on insert to audit.releases do instead nothing",
    "alter table lists.bnba_opd_delivery disable row level security",
]


@pytest.fixture(scope="module")
def shown(server_dsn: str, template: str) -> Iterator[Database]:
    with fresh_database(server_dsn, template) as fresh:
        publish_lists(fresh)
        yield fresh
        drop_readers(fresh)


@pytest.fixture(scope="module")
def people(shown: Database) -> dict[str, Warehouse]:
    readers = {role: reader(shown, role) for role in ROLES}
    logins = {"bi_reader": shown.bi_reader, "auditor": shown.auditor}
    return {"rbpk_owner": shown.owner, "rbpk_publisher": shown.publisher, **logins, **readers}


@pytest.mark.parametrize("role", MAY)
def test_a_role_may_what_is_written_here_and_nothing_else(
    shown: Database, people: dict[str, Warehouse], role: str
) -> None:
    tables = ask(
        shown.admin,
        "select nspname, relname, min(attname) from pg_class join pg_namespace as schema on schema.oid = relnamespace"
        " join pg_attribute on attrelid = pg_class.oid and attnum > 0 and attidentity = '' and attgenerated = ''"
        " where relkind in ('r', 'p', 'v', 'm', 'f') and nspname !~ '^(pg_|information_schema)' group by 1, 2",
    )
    expected, found = {}, {}
    with closing(psycopg2.connect(people[role].dsn)) as connection:
        for schema, table, column in tables:
            kind = re.sub(r"^(release|work)_.*", r"\1", str(schema))
            expected[f"{schema}.{table}"] = MAY[role].get(f"{kind}.{table}", MAY[role].get(kind, ""))
            names = {"table": f'"{schema}"."{table}"', "column": f'"{column}"'}
            statements = {letter: text.format(**names) for letter, text in ACTIONS.items()}
            found[f"{schema}.{table}"] = "".join(
                letter for letter, text in statements.items() if allowed(connection, text)
            )
    assert len(tables) > 60
    assert found == expected


@pytest.mark.parametrize("role", MAY)
def test_a_role_becomes_no_other(shown: Database, people: dict[str, Warehouse], role: str) -> None:
    others = {
        str(name) for (name,) in ask(shown.admin, "select rolname from pg_roles where rolname !~ '_[0-9a-f]{8}$'")
    }
    with closing(psycopg2.connect(people[role].dsn)) as connection:
        become = {other for other in others if allowed(connection, f'set role "{other}"')}
    assert {name for name in become if not name.startswith(role)} == MAY_BECOME.get(role, set())


@pytest.mark.parametrize("role", MAY)
def test_a_role_finds_no_way_to_more(people: dict[str, Warehouse], role: str) -> None:
    with closing(psycopg2.connect(people[role].dsn)) as connection:
        assert [attempt for attempt in ESCALATIONS if allowed(connection, attempt)] == MAY_ALTER.get(role, [])


def test_what_runs_with_its_owners_rights_looks_names_up_nowhere_else(shown: Database) -> None:
    trusted = ask(
        shown.admin,
        "select proname, proconfig from pg_proc join pg_namespace as schema on schema.oid = pronamespace"
        " where prosecdef and nspname !~ '^(pg_|information_schema)'",
    )
    assert trusted
    for name, settings in trusted:
        assert "search_path=pg_catalog, pg_temp" in (settings or []), name


def allowed(connection: psycopg2.extensions.connection, text: str) -> bool:
    """Try a statement and take it back; whatever fails for another reason than rights is a fault of this test."""
    with connection.cursor() as cursor:
        try:
            if text.startswith("copy") and text.endswith("stdout"):
                cursor.copy_expert(text, io.StringIO())
            else:
                cursor.execute(text)
        except psycopg2.Error as error:
            if error.pgcode in REFUSED:
                return False
            if error.pgcode in CONSTRAINED:
                return True
            raise
        finally:
            connection.rollback()
    return True
