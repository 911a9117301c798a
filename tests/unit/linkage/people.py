"""Invented rows for linkage tests: say what matters, the rest is filled in."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from rbpk.linkage.engine import open_engine
from rbpk.linkage.records import RECORD_SCHEMA, in_order
from rbpk.linkage.registry import Memory, no_memory
from rbpk.linkage.resolving import Key, Resolution, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, object]


def nik(born: str, serial: int, sex: str = "L") -> str:
    """Return a NIK of nobody: region 00, the birth date as DD-MM-YYYY, a serial."""
    day, month, year = born.split("-")
    day_of_sex = int(day) + (40 if sex == "P" else 0)
    return f"000101{day_of_sex:02}{month}{year[2:]}{serial:04}"


def row(feed: str, name: str, born: str | None = None, **more: object) -> Row:
    """Return a record; `family` and `card` are short for source_family_id and family_card."""
    family, card = more.pop("family", None), more.pop("card", None)
    entity = more.pop("entity", "individuals")
    birth_date = date(*(int(part) for part in reversed(born.split("-")))) if born else None
    return {
        "feed": feed,
        "entity": entity,
        "delivery_id": f"{feed}-{entity}-{more.pop('month', '01')}",
        "source_file": f"{feed}/{entity}.csv",
        "sheet": "",
        "name": name,
        "birth_date": birth_date,
        "sex": "L",
        "village_code": "00.01.01.2001",
        "family_card": card,
        "source_family_id": f"{feed}:{family or card}" if family or card else None,
        "is_family_head": False,
        **more,
    }


def table(rows: Sequence[Row]) -> pl.DataFrame:
    """Return rows as linkage reads them; each row's number in the test is its number in the file."""
    numbered = [
        {
            "source_row": place,
            **values,
            "record_id": f"{values['delivery_id']}//{values.get('source_row', place)}",
        }
        for place, values in enumerate(rows, start=1)
    ]
    filled = [{name: values.get(name) for name in RECORD_SCHEMA} for values in numbered]
    return pl.DataFrame(filled, schema=RECORD_SCHEMA, orient="row")


def solve(rows: Sequence[Row] | pl.DataFrame, memory: Memory | None = None) -> Resolution:
    """Link rows as one month."""
    records = rows if isinstance(rows, pl.DataFrame) else table(rows)
    contents = {name: hashlib.sha256(name.encode()).hexdigest() for name in records["delivery_id"].unique()}
    with open_engine("500MB") as engine:
        return resolve(engine, in_order(records), memory or no_memory(), Key(b"test", contents))


def groups(resolution: Resolution, records: pl.DataFrame, column: str) -> list[int]:
    """Return a small number for each record, equal where the id is equal, in the order of `records`."""
    ids = records.join(resolution.links, on="record_id", maintain_order="left")[column].to_list()
    seen = list(dict.fromkeys(ids))
    return [seen.index(value) for value in ids]
