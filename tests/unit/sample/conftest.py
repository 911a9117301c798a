"""One small delivery of two months, made once for all tests of the generator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import pytest

from sample.generate import Order, generate

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "2025-10", "2025-11"


@dataclass(frozen=True)
class Made:
    """Where the files are, and what is true of them."""

    folder: Path
    truth: pl.DataFrame

    def csv(self, period: str, name: str) -> pl.DataFrame:
        """Read a text file of a month with every cell as sent."""
        path = self.folder / period / name
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig" if raw[:3] == b"\xef\xbb\xbf" else "cp1252")
        delimiter = ";" if text.split("\n", 1)[0].count(";") > 3 else ","
        return pl.read_csv(text.encode(), separator=delimiter, infer_schema=False)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("sample")
    return Made(folder, generate(Order("64.02", FIRST, 4000, 7, folder, months=2)))
