"""A batch of rows as read becomes rows to land, rows held back with a reason, and counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import IDENTIFIERS, Kind
from rbpk.feeds.counts import Counts
from rbpk.feeds.duplicates import Seen, once_more
from rbpk.feeds.judge_cross import SWAPPED, cross_findings, unused, without_card_numbers
from rbpk.feeds.judge_file import refuse_damaged
from rbpk.feeds.judge_identity import Identities, read_identities
from rbpk.feeds.judge_people import Crowd
from rbpk.feeds.judge_places import Places
from rbpk.feeds.judge_rows import not_data
from rbpk.feeds.judge_rules import rule_findings
from rbpk.feeds.judge_values import Values, name_findings, outside_nomenclature
from rbpk.feeds.shaping import landing_rows, numeric_cells, promised_columns, untitled
from rbpk.feeds.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rbpk.feeds.batch import Batch
    from rbpk.feeds.contract import Contract
    from rbpk.feeds.headers import Layout
    from rbpk.feeds.regions import Regions

_ERROR_CELL = r"^#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$"
_NOT_CELLS = ("source_row", "structure", "overflow", "line")


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
        self._regency = regency
        self._period_end = period_end
        self._seen = Seen()
        self._crowd = Crowd(contract)
        self._values = Values(contract)
        self._uniques = [(unique, Seen()) for unique in contract.uniques]

    def judge(self, batch: Batch, layout: Layout) -> Judged:
        """Judge one batch."""
        without_title = untitled(batch.frame, layout)
        frame = promised_columns(batch.frame, layout, without_title)
        none = not_data(frame, self._contract, layout)
        self.counts.rows_not_data += int(none.sum())
        self.counts.rows_read += int((~none).sum())
        frame, numeric = _without(none, frame, batch.numeric)
        again = self._again(frame, without_title.values())
        self.counts.rows_duplicate += int(again.sum())
        frame, numeric = _without(again, frame, numeric)
        return self._judge_data(replace(batch, frame=frame, numeric=numeric), layout, tuple(without_title.values()))

    def finish(self) -> bytes:
        """Give the findings that only the whole list tells; refuse it if its numbers are too damaged for people's."""
        refuse_damaged(self._contract, self.counts)
        return self._crowd.notes(self.counts.findings)

    def _again(self, frame: pl.DataFrame, without_title: Iterable[str]) -> pl.Series:
        # What stands beside the list is a running number or a note of the clerk's.
        ignored = {*_NOT_CELLS, *without_title, *(c.name for c in self._contract.of_kind(Kind.RUNNING_NUMBER))}
        hashes = frame.select_seq(pl.exclude(*ignored)).hash_rows(seed=1)
        if "overflow" in frame.columns:
            # Only some batches have this column: a row without cells in it has one hash in all of them.
            beyond = frame["overflow"].fill_null("")
            hashes = hashes.zip_with(beyond == "", hashes ^ beyond.hash(seed=1))
        return self._seen.again(hashes)

    def _judge_data(self, batch: Batch, layout: Layout, without_title: tuple[str, ...]) -> Judged:
        frame, numeric = batch.frame, batch.numeric
        verdicts = Verdicts(frame.height)
        for code in frame["structure"].drop_nulls().unique().to_list():
            verdicts.hold(frame["structure"] == code, None, code)
        places = self._judge_places(frame, layout.titles_above, verdicts)
        clean = self._identities(frame, numeric, verdicts)
        self._judge_values(frame, verdicts, plain=batch.plain)
        self._names(frame, clean, verdicts)
        for rows, name, code in cross_findings(frame, self._contract, clean, self._regency, self._period_end):
            verdicts.find(rows, name, code)
            if code == SWAPPED:
                clean[name] = unused(clean[name], rows)
        for rows, name, code in rule_findings(frame, self._contract):
            verdicts.note(rows, name, code)
        for name in without_title:
            verdicts.find(frame[name].is_not_null(), name, "CELL_UNTITLED")
        for unique, seen in self._uniques:
            verdicts.hold(once_more(frame, unique, seen, ~verdicts.held()), unique.columns[0], unique.reason)
        judged = places.with_columns_seq(
            numeric_cells(frame, numeric).alias("numeric_cells"), verdicts.as_array().alias("findings")
        )
        self._crowd.add(frame, clean, verdicts.held(), batch.sheet)
        landed = landing_rows(frame, layout, without_title, clean, judged)
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
                # A second number, e.g. a corrected one, is there only where it is needed.
                if code == "NULL" and is_nik and len(clean) > 1 and not column.required:
                    continue
                named = code if is_nik or code == "NULL" else "INVALID"
                verdicts.find(read.refusal == code, column.name, f"{prefix}_{named}")
            verdicts.find(read.repaired, column.name, "REPAIRED")
            if is_nik and len(clean) == 1:
                self.counts.identified += len(read.clean) - read.clean.null_count()
                self.counts.ending_in_zero += int(read.clean.str.ends_with("0").sum() or 0)
            if numeric is not None and column.name in numeric.columns:
                ends = frame[column.name].str.contains(r"0(?:\.0+)?$")
                rounded = numeric[column.name] & ends & read.clean.is_not_null()
                verdicts.find(rounded, column.name, f"{prefix}_MAYBE_ROUNDED")
        return without_card_numbers(self._contract, clean)

    def _judge_places(self, frame: pl.DataFrame, above: tuple[str, ...], verdicts: Verdicts) -> pl.DataFrame:
        places = self._places.judge(frame, above)
        for code in places["place_finding"].drop_nulls().unique().to_list():
            verdicts.find(places["place_finding"] == code, self._places.column_about(code, frame), code)
        for code in places["place_reason"].drop_nulls().unique().to_list():
            verdicts.hold(places["place_reason"] == code, self._places.column_about(code, frame), code)
        return places

    def _judge_values(self, frame: pl.DataFrame, verdicts: Verdicts, *, plain: bool) -> None:
        errors = [] if plain else [column.name for column in self._contract.columns if column.name in frame.columns]
        marked = frame.select_seq(pl.col(errors).str.starts_with("#").any()).row(0, named=True) if errors else {}
        for name in errors:
            if marked[name]:
                verdicts.hold(frame[name].str.contains(_ERROR_CELL), name, "FORMULA_ERROR")
        for column in self._contract.of_kind(Kind.SUB_ACTIVITY):
            if column.name in frame.columns:
                wrong = outside_nomenclature(frame[column.name], self._years(frame))
                verdicts.hold(wrong, column.name, "BUDGET_CODE")
        for rows, name, code in self._values.judge(frame):
            verdicts.note(rows, name, code)

    def _years(self, frame: pl.DataFrame) -> pl.Series:
        """Give the budget year of each row: its own, where the list tells it."""
        own = self._period_end.year
        if "tahun" not in frame.columns:
            return pl.repeat(own, frame.height, dtype=pl.Int64, eager=True)
        return frame["tahun"].str.extract(r"^\s*(20[0-9]{2})(?:\.0)?\s*$", 1).cast(pl.Int64).fill_null(own)

    def _names(self, frame: pl.DataFrame, clean: dict[str, Identities], verdicts: Verdicts) -> None:
        names = [c.name for c in self._contract.of_kind(Kind.PERSON_NAME) if c.name in frame.columns]
        niks = [c.name for c in self._contract.of_kind(Kind.NIK) if c.name in clean]
        nobody = pl.repeat(value=bool(names or niks), n=frame.height, eager=True)
        for rows, column, code in name_findings(frame, names):
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
