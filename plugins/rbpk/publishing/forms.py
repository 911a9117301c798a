"""The official forms, as the words beside the published models describe them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Form:
    """One published table as a sheet: its columns in order and the title of each."""

    table: str
    sheet: str
    description: str
    columns: tuple[str, ...]
    titles: tuple[str, ...]


def forms(models: Path) -> tuple[Form, ...]:
    """Return every model whose meta names a sheet, with the columns whose meta gives a title."""
    found = []
    for path in sorted(models.rglob("_*__models.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            meta = _meta(model)
            if "sheet_id" not in meta:
                continue
            titled = [column for column in model["columns"] if "label_id" in _meta(column)]
            found.append(
                Form(
                    table=str(model["name"]),
                    sheet=str(meta["sheet_id"]),
                    description=str(meta["description_id"]),
                    columns=tuple(str(column["name"]) for column in titled),
                    titles=tuple(str(_meta(column)["label_id"]) for column in titled),
                )
            )
    return tuple(found)


def _meta(node: dict[str, Any]) -> dict[str, Any]:
    meta: dict[str, Any] = node.get("config", {}).get("meta", {})
    return meta
