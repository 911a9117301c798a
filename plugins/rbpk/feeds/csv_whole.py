"""Lines that are a whole record each: parsed as they stand and, where they can be, landed as they stand."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from rbpk.feeds.csv_framing import unix

if TYPE_CHECKING:
    from rbpk.feeds.csv_sniffing import CsvDialect
    from rbpk.feeds.headers import Layout

_QUOTE, _LINE_END = b'"\n'
# No cell holds it that is not damaged: by it a line is one cell.
_NO_DELIMITER = "\x1f"


class WholeLines:
    """Parses chunks of nothing but whole records; of others it says so, and they are looked at record by record."""

    def __init__(self, dialect: CsvDialect, layout: Layout) -> None:
        self._delimiter = dialect.delimiter
        self._names = [f"c{i}" for i in range(layout.width)]
        self._lands = _all_land(layout)

    def parse(self, lines: bytes) -> pl.DataFrame | None:
        """Give the cells, and the `line` itself where it can land; none unless each line has the header's fields."""
        lines = unix(lines)
        # Other returns are part of a cell, and the parser takes a byte order mark off.
        if not lines or b"\r" in lines or lines.startswith(BOM_UTF8):
            return None
        characters = np.frombuffer(lines, dtype=np.uint8)
        records = int(np.count_nonzero(characters == _LINE_END))
        delimiters = int(np.count_nonzero(characters == ord(self._delimiter)))
        quoted = _quoted_cells(characters, ord(self._delimiter)) if b'"' in lines else []
        # A list quoted throughout would be counted cell by cell.
        if quoted is None or len(quoted) > records:
            return None
        delimiters -= sum(lines.count(self._delimiter.encode(), *cell) for cell in quoted)
        # A line with fields too many is an error below; where there is none, the sum says that none has too few.
        if delimiters != records * (len(self._names) - 1):
            return None
        try:
            frame = _read(lines, self._names, self._delimiter, '"' if quoted else None)
            if self._lands:
                frame = frame.hstack(_read(lines, ["line"], _NO_DELIMITER, None))
        except pl.exceptions.PolarsError:
            return None
        return frame.with_columns_seq(structure=pl.lit(None, pl.String)) if frame.height == records else None


def _quoted_cells(characters: np.ndarray[tuple[int], np.dtype[np.uint8]], delimiter: int) -> list[list[int]] | None:
    """Say where quoted cells begin and end in lines of balanced quotes; none if any is empty or quoted in part."""
    quotes = np.flatnonzero(characters == _QUOTE)
    starts, ends = quotes[::2], quotes[1::2]
    borders = np.concatenate([characters[starts - 1], characters[ends + 1]])
    whole = np.isin(borders, (delimiter, _LINE_END)).all() and (ends - starts > 1).all()
    return np.column_stack([starts, ends]).tolist() if whole else None


def _read(lines: bytes, names: list[str], delimiter: str, quote: str | None) -> pl.DataFrame:
    schema = dict.fromkeys(names, pl.String)
    return pl.read_csv(lines, has_header=False, schema=schema, separator=delimiter, quote_char=quote)


def _all_land(layout: Layout) -> bool:
    """Say whether a line of the file holds nothing but cells of the landing table."""
    return [position for position, _ in layout.columns] == list(range(layout.width)) and not layout.contract.constants
