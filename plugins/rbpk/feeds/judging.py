"""A batch of rows as read becomes rows to land, rows held back with a reason, and counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import IDENTIFIERS, Kind
from rbpk.feeds.duplicates import Seen
from rbpk.feeds.judge_cross import cross_findings, without_card_numbers
from rbpk.feeds.judge_identity import Identities, read_identities
from rbpk.feeds.judge_places import Places
from rbpk.feeds.judge_rows import not_data
from rbpk.feeds.judge_values import name_findings, outside_desil, value_findings
from rbpk.feeds.shaping import landing_rows, numeric_cells, promised_columns
from rbpk.feeds.verdicts import Verdicts

if TYPE_CHECKING:
    from datetime import date

    from rbpk.feeds.batch import Batch
    from rbpk.feeds.contract import Contract, Unique
    from rbpk.feeds.headers import Layout
    from rbpk.feeds.regions import Regions

_ERROR_CELL = r"^#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$"
_NOT_CELLS = ("source_row", "structure", "overflow")


@dataclass(slots=True)
class Counts:
    """Where the rows of a delivery went, and how often each finding was made."""

    rows_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    rows_duplicate: int = 0
    rows_not_data: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Judged:
    """One batch judged: rows to land, from source_row on in landing order, and rows held back if any."""

    landed: pl.DataFrame
    rejected: pl.DataFrame | None


class Judge:
    """Judges the batches of one delivery, in order."""

    def __init__(self, contract: Contract, regions: Regions, regency: str, period_end: date) -> None:
        self.counts = Counts()
        self._contract = contract
        self._places = Places(contract, regions, regency)
        self._period_end = period_end
        self._seen = Seen()
        self._uniques = [(unique, Seen()) for unique in contract.uniques]

    def judge(self, batch: Batch, layout: Layout) -> Judged:
        """Judge one batch."""
        frame = promised_columns(batch.frame, layout)
        none = not_data(frame, self._contract, layout)
        self.counts.rows_not_data += int(none.sum())
        self.counts.rows_read += int((~none).sum())
        frame, numeric = _without(none, frame, batch.numeric)
        again = self._again(frame)
        self.counts.rows_duplicate += int(again.sum())
        frame, numeric = _without(again, frame, numeric)
        return self._judge_data(frame, numeric, layout)

    def _again(self, frame: pl.DataFrame) -> pl.Series:
        ignored = {*_NOT_CELLS[:2], *(column.name for column in self._contract.of_kind(Kind.RUNNING_NUMBER))}
        return self._seen.again(frame.select(pl.exclude(*ignored)).hash_rows(seed=1))

    def _judge_data(self, frame: pl.DataFrame, numeric: pl.DataFrame | None, layout: Layout) -> Judged:
        verdicts = Verdicts(frame.height)
        for code in frame["structure"].drop_nulls().unique().to_list():
            verdicts.hold(frame["structure"] == code, None, code)
        places = self._judge_places(frame, verdicts)
        clean = self._identities(frame, numeric, verdicts)
        self._values(frame, verdicts)
        self._names(frame, clean, verdicts)
        for rows, name, code in cross_findings(frame, self._contract, clean, self._period_end):
            verdicts.find(rows, name, code)
        for unique, seen in self._uniques:
            verdicts.hold(_once_more(frame, unique, seen, ~verdicts.held()), unique.columns[0], unique.reason)
        judged = places.with_columns(
            numeric_cells(frame, numeric).alias("numeric_cells"), verdicts.as_array().alias("findings")
        )
        landed = landing_rows(frame, self._contract, layout, clean, judged)
        return self._split(frame, landed, verdicts)

    def _split(self, frame: pl.DataFrame, landed: pl.DataFrame, verdicts: Verdicts) -> Judged:
        held = verdicts.held()
        verdicts.count_findings(self.counts.findings, held)
        if not held.any():
            self.counts.rows_loaded += landed.height
            return Judged(landed, None)
        rejected = verdicts.rejected(frame, held, self.counts.reasons)
        self.counts.rows_quarantined += rejected.height
        self.counts.rows_loaded += landed.height - rejected.height
        return Judged(landed.filter(~held), rejected)

    def _identities(
        self, frame: pl.DataFrame, numeric: pl.DataFrame | None, verdicts: Verdicts
    ) -> dict[str, Identities]:
        clean = {}
        for column in self._contract.of_kind(*IDENTIFIERS):
            if column.name not in frame.columns:
                continue
            is_nik = column.kind is Kind.NIK
            read = clean[column.name] = read_identities(frame[column.name], women=is_nik)
            prefix = "NIK" if is_nik else "KK"
            for code in read.refusal.drop_nulls().unique().to_list():
                named = code if is_nik or code == "NULL" else "INVALID"
                verdicts.find((read.refusal == code).fill_null(value=False), column.name, f"{prefix}_{named}")
            verdicts.find(read.repaired, column.name, "REPAIRED")
            if numeric is not None and column.name in numeric.columns:
                ends = frame[column.name].str.contains(r"0(?:\.0+)?$").fill_null(value=False)
                rounded = numeric[column.name] & ends & read.clean.is_not_null()
                verdicts.find(rounded, column.name, f"{prefix}_MAYBE_ROUNDED")
        return without_card_numbers(self._contract, clean)

    def _judge_places(self, frame: pl.DataFrame, verdicts: Verdicts) -> pl.DataFrame:
        places = self._places.judge(frame)
        for code in places["place_finding"].drop_nulls().unique().to_list():
            rows = (places["place_finding"] == code).fill_null(value=False)
            verdicts.find(rows, self._places.column_about(code, frame), code)
        for code in places["place_reason"].drop_nulls().unique().to_list():
            verdicts.hold(places["place_reason"] == code, self._places.column_about(code, frame), code)
        return places

    def _values(self, frame: pl.DataFrame, verdicts: Verdicts) -> None:
        for column in self._contract.columns:
            if column.name not in frame.columns:
                continue
            sent = frame[column.name]
            if sent.str.starts_with("#").any():
                verdicts.hold(sent.str.contains(_ERROR_CELL), column.name, "FORMULA_ERROR")
            if column.kind is Kind.DESIL:
                verdicts.hold(outside_desil(sent, column), column.name, "DESIL_RANGE")
            for rows, name, code in value_findings(sent, column):
                verdicts.find(rows, name, code)

    def _names(self, frame: pl.DataFrame, clean: dict[str, Identities], verdicts: Verdicts) -> None:
        names = [c.name for c in self._contract.of_kind(Kind.PERSON_NAME) if c.name in frame.columns]
        niks = [c.name for c in self._contract.of_kind(Kind.NIK) if c.name in clean]
        nobody = pl.repeat(value=bool(names or niks), n=frame.height, eager=True)
        for name in names:
            for rows, column, code in name_findings(frame[name], name):
                verdicts.find(rows, column, code)
                nobody = nobody & rows if code == "NAME_EMPTY" else nobody
        for nik in niks:
            nobody &= clean[nik].clean.is_null()
        verdicts.hold(nobody, next(iter(niks + names), None), "NO_IDENTITY")


def _without(
    rows: pl.Series, frame: pl.DataFrame, numeric: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    if not rows.any():
        return frame, numeric
    return frame.filter(~rows), numeric.filter(~rows) if numeric is not None else None


def _once_more(frame: pl.DataFrame, unique: Unique, seen: Seen, among: pl.Series) -> pl.Series:
    """Say which of the rows repeat one that may be there once only."""
    nothing = pl.repeat(value=False, n=frame.height, eager=True)
    if {*unique.columns, unique.where_column or unique.columns[0]} - set(frame.columns):
        return nothing
    if unique.where_column:
        state = frame[unique.where_column].str.strip_chars().str.to_uppercase()
        among &= state.is_in(list(unique.where_values)).fill_null(value=False)
    keys = frame.select(pl.col(name).str.strip_chars() for name in unique.columns)
    among &= keys.select(pl.all_horizontal(pl.all().is_not_null()).alias("known"))["known"]
    index = among.arg_true()
    if not len(index):
        return nothing
    twice = index.filter(seen.again(keys[index].hash_rows(seed=1)))
    numbers: pl.Series = pl.arange(0, frame.height, eager=True)
    return numbers.is_in(twice.cast(pl.Int64).implode())
