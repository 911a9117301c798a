"""The village of every row: each distinct set of region cells is resolved once, then joined back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from rbpk.domain.names import bare_key, distance_at_most
from rbpk.feeds.region_cells import names_of_cells, region_cells

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract
    from rbpk.feeds.regions import Place, Regions

_CELLS = ("code", "kecamatan", "village", "regency")
_ABOUT_CODES = ("REG_OLD_CODE", "REG_BPS_CODE", "REG_UNCONFIRMED", "REG_NAME_MISMATCH", "TENANT_MISMATCH")
# `Kecamatan : Tanjung Kemuning`; `KEC. SAMBOJA KABUPATEN KUTAI KARTANEGARA`; `KECAMATAN MUARA WIS, BULAN MEI`.
_KECAMATAN = re.compile(
    r"(?i)\bKec(?:amatan\b|\.)\s*[:=]?\s*([^\W\d_][^\d_,;:|/()]*?)\s*(?=$|[\d,;:|/()]|\b(?:Kab|Prov|Desa|Kel|Bulan|Tahun|Periode))"
)
_SCHEMA = {"village_code": pl.String, "village_rule": pl.String, "place_finding": pl.String, "place_reason": pl.String}


class Places:
    """Resolves the region cells of one delivery, remembering what it has resolved."""

    def __init__(self, contract: Contract, regions: Regions, regency: str) -> None:
        self._regions = regions
        self._regency = regency
        self._own_name = bare_key(regions.name(regency))
        self._contract = contract
        self._known: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}

    def column_about(self, code: str, frame: pl.DataFrame) -> str:
        """Name the column that a finding or reason about a place speaks of."""
        order = ("code", "village", "kecamatan") if code in _ABOUT_CODES else ("village", "code", "kecamatan")
        names = names_of_cells(self._contract, frame.columns)
        return next(name for cell in order if (name := names.get(cell)))

    def judge(self, frame: pl.DataFrame, above: tuple[str, ...] = ()) -> pl.DataFrame:
        """Give per row village_code, village_rule, a finding and a reason to hold back; `above` are the title lines."""
        cells = region_cells(frame, self._contract)
        if "village" in cells.columns and not {"code", "kecamatan"} & set(cells.columns):
            cells = cells.with_columns_seq(pl.lit(self._said_above(above), pl.String).alias("kecamatan"))
        if not set(cells.columns) - {"regency"}:
            return pl.DataFrame({n: pl.repeat(None, frame.height, dtype=t, eager=True) for n, t in _SCHEMA.items()})
        # One number for the cells of a row is compared many times faster than the cells are.
        hashes = cells.hash_rows(seed=1)
        first = hashes.arg_unique()
        answers = [self._resolve(dict(zip(cells.columns, row, strict=True))) for row in cells[first].iter_rows()]
        table = pl.DataFrame(answers, schema=_SCHEMA, orient="row").with_columns_seq(key=hashes.gather(first))
        keys = pl.DataFrame({"key": hashes})
        return keys.join(table, on="key", how="left", maintain_order="left").select_seq(list(_SCHEMA))

    def _said_above(self, above: tuple[str, ...]) -> str | None:
        """Give the one kecamatan that the lines above the header say the whole list is of."""
        said = {name for line in above for name in _KECAMATAN.findall(line)}
        codes = {code: name for name in said if (code := self._regions.kecamatan(self._regency, name))}
        return codes.popitem()[1] if len(codes) == 1 else None

    def _resolve(self, cells: dict[str, str | None]) -> tuple[str | None, ...]:
        key = tuple(cells.get(cell) for cell in _CELLS)
        if key not in self._known:
            if len(self._known) > 100_000:
                self._known.clear()
            self._known[key] = self._judged(cells)
        return self._known[key]

    def _judged(self, cells: dict[str, str | None]) -> tuple[str | None, ...]:
        place = self._regions.resolve(self._regency, cells.get("code"), cells.get("kecamatan"), cells.get("village"))
        reason = self._reason(place, cells)
        own = place.regency_code in (None, self._regency)
        return (place.village_code if own else None, place.rule if own else None, place.finding, reason)

    def _reason(self, place: Place, cells: dict[str, str | None]) -> str | None:
        if place.regency_code not in (None, self._regency):
            return "TENANT_MISMATCH"
        if place.kecamatan_code or not self._regions.knows(self._regency):
            return None
        named = bare_key(cells.get("regency"))
        elsewhere = named and not distance_at_most(named, self._own_name, 3)
        return "TENANT_MISMATCH" if elsewhere else "REG_UNKNOWN"
