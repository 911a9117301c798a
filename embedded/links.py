"""`make explain-link`: why a row belongs to its person, field by field, without a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded import environment
from embedded.errors import EmbeddedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of the platform."""
    command = commands.add_parser("explain-link", help="why a row belongs to its person, without a value")
    command.add_argument("--record", required=True, help="record_id of linkage.person_links")
    command.add_argument("--regency", default="")


def explain_link(options: argparse.Namespace, dsn: Callable[[str], str]) -> int:
    """Print the link, the row that speaks for it most, and how each field of the two compares."""
    from rbpk.errors import RbpkError  # noqa: PLC0415 - only this command needs the platform's rooms
    from rbpk.linkage import explain  # noqa: PLC0415 - as above
    from rbpk.warehouse import Warehouse  # noqa: PLC0415 - as above

    try:
        found = explain(Warehouse(dsn("rbpk_owner")), options.regency or environment.regencies()[0], options.record)
    except RbpkError as error:
        raise EmbeddedError(str(error)) from error
    print(f"{found.record_id}, {found.period}: person {found.person_id}, household {found.household_id}")
    print(f"by {found.rule} ({found.score:g}): {found.meaning}")
    if found.other is None:
        return 0
    print(f"\nClosest row of the same person: {found.other} ({found.other_feed})")
    print(f"Rule between the two: {found.other_rule or 'none'}; the model alone says {found.probability:.3f}\n")
    for field, level, weight in found.fields:
        print(f"  {field:<12}{level:<16}{weight:+.2f} bits")
    return 0
