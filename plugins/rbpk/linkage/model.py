"""The trained model: versioned JSON beside the code, with what it was trained on and how right it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "person_model.json"


@dataclass(frozen=True)
class Model:
    """Splink's settings and the two thresholds.

    From `link` up a pair is one person; from `review` up to `link` a person is asked; below nothing is said.
    """

    version: str
    link: float
    review: float
    settings: dict[str, Any]


@cache
def trained_model() -> Model:
    """Read the model this version was released with."""
    read = json.loads(files("rbpk.linkage").joinpath("models", FILE).read_text(encoding="utf-8"))
    thresholds = read["thresholds"]
    return Model(str(read["version"]), float(thresholds["link"]), float(thresholds["review"]), read["splink"])
