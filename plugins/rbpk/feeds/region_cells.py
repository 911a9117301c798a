"""Where a row says it is: code, kecamatan, village and regency, whole, in pieces or inside an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import Kind

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract

CELLS = {
    "code": Kind.VILLAGE_CODE, "kecamatan": Kind.KECAMATAN, "village": Kind.VILLAGE, "regency": Kind.REGENCY,
}  # fmt: skip
# The village stands before the kecamatan, which closes the address.
_ADDRESS = r"(?i)(?:^|,)\s*([^,]+?)\s*,\s*(?:Kec(?:amatan)?\b\.?\s*)?([^,]+?)\s*$"


def names_of_cells(contract: Contract, present: list[str]) -> dict[str, str]:
    """Map each region cell to the column that tells it."""
    names = {cell: name for cell, kind in CELLS.items() if (name := _first(contract, kind, present))}
    if "code" not in names and (name := _first(contract, Kind.VILLAGE_PART, present)):
        names["code"] = name
    if "village" not in names and (name := _first(contract, Kind.FULL_ADDRESS, present)):
        names["village"] = name
    return names


def region_cells(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Give the region cells of a batch, as many as the list has."""
    names = names_of_cells(contract, frame.columns)
    cells = {cell: pl.col(name) for cell, name in names.items()}
    if "code" in names:
        whole = contract.column(names["code"]).kind is not Kind.VILLAGE_PART
        cells["code"] = _joined(contract, frame.columns, names["code"], whole=whole)
    if "village" in names and contract.column(names["village"]).kind is Kind.FULL_ADDRESS:
        address = cells["village"]
        cells["village"] = address.str.extract(_ADDRESS, 1)
        cells.setdefault("kecamatan", address.str.extract(_ADDRESS, 2))
    return frame.select_seq(cell.alias(name) for name, cell in cells.items())


def _joined(contract: Contract, present: list[str], village: str, *, whole: bool) -> pl.Expr:
    """Join a village code; offices write the regency as `64.02` or `02`, and lose leading zeros.

    A column that should hold `whole` codes is joined only where it holds the last four digits.
    """
    kecamatan = _first(contract, Kind.KECAMATAN_PART, present)
    regency = _first(contract, Kind.REGENCY_PART, present)
    if kecamatan is None or regency is None:
        return pl.col(village) if whole else pl.lit(None, pl.String)
    province = _first(contract, Kind.PROVINCE_PART, present)
    second = _digits(regency)
    first = _digits(province).str.zfill(2) if province else pl.lit(None, pl.String)
    # Without its province a code of two digits tells no regency.
    in_front = (
        pl.when(second.str.len_bytes() >= 4).then(second.str.head(4))
        .otherwise(pl.concat_str(first, second.str.zfill(2)))
    )  # fmt: skip
    last = pl.concat_str(_digits(kecamatan).str.tail(2).str.zfill(2), _digits(village).str.tail(4).str.zfill(4))
    joined = pl.concat_str(in_front, last)
    return pl.when(_digits(village).str.len_bytes() > 4).then(pl.col(village)).otherwise(joined) if whole else joined


def _digits(name: str) -> pl.Expr:
    digits = pl.col(name).str.replace(r"\.0$", "").str.replace_all("[^0-9]", "")
    return pl.when(digits != "").then(digits)


def _first(contract: Contract, kind: Kind, present: list[str]) -> str | None:
    return next((column.name for column in contract.of_kind(kind) if column.name in present), None)
