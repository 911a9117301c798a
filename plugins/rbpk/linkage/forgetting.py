"""One person leaves the memory of linkage: links, profiles, pairs and decisions; ids of others stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rbpk.warehouse import statement

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case


@dataclass(frozen=True, slots=True)
class Known:
    """What linkage knows of one person; `homes` is every household they were counted in."""

    person_id: str
    niks: tuple[str, ...] = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[str, str, int], ...] = field(repr=False)
    homes: tuple[str, ...]
    is_alone: bool


def people_of(connection: Connection, regency: str, nik: str) -> list[str]:
    """Return the ids of all who were ever delivered under a number."""
    return [str(row[0]) for row in _ask(connection, "people_of_number", {"regency": regency, "nik": nik})]


def known_of(connection: Connection, regency: str, person_id: str) -> Known | None:
    """Return what is known of a person, or nothing where nobody has this id."""
    facts = {"regency": regency, "person": person_id}
    niks = tuple(str(row[0]) for row in _ask(connection, "numbers_of_person", facts))
    names = tuple(str(row[0]) for row in _ask(connection, "names_of_person", facts))
    rows = tuple((str(one), str(sheet), int(row)) for one, sheet, row in _ask(connection, "rows_of_person", facts))
    ((homes, is_alone),) = _ask(connection, "homes_of_person", facts)
    return Known(person_id, niks, names, rows, tuple(homes), bool(is_alone)) if niks or rows or homes else None


def forget(connection: Connection, regency: str, known: Known) -> dict[str, int]:
    """Delete the person; return how many links and remembered rows went."""
    facts = {
        "regency": regency, "person": known.person_id, "homes": list(known.homes), "is_alone": known.is_alone,
    }  # fmt: skip
    counted = {}
    for name in ("forget_links", "forget_pairs", "forget_mothers", "forget_profiles", "forget_person"):
        with connection.cursor() as cursor:
            cursor.execute(statement("rbpk.linkage", name), facts)
            counted[name] = int(cursor.rowcount)
    return {"links": counted["forget_links"], "profiles": counted["forget_profiles"], "pairs": counted["forget_pairs"]}


def _ask(connection: Connection, name: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement("rbpk.linkage", name), facts)
        return list(cursor.fetchall())
