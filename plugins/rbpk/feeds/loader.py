"""Contracts from YAML: strict, so that a slip of the pen is an error and not a silent default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from rbpk.errors import ContractInvalid
from rbpk.feeds.contract import Column, Contract, Kind, People, Rule, Shape, Unique, Wording
from rbpk.feeds.contract_checks import check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
        "natural_key", "carry_forward_months", "thresholds", "uniques", "rules", "people", "sender", "event",
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
        sender=tuple(raw.get("sender", ())),
        event=tuple(raw.get("event", ())),
        people=_people(raw["people"]) if "people" in raw else None,
    )


def _people(raw: Mapping[str, Any]) -> People:
    only(raw, "people", "once", "family", "head", "same")
    head, values = next(iter(raw.get("head", {}).items()), (None, ()))
    return People(
        once=raw.get("once"),
        family=raw.get("family"),
        head_column=head,
        head_values=tuple(str(value).upper() for value in values),
        same=tuple(raw.get("same", ())),
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
    only(raw, name, "requires", "says", "lacks", "refused", "id", "en")
    says = tuple(str(word) for word in raw.get("says", ()))
    return Shape(name, tuple(raw["requires"]), _wording(raw), says, tuple(raw.get("lacks", ())), raw.get("refused"))


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
