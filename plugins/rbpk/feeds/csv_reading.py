"""A CSV file as batches of text columns with the record numbers a person counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from rbpk.errors import FeedRejected
from rbpk.feeds.batch import LONGEST_CELL, Batch
from rbpk.feeds.csv_framing import Framer, read_chunks
from rbpk.feeds.csv_whole import WholeLines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from rbpk.feeds.csv_sniffing import CsvDialect
    from rbpk.feeds.headers import Layout

# Marks the end of every record, so that its number of fields can be seen after vectorised parsing.
_END = "\x1f"
# Trailing delimiters beyond the header are harmless if the cells are empty; this many are looked at.
_SPARE = 6


def read_csv(stream: BinaryIO, dialect: CsvDialect, layout: Layout) -> Iterator[Batch]:
    """Yield the records below the header."""
    whole = WholeLines(dialect, layout)
    parser = _Parser(dialect.delimiter, layout)
    framer = Framer(dialect.delimiter, layout.width)
    record = 0
    for text, last in read_chunks(stream, dialect):
        framed = framer.frame(text, last=last)
        frame = whole.parse(framed.lines)
        if frame is None and not framed.quoted:
            frame = parser.parse_plain(framed.lines)
        if frame is None and framed.even:
            frame = parser.parse_even(framed.lines)
        plain = frame is not None and _is_plain(framed.lines)
        if frame is None:
            frame = parser.parse_quoted(framer.records_of(framed, last=last), framer)
        numbers = pl.Series("source_row", range(record + 1, record + frame.height + 1), dtype=pl.UInt32)
        record += frame.height
        # What is judged next needs nothing of the text it was made of.
        del framed, text
        # In one piece: each step of judging would put the parser's pieces together anew.
        frame = frame.rechunk().with_columns_seq(numbers)
        if record - frame.height < layout.header_row:
            frame = frame.filter(pl.col("source_row") > layout.header_row)
        if frame.height:
            yield Batch(frame, plain=plain)
        # The next chunk is read while this one is judged and written: what is not needed may not wait for it.
        del frame


def _is_plain(lines: bytes) -> bool:
    """Say whether no cell of lines that are records each can be an error or too long; one look instead of thirty."""
    half = LONGEST_CELL // 2
    return b"#" not in lines and all(lines.find(b"\n", i, i + half) >= 0 for i in range(0, len(lines), half))


class _Parser:
    def __init__(self, delimiter: str, layout: Layout) -> None:
        self._delimiter = delimiter
        self._width = layout.width
        self._names = [f"c{i}" for i in range(layout.width + _SPARE + 1)]
        self._header = delimiter.join(self._names).encode() + b"\n"
        self._tail = (delimiter + _END).encode() + b"\n"

    def parse_plain(self, lines: bytes) -> pl.DataFrame:
        """Parse lines without any quote."""
        frame = self._read(lines.replace(b"\n", self._tail), quote=None)
        if b"\r" in lines:
            whole = self._is_whole(frame)
            ends = pl.col(f"c{self._width - 1}") if whole else pl.all()
            frame = frame.with_columns_seq(ends.str.strip_suffix("\r"))
        return self._checked(frame)

    def parse_even(self, lines: bytes) -> pl.DataFrame | None:
        """Parse lines whose quotes are balanced; none unless every line is one whole record."""
        try:
            frame = self._read(lines.replace(b"\n", self._tail), quote='"')
        except pl.exceptions.ComputeError:
            return None
        whole = frame.height == lines.count(b"\n") and self._is_whole(frame)
        return self._checked(frame) if whole else None

    def parse_quoted(self, records: list[bytes], framer: Framer) -> pl.DataFrame:
        """Parse balanced records; where quotes yield the wrong number of fields they are only characters."""
        frame = self._read_records(records)
        if frame is None or frame.height != len(records):
            # Quotes that mislead the parser: take every one of them as a character.
            records = [framer.literal(record) if b'"' in record else record for record in records]
            frame = self._read_records(records)
        if frame is None or frame.height != len(records):
            raise FeedRejected("quotes make the file's records uncountable; send it as .xlsx", "file.unreadable")
        checked = self._checked(frame)
        wrong = checked.with_row_index("i").filter(pl.col("structure").is_not_null())["i"].to_list()
        mended = [
            i for i in wrong if b'"' in records[i] and records[i].count(self._delimiter.encode()) == self._width - 1
        ]
        if not mended:
            return checked
        for i in mended:
            records[i] = framer.literal(records[i])
        again = self._read_records(records)
        return checked if again is None or again.height != len(records) else self._checked(again)

    def _read_records(self, records: list[bytes]) -> pl.DataFrame | None:
        """Parse records; none if their quotes are too much for the parser."""
        body = self._tail.join(records) + self._tail if records else b""
        try:
            return self._read(body, quote='"')
        except pl.exceptions.ComputeError:
            return None

    def _read(self, body: bytes, quote: str | None) -> pl.DataFrame:
        if not body:
            return pl.DataFrame(schema=dict.fromkeys(self._names, pl.String))
        return pl.read_csv(
            self._header + body,
            separator=self._delimiter,
            quote_char=quote,
            infer_schema=False,
            truncate_ragged_lines=True,
            raise_if_empty=False,
        )

    def _is_whole(self, frame: pl.DataFrame) -> bool:
        """Say whether every record has the header's number of fields; one cut short has no mark there at all."""
        return bool((frame[f"c{self._width}"] == _END).all(ignore_nulls=False))

    def _checked(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Say per record whether it has the header's number of fields."""
        if self._is_whole(frame):
            return frame.select_seq(*self._names[: self._width], structure=pl.lit(None, pl.String))
        early = pl.any_horizontal(pl.col(name) == _END for name in self._names[: self._width])
        exact = pl.col(f"c{self._width}") == _END
        ends = [pl.col(name) for name in self._names[self._width :]]
        # Overflow cells are null up to the mark: the first filled one is the mark itself.
        empty_overflow = pl.coalesce(ends) == _END
        structure = (
            pl.when(exact | (~early.fill_null(value=False) & empty_overflow))
            .then(None)
            .when(early.fill_null(value=False))
            .then(pl.lit("ROW_SHORT"))
            .otherwise(pl.lit("ROW_LONG"))
        )
        kept = self._names[: self._width]
        overflow = pl.concat_str(ends, separator=self._delimiter, ignore_nulls=True).str.replace(_END, "", literal=True)
        return frame.with_columns_seq(structure.alias("structure"), overflow.alias("overflow")).select_seq(
            *(pl.when(pl.col(n) != _END).then(pl.col(n)).alias(n) for n in kept), "structure", "overflow"
        )
