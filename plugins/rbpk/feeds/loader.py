"""Contracts from YAML: strict, so that a slip of the pen is an error and not a silent default."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from rbpk.errors import ContractInvalid
from rbpk.feeds.contract import JUDGED, LINEAGE, Column, Contract, Kind, Rule, Shape, Unique, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What is neither letter nor digit.
_BETWEEN = re.compile(r"[\W_]+")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,58}")
_RESERVED = {name for name, _ in LINEAGE + JUDGED}
_CLOSED = (Kind.CODE, Kind.FLAG)
# libyaml reads a contract ten times faster; schedulers load this file all day.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CodeLists = dict[str, tuple[str, ...]]


def load_code_lists(path: Path) -> CodeLists:
    """Read the code lists that several contracts share."""
    return {name: tuple(str(v) for v in values) for name, values in read_yaml(path).items()}


def load_contract(path: Path, code_lists: CodeLists) -> Contract:
    """Read one contract, or say which line of thought in it is wrong."""
    feed, _, entity = path.stem.partition("__")
    try:
        contract = _contract(feed, entity, read_yaml(path), code_lists)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContractInvalid(f"{path.name}: {error}", file=path.name) from error
    check(contract, path.name)
    return contract


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a mapping from a YAML file."""
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506  (safe loader)
    except yaml.YAMLError as error:
        raise ContractInvalid(f"{path.name}: not YAML", file=path.name) from error
    if not isinstance(content, dict):
        raise ContractInvalid(f"{path.name}: expected a mapping", file=path.name)
    return content


def only(part: Mapping[str, Any], where: str, *allowed: str) -> None:
    """Refuse keys nobody reads: they are slips of the pen."""
    unknown = sorted(set(part) - set(allowed))
    if unknown:
        message = f"{where}: unknown key {', '.join(unknown)}"
        raise ValueError(message)


def _contract(feed: str, entity: str, raw: dict[str, Any], code_lists: CodeLists) -> Contract:
    only(
        raw, "contract", "owner", "description", "columns", "shapes",
        "natural_key", "carry_forward_months", "thresholds", "uniques", "rules",
    )  # fmt: skip
    return Contract(
        feed=feed,
        entity=entity,
        owner=str(raw["owner"]),
        description=_wording(raw["description"]),
        columns=tuple(_column(n, c, code_lists) for n, c in raw["columns"].items()),
        shapes=tuple(_shape(n, s) for n, s in raw["shapes"].items()),
        natural_key=tuple(raw["natural_key"]),
        carry_forward_months=int(raw["carry_forward_months"]),
        thresholds={str(code): float(pct) for code, pct in raw.get("thresholds", {}).items()},
        uniques=tuple(_unique(u) for u in raw.get("uniques", ())),
        rules=tuple(_rule(r) for r in raw.get("rules", ())),
    )


def _wording(raw: Mapping[str, str]) -> Wording:
    return Wording(id=str(raw["id"]), en=str(raw["en"]))


def _column(name: str, raw: Mapping[str, Any], code_lists: CodeLists) -> Column:
    only(raw, name, "kind", "titles", "required", "codes", "range", "id", "en")
    low, high = raw.get("range", (None, None))
    codes = raw.get("codes", ())
    return Column(
        name=name,
        kind=Kind(raw["kind"]),
        description=_wording(raw),
        titles=tuple(str(title) for title in raw.get("titles", ())),
        required=bool(raw.get("required", False)),
        codes=code_lists[codes] if isinstance(codes, str) else tuple(str(c) for c in codes),
        minimum=low,
        maximum=high,
    )


def _shape(name: str, raw: Mapping[str, Any]) -> Shape:
    only(raw, name, "requires", "says", "id", "en")
    return Shape(name, tuple(raw["requires"]), _wording(raw), tuple(str(word) for word in raw.get("says", ())))


def _unique(raw: Mapping[str, Any]) -> Unique:
    only(raw, "uniques", "columns", "reason", "where")
    where = raw.get("where", {})
    column = next(iter(where), None)
    return Unique(
        columns=tuple(raw["columns"]),
        reason=str(raw["reason"]),
        where_column=column,
        where_values=tuple(str(value) for value in where.get(column, ())),
    )


def _rule(raw: Mapping[str, Any]) -> Rule:
    only(
        raw, "rules", "code", "column", "empty", "says_nothing", "is", "holds", "below", "above",
        "above_column", "one_of", "sum_over", "of", "where",
    )  # fmt: skip
    checks = {
        key: raw[key] for key in ("empty", "says_nothing", "below", "above", "above_column", "sum_over") if key in raw
    }
    lists: dict[str, Any] = {
        key: tuple(str(value) for value in raw[key]) for key in ("holds", "one_of", "of") if key in raw
    }
    if not checks and "is" not in raw and not lists:
        message = f"rule {raw['code']} checks nothing"
        raise ValueError(message)
    column, values = next(iter(raw.get("where", {}).items()), (None, ()))
    return Rule(
        code=str(raw["code"]),
        column=str(raw["column"]),
        values=tuple(str(value) for value in raw.get("is", ())),
        where_column=column,
        where_values=tuple(str(value) for value in values),
        **checks,
        **lists,
    )


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
    for unique in contract.uniques:
        wanted = {*unique.columns, *filter(None, [unique.where_column])}
        problems += [f"uniques names {name}" for name in wanted - known]
    for rule in contract.rules:
        problems += [f"rule {rule.code} names {name}" for name in rule.columns if name not in known]
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
        for key in sorted({title_key(title) for title in (column.name, *column.titles)})
        if owner.setdefault(key, column.name) != column.name
    ]


@lru_cache(maxsize=16_384)
def title_key(title: str) -> str:
    """Reduce a title to what survives case, spaces, NBSP, dots and underscores."""
    return _BETWEEN.sub("", title.casefold())
