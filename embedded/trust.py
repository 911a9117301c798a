"""Commands for those who must be able to trust the warehouse: verify it, and say who reads lists by name."""

from __future__ import annotations

import getpass
import os
import secrets
import sys
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from embedded import environment
from embedded.errors import EmbeddedError
from rbpk.errors import RbpkError
from rbpk.publishing import Decision, decide, known_heads, publish, verify_release, write_manifest
from rbpk.warehouse import ListGrant, Warehouse, grant_list, revoke_lists, verify_audit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from embedded.home import Home

WRONG = 4
Answer = TypeVar("Answer")
_SHOWN = "select release_id from audit.current_releases order by release_id"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands of this module."""
    commands.add_parser("verify_audit", help="read the audit's hash chain back")
    commands.add_parser("verify_release", help="hash a release anew").add_argument("release", nargs="?", default="")
    reader = commands.add_parser("reader", help="let one person read their part of the lists by name")
    for name in ("role", "login", "regency", "scopes", "reason", "until"):
        reader.add_argument(f"--{name}", default="")
    word = commands.add_parser("override", help="publish a release its gate blocked, on a person's word")
    for name in ("release", "name", "reason", "ba"):
        word.add_argument(f"--{name}", default="")
    gone = commands.add_parser("erase", help="take one person out of everything (UU 27/2022)")
    for name in ("regency", "person", "name", "reason", "ba"):
        gone.add_argument(f"--{name}", default="")
    commands.add_parser("revoke", help="take a reader's lists back").add_argument("login")


def check_audit(home: Home, dsn: Callable[[str], str]) -> int:
    """Say whether every audit row is as it was written; the heads in release manifests are looked for too."""
    known = known_heads(home.root / "manifests")
    found = _asked(lambda: verify_audit(Warehouse(dsn("auditor")), known))
    for finding in found.findings[:50]:
        print(finding)
    for head in found.heads:
        print(f"chain {head.regency}: {head.number} links, head {head.hash}")
    words = "as written" if not found.findings else f"{len(found.findings)} findings"
    print(f"Audit: {found.links} links, {len(known)} heads known from manifests: {words}.")
    return WRONG if found.findings else 0


def check_release(release: str, dsn: Callable[[str], str]) -> int:
    """Hash the tables of a release, or of every shown one, and compare with what was kept at publication."""
    publisher = Warehouse(dsn("rbpk_publisher"))
    wrong = 0
    for name in [release] if release else _shown(publisher):
        kept, found = _asked(lambda name=name: verify_release(publisher, name))  # type: ignore[misc]
        print(f"{name}: kept {kept}, found {found}: {'equal' if kept == found else 'NOT EQUAL'}")
        wrong += kept != found
    return WRONG if wrong else 0


def add_reader(options: argparse.Namespace, dsn: Callable[[str], str]) -> int:
    """Make or widen a login; a new one's address with its password is printed once."""
    try:
        until = date.fromisoformat(options.until) if options.until else None
    except ValueError:
        raise EmbeddedError(f"UNTIL is a day such as 2027-03-31, not {options.until!r}.") from None
    scopes = tuple(scope.strip() for scope in options.scopes.split(",") if scope.strip())
    who = os.environ.get("USER", "operator")
    grant = ListGrant(options.login, options.role, options.regency, scopes, options.reason, who, until)
    password = secrets.token_urlsafe(18)
    is_new = _asked(lambda: grant_list(Warehouse(dsn("admin")), grant, password))
    print(f"{grant.login} reads the lists of {grant.role} in {grant.regency} for {', '.join(scopes)}.")
    if is_new:
        place = urlsplit(dsn("admin"))
        address = f"{quote(grant.login)}:{quote(password)}@{place.hostname}:{place.port}"
        print(urlunsplit(place._replace(netloc=address)))
    return 0


def revoke_reader(login: str, dsn: Callable[[str], str]) -> int:
    """Take every grant of a login back."""
    taken = _asked(lambda: revoke_lists(Warehouse(dsn("admin")), login, os.environ.get("USER", "operator")))
    print(f"{login}: {taken} grants taken back.")
    return 0


def override(home: Home, options: argparse.Namespace, dsn: Callable[[str], str]) -> int:
    """Publish a blocked release; name, reason and number of the minutes stay in the audit."""
    publisher = Warehouse(dsn("rbpk_publisher"))
    decision = Decision(options.release, "overridden", options.name, options.reason, options.ba)

    def publish_anyway() -> None:
        decide(publisher, decision)
        publish(publisher, options.release, options.name)
        write_manifest(publisher, options.release, home.root / "manifests")

    _asked(publish_anyway)
    print(f"{options.release} is published on the word of {options.name}, {options.ba}.")
    return 0


def erase(home: Home, options: argparse.Namespace, dsn: Callable[[str], str]) -> int:
    """Erase one person by their id, or by a NIK that is typed unseen or comes from a pipe; print counts."""
    from upath import UPath  # noqa: PLC0415 - only this command needs files and the memory of linkage

    from rbpk.orchestration.erasing import Places, Request, clear_files, erase_person  # noqa: PLC0415
    from rbpk.orchestration.settings import load_settings  # noqa: PLC0415

    regency = options.regency or environment.regencies()[0]
    nik = None if options.person else (getpass.getpass("NIK: ") if sys.stdin.isatty() else sys.stdin.readline())
    request = Request(regency, options.name, options.reason, options.ba, options.person or None, nik)
    given = {name: os.environ[name] for name in ("RBPK_INBOX_URL", "RBPK_STORE_URL") if os.environ.get(name)}
    secret = os.environ.get("RBPK_SUPPRESSION_KEY") or home.secret("suppression_key")
    settings = load_settings({**given, "RBPK_HOME": str(home.root), "RBPK_SUPPRESSION_KEY": secret})
    places = Places(UPath(settings.store_url), UPath(settings.inbox_url), home.root)
    publisher = Warehouse(dsn("rbpk_publisher"))
    counts = _asked(lambda: erase_person(publisher, request, settings.suppression_key_of(regency), home.root))
    counts |= _asked(lambda: clear_files(publisher, regency, places))
    for name, count in counts.items():
        print(f"{name.replace('_', ' '):24} {count:>8,}")
    return 0


def _shown(publisher: Warehouse) -> list[str]:
    with publisher.connect() as connection, connection.cursor() as cursor:
        cursor.execute(_SHOWN)
        return [str(name) for (name,) in cursor.fetchall()]


def _asked(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except RbpkError as error:
        raise EmbeddedError(str(error)) from error
