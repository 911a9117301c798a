"""A batch of rows as read becomes rows to land, rows held back with a reason, and counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from rbpk.feeds.contract import IDENTIFIERS, Kind
from rbpk.feeds.duplicates import Seen
from rbpk.feeds.judge_cross import cross_findings, without_card_numbers
from rbpk.feeds.judge_identity import read_identities
from rbpk.feeds.judge_places import Places
from rbpk.feeds.judge_rows import not_data
from rbpk.feeds.judge_values import Finding, name_findings, outside_desil, value_findings
from rbpk.feeds.reasons import reason

if TYPE_CHECKING:
    from rbpk.feeds.batch import Batch
    from rbpk.feeds.contract import Contract, Unique
    from rbpk.feeds.headers import Layout
    from rbpk.feeds.judge_identity import Identities
    from rbpk.feeds.regions import Regions

_ERROR_CELL = r"^#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$"


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
    """One batch judged: rows to land in landing order (without lineage but source_row), and rejected rows."""

    landed: pl.DataFrame
    rejected: pl.DataFrame


@dataclass(slots=True)
class _Verdicts:
    """Findings and first reasons, collected column by column."""

    findings: list[Finding] = field(default_factory=list)
    reasons: list[tuple[pl.Series, str | None, str]] = field(default_factory=list)

    def find(self, rows: pl.Series, column: str, code: str) -> None:
        if rows.any():
            self.findings.append((rows, column, code))

    def hold(self, rows: pl.Series, column: str | None, code: str) -> None:
        if rows.any():
            self.reasons.append((rows.fill_null(value=False), column, code))


class Judge:
    """Judges the batches of one delivery, in order."""

    def __init__(self, contract: Contract, regions: Regions, regency: str, period_end: object) -> None:
        self.counts = Counts()
        self._contract = contract
        self._places = Places(contract, regions, regency)
        self._period_end = period_end
        self._seen = Seen()
        self._unique = [(unique, Seen()) for unique in contract.uniques]

    def judge(self, batch: Batch, layout: Layout) -> Judged:
        """Judge one batch."""
        frame = _named(batch.frame, layout)
        titles = {name: name for name in frame.columns if name not in ("source_row", "structure", "overflow")}
        frame, numeric = self._only_data(frame, batch.numeric, layout, titles)
        again = self._again(frame, titles)
        self.counts.rows_duplicate += int(again.sum())
        if again.any():
            numeric = numeric.filter(~again) if numeric is not None else None
            frame = frame.filter(~again)
        verdicts = _Verdicts()
        clean = self._identities(frame, numeric, verdicts)
        places = self._judge_places(frame, verdicts)
        self._values(frame, clean, verdicts)
        self._once_only(frame, verdicts)
        return self._split(frame, numeric, clean, places, verdicts, layout)

    def _only_data(
        self, frame: pl.DataFrame, numeric: pl.DataFrame | None, layout: Layout, titles: dict[str, str]
    ) -> tuple[pl.DataFrame, pl.DataFrame | None]:
        sent_titles = {name: title for name, title in zip(titles, layout.sent_titles, strict=False)}
        none = not_data(frame, self._contract, sent_titles)
        self.counts.rows_not_data += int(none.sum())
        if none.any():
            frame = frame.filter(~none)
            numeric = numeric.filter(~none) if numeric is not None else None
        self.counts.rows_read += frame.height
        return frame, numeric

    def _again(self, frame: pl.DataFrame, titles: dict[str, str]) -> pl.Series:
        numbers = {column.name for column in self._contract.of_kind(Kind.RUNNING_NUMBER)}
        compared = [name for name in titles if name not in numbers]
        if "overflow" in frame.columns:
            compared.append("overflow")
        return self._seen.again(frame.select(compared).hash_rows(seed=1))

    def _identities(
        self, frame: pl.DataFrame, numeric: pl.DataFrame | None, verdicts: _Verdicts
    ) -> dict[str, Identities]:
        clean = {}
        for column in self._contract.of_kind(*IDENTIFIERS):
            if column.name not in frame.columns:
                continue
            read = read_identities(frame[column.name], women=column.kind is Kind.NIK)
            clean[column.name] = read
            prefix = "NIK" if column.kind is Kind.NIK else "KK"
            for code in read.refusal.drop_nulls().unique().to_list():
                named = code if prefix == "NIK" or code == "NULL" else "INVALID"
                verdicts.find((read.refusal == code).fill_null(value=False), column.name, f"{prefix}_{named}")
            verdicts.find(read.repaired, column.name, "REPAIRED")
            if numeric is not None and column.name in numeric.columns:
                rounded = numeric[column.name] & frame[column.name].str.ends_with("0").fill_null(value=False)
                verdicts.find(rounded & read.clean.is_not_null(), column.name, f"{prefix}_MAYBE_ROUNDED")
        return without_card_numbers(self._contract, clean)

    def _judge_places(self, frame: pl.DataFrame, verdicts: _Verdicts) -> pl.DataFrame:
        places, column = self._places.judge(frame)
        for code in places["place_finding"].drop_nulls().unique().to_list():
            verdicts.find((places["place_finding"] == code).fill_null(value=False), column or "", code)
        for code in places["place_reason"].drop_nulls().unique().to_list():
            verdicts.hold((places["place_reason"] == code).fill_null(value=False), column, code)
        return places

    def _values(self, frame: pl.DataFrame, clean: dict[str, Identities], verdicts: _Verdicts) -> None:
        structure = frame["structure"]
        for code in structure.drop_nulls().unique().to_list():
            verdicts.reasons.insert(0, ((structure == code).fill_null(value=False), None, code))
        for column in self._contract.columns:
            if column.name not in frame.columns:
                continue
            sent = frame[column.name]
            error = sent.str.starts_with("#")
            if error.any():
                verdicts.hold(sent.str.contains(_ERROR_CELL), column.name, "FORMULA_ERROR")
            if column.kind is Kind.DESIL:
                verdicts.hold(outside_desil(sent, column), column.name, "DESIL_RANGE")
            for rows, name, code in value_findings(sent, column):
                verdicts.find(rows, name, code)
        self._identity(frame, clean, verdicts)
        for rows, name, code in cross_findings(frame, self._contract, clean, self._period_end):
            verdicts.find(rows, name, code)

    def _identity(self, frame: pl.DataFrame, clean: dict[str, Identities], verdicts: _Verdicts) -> None:
        names = [c.name for c in self._contract.of_kind(Kind.PERSON_NAME) if c.name in frame.columns]
        niks = [c.name for c in self._contract.of_kind(Kind.NIK) if c.name in clean]
        nameless = pl.repeat(value=True, n=frame.height, eager=True)
        for name in names:
            for rows, column, code in name_findings(frame[name], name):
                verdicts.find(rows, column, code)
                if code == "NAME_EMPTY":
                    nameless &= rows
        for nik in niks:
            nameless &= clean[nik].clean.is_null()
        if names or niks:
            verdicts.hold(nameless, niks[0] if niks else names[0], "NO_IDENTITY")

    def _once_only(self, frame: pl.DataFrame, verdicts: _Verdicts) -> None:
        held = _any([rows for rows, _, _ in verdicts.reasons], frame.height)
        for unique, seen in self._unique:
            verdicts.hold(_paid_again(frame, unique, seen, ~held), unique.columns[0], unique.reason)

    def _split(  # noqa: PLR0913  (the parts of one row)
        self,
        frame: pl.DataFrame,
        numeric: pl.DataFrame | None,
        clean: dict[str, Identities],
        places: pl.DataFrame,
        verdicts: _Verdicts,
        layout: Layout,
    ) -> Judged:
        held = _any([rows for rows, _, _ in verdicts.reasons], frame.height)
        rejected = self._rejected(frame, held, verdicts)
        self.counts.rows_quarantined += rejected.height
        self.counts.rows_loaded += frame.height - rejected.height
        for rows, column, code in verdicts.findings:
            self.counts.findings[f"{column}:{code}"] += int((rows & ~held).sum())
        landed = _landed(frame, self._contract, numeric, clean, places, verdicts, layout)
        return Judged(landed.filter(~held) if rejected.height else landed, rejected)

    def _rejected(self, frame: pl.DataFrame, held: pl.Series, verdicts: _Verdicts) -> pl.DataFrame:
        if not held.any():
            return pl.DataFrame(schema=["source_row", "column_name", "reason_code", "message", "raw"])
        index = pl.Series([None] * frame.height, dtype=pl.Int32)
        marked = pl.DataFrame({"held": held, "which": index})
        for number, (rows, _, _) in enumerate(verdicts.reasons):
            marked = marked.with_columns(which=pl.when(pl.col("which").is_null() & rows).then(number).otherwise("which"))
        which = marked["which"].filter(held)
        for number, count in which.value_counts().iter_rows():
            self.counts.reasons[verdicts.reasons[number][2]] += count
        numbers = list(range(len(verdicts.reasons)))

        def say(values: list[str | None]) -> pl.Series:
            return which.replace_strict(numbers, values, return_dtype=pl.String)

        raw = [name for name in frame.columns if name not in ("source_row", "structure")]
        rows = frame.filter(held).select("source_row", pl.struct(raw).struct.json_encode().alias("raw"))
        return rows.select(
            "source_row",
            say([column for _, column, _ in verdicts.reasons]).alias("column_name"),
            say([code for _, _, code in verdicts.reasons]).alias("reason_code"),
            say([reason(code, column) for _, column, code in verdicts.reasons]).alias("message"),
            pl.col("raw").str.replace_all("\\u0000", "", literal=True),
        )


def _any(rows: list[pl.Series], height: int) -> pl.Series:
    result = pl.repeat(value=False, n=height, eager=True)
    for one in rows:
        result |= one
    return result


def _named(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    columns = [pl.col(f"c{position}").alias(name) for position, name in layout.columns]
    extra = [pl.col(f"c{position}").alias(name) for position, name in layout.extra_names]
    rest = [name for name in ("overflow",) if name in frame.columns]
    return frame.select("source_row", "structure", *columns, *extra, *rest)


def _paid_again(frame: pl.DataFrame, unique: Unique, seen: Seen, among: pl.Series) -> pl.Series:
    wanted = among
    if unique.where_column:
        if unique.where_column not in frame.columns:
            return pl.repeat(value=False, n=frame.height, eager=True)
        state = frame[unique.where_column].str.strip_chars().str.to_uppercase()
        wanted = wanted & state.is_in(list(unique.where_values)).fill_null(value=False)
    keys = frame.select(pl.col(name).str.strip_chars() for name in unique.columns if name in frame.columns)
    wanted &= ~pl.Series(keys.select(pl.any_horizontal(pl.all().is_null()).alias("n"))["n"])
    index = wanted.arg_true()
    again = seen.again(keys[index].hash_rows(seed=1)) if len(index) else pl.Series([], dtype=pl.Boolean)
    twice = index.filter(again)
    return pl.arange(0, frame.height, eager=True, dtype=pl.UInt32).is_in(twice.implode())


def _landed(  # noqa: PLR0913  (the parts of one row)
    frame: pl.DataFrame,
    contract: Contract,
    numeric: pl.DataFrame | None,
    clean: dict[str, Identities],
    places: pl.DataFrame,
    verdicts: _Verdicts,
    layout: Layout,
) -> pl.DataFrame:
    null = pl.lit(None, pl.String)
    sent = [pl.col(c.name) if c.name in frame.columns else null.alias(c.name) for c in contract.columns]
    cleaned = [
        pl.lit(clean[c.name].clean).alias(f"{c.name}_clean") if c.name in clean else null.alias(f"{c.name}_clean")
        for c in contract.of_kind(*IDENTIFIERS)
    ]
    extra = [name for _, name in layout.extra_names]
    return frame.select(
        "source_row",
        *sent,
        *cleaned,
        pl.lit(places["village_code"]).alias("village_code"),
        pl.lit(places["village_rule"]).alias("village_rule"),
        _numeric_cells(numeric).alias("numeric_cells"),
        _findings(verdicts.findings).alias("findings"),
        (pl.struct(extra).struct.json_encode() if extra else null).alias("extra"),
    )


def _numeric_cells(numeric: pl.DataFrame | None) -> pl.Expr:
    if numeric is None or not numeric.width:
        return pl.lit(None, pl.String)
    marks = [pl.when(pl.lit(numeric[name])).then(pl.lit(name)) for name in numeric.columns]
    joined = pl.concat_str(marks, separator=",", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _findings(findings: list[Finding]) -> pl.Expr:
    if not findings:
        return pl.lit(None, pl.String)
    marks = [pl.when(pl.lit(rows)).then(pl.lit(f"{column}:{code}")) for rows, column, code in findings]
    joined = pl.concat_str(marks, separator=",", ignore_nulls=True)
    return pl.when(joined != "").then("{" + joined + "}")
