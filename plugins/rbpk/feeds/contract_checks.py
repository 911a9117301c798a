"""What a contract may not say of itself: names that are none, columns that are not there, titles with two owners."""

from __future__ import annotations

import re

from rbpk.errors import ContractInvalid
from rbpk.feeds.contract import JUDGED, LINEAGE, Contract, Kind
from rbpk.feeds.titles import title_key

_NAME = re.compile(r"[a-z][a-z0-9_]{0,58}")
_RESERVED = {name for name, _ in LINEAGE + JUDGED}
_CLOSED = (Kind.CODE, Kind.FLAG)


def check(contract: Contract, file: str) -> None:
    """Refuse a contract that contradicts itself."""
    for problem in _problems(contract):
        raise ContractInvalid(f"{file}: {problem}", file=file)


def _problems(contract: Contract) -> list[str]:
    names = [column.name for column in contract.columns]
    known = set(names)
    problems = [f"column {name} is not a plain name" for name in names if not _NAME.fullmatch(name)]
    problems += [f"column {name} is a column of the platform" for name in known & _RESERVED]
    problems += [f"{c.name}: a closed kind needs codes" for c in contract.columns if c.kind in _CLOSED and not c.codes]
    problems += [f"natural_key names {name}" for name in contract.natural_key if name not in known]
    for shape in contract.shapes:
        problems += [f"shape {shape.name} requires {n}" for n in shape.requires if n not in known]
        problems += [f"shape {shape.name} lacks {n}" for n in shape.lacks if n not in known]
    for unique in contract.uniques:
        wanted = {*unique.columns, *filter(None, [unique.where_column])}
        problems += [f"uniques names {name}" for name in wanted - known]
    for rule in contract.rules:
        problems += [f"rule {rule.code} names {name}" for name in rule.columns if name not in known]
    problems += [f"sender names {name}" for name in contract.sender if name not in {*known, "village_code"}]
    problems += [f"event names {name}" for name in contract.event if name not in known]
    if contract.people:
        problems += [f"people names {name}" for name in contract.people.columns if name not in known]
    if not contract.shapes:
        problems.append("no shape")
    if contract.carry_forward_months < 0:
        problems.append("carry_forward_months is negative")
    return problems + _title_problems(contract)


def _title_problems(contract: Contract) -> list[str]:
    owner: dict[str, str] = {}
    return [
        f"title {key!r} belongs to {owner[key]} and {column.name}"
        for column in contract.columns
        for key in sorted({title_key(title) for title in column.written})
        if owner.setdefault(key, column.name) != column.name
    ]
