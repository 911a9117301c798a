"""Physical lines into records: a stray quote may spoil its own line, never swallow the next ones."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rbpk.errors import FeedRejected
from rbpk.feeds.csv_sniffing import CsvDialect, to_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_QUOTE, _LINE_END, _RETURN = b'"\n\r'
CHUNK_BYTES = 6 << 20
MAX_LINE = 16 << 20
# A cell with more line breaks than this is a stray quote, not an address.
MAX_CONTINUATION = 40


@dataclass(slots=True)
class Framed:
    """Complete records as UTF-8 lines; quotes in them are balanced line by line."""

    lines: bytes
    quoted: bool
    # Whether the quotes of every line are balanced, so that each line is a record.
    even: bool = False
    records: list[bytes] = field(default_factory=list)


def read_chunks(stream: BinaryIO, dialect: CsvDialect) -> Iterator[tuple[bytes, bool]]:
    """Yield (complete lines as UTF-8 ending in LF, is last), a few megabytes at a time."""
    stream.seek(dialect.bom)
    rest = b""
    while True:
        # One name for all that is made of a chunk: what is not needed any more is not kept beside it.
        text = stream.read(CHUNK_BYTES)
        if not text:
            break
        text = _to_utf8_bytes(text, stream, dialect)
        text = rest + text
        cut = _last_end(text, dialect) + 1
        if cut == 0 and len(text) > MAX_LINE:
            raise FeedRejected("a line of more than 16 MB: not a list of people", "file.format")
        rest, text = text[cut:], text[:cut]
        if text:
            text = _clean(text, dialect)
            yield text, False
    yield _clean(rest + (b"" if not rest or rest.endswith((b"\n", b"\r")) else b"\n"), dialect), True


def _last_end(text: bytes, dialect: CsvDialect) -> int:
    newline = text.rfind(b"\n")
    # A return that ends the text may be the first half of a line end.
    return max(newline, text.rfind(b"\r", 0, len(text) - 1)) if dialect.carriage_returns else newline


def _to_utf8_bytes(data: bytes, stream: BinaryIO, dialect: CsvDialect) -> bytes:
    if not dialect.encoding.startswith("utf-16"):
        return data
    data += stream.read(len(data) % 2)
    high = data[-1] if dialect.encoding.endswith("le") else data[-2] if len(data) > 1 else 0
    # A chunk may not end between the two halves of a character outside the first plane.
    if 0xD8 <= high <= 0xDB:
        data += stream.read(2)
    return data.decode(dialect.encoding, "replace").encode("utf-8")


def _clean(text: bytes, dialect: CsvDialect) -> bytes:
    if dialect.carriage_returns:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\x00" in text:
        text = text.replace(b"\x00", b"")
    if text.isascii():
        return text
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return b"\n".join(map(to_utf8, text.split(b"\n")))
    return text


def _is_even(text: bytes) -> bool:
    """Say whether every line holds an even number of quotes."""
    characters = np.frombuffer(text, dtype=np.uint8)
    quotes, ends = np.flatnonzero(characters == _QUOTE), np.flatnonzero(characters == _LINE_END)
    if len(quotes) > len(ends):
        return not (np.searchsorted(quotes, ends) % 2).any()
    # The same of few quotes: one after the other, two belong to one line.
    lines = np.searchsorted(ends, quotes)
    return len(lines) % 2 == 0 and bool((lines[::2] == lines[1::2]).all())


def unix(text: bytes) -> bytes:
    """End lines as Unix does."""
    if b"\r" not in text:
        return text
    characters = np.frombuffer(text, dtype=np.uint8)
    kept = characters != _RETURN
    kept[:-1] |= characters[1:] != _LINE_END
    # Three times faster than looking for two characters and replacing them.
    ended: bytes = characters[kept].tobytes()
    return ended


class Framer:
    """Turns chunks of lines into framed records, carrying an open record over a chunk's end."""

    def __init__(self, delimiter: str, width: int) -> None:
        self._delimiter = delimiter.encode()
        self._text_delimiter = delimiter
        self._width = width
        self._held: list[bytes] = []

    def frame(self, text: bytes, *, last: bool) -> Framed:
        """Frame the records of one chunk."""
        if b'"' not in text and not self._held:
            # Carriage returns before line ends are taken off the last cells, which costs a third.
            return Framed(text, quoted=False)
        if not self._held and _is_even(text):
            return Framed(unix(text), quoted=True, even=True)
        lines = self._held + unix(text).split(b"\n")
        # The text ends in a line end, so the last piece is empty and no line.
        lines.pop()
        self._held = []
        records = self._records(lines, last=last)
        return Framed(b"", quoted=True, records=records)

    def records_of(self, framed: Framed, *, last: bool) -> list[bytes]:
        """Give the records of a chunk one by one, as they must be when its lines mislead the parser."""
        if not framed.even:
            return framed.records
        lines = framed.lines.split(b"\n")
        lines.pop()
        return self._records(lines, last=last)

    def _records(self, lines: list[bytes], *, last: bool) -> list[bytes]:
        odd = [i for i, line in enumerate(lines) if b'"' in line and line.count(b'"') % 2]
        if not odd:
            return lines
        records: list[bytes] = []
        done = 0
        pending = set(odd)
        for start in odd:
            if start < done:
                continue
            records.extend(lines[done:start])
            end, record = self._resolve(lines, start, pending, last=last)
            if record is None:
                self._held = lines[start:]
                return records
            records.append(record)
            done = end
        records.extend(lines[done:])
        return records

    def _resolve(self, lines: list[bytes], start: int, odd: set[int], *, last: bool) -> tuple[int, bytes | None]:
        """Find where the record that starts with an odd quote ends; by itself, if it is whole as it stands."""
        literal = lines[start].split(self._delimiter)
        if len(literal) < self._width:
            for end in range(start + 1, min(start + 1 + MAX_CONTINUATION, len(lines))):
                if end in odd and (fields := self._whole(b"\n".join(lines[start : end + 1]))):
                    return end + 1, self._quote(fields)
            if not last and start + MAX_CONTINUATION >= len(lines):
                return start, None
        return start + 1, self._quote(literal)

    def _whole(self, text: bytes) -> list[bytes] | None:
        source = io.StringIO(text.decode("utf-8", "replace"), newline="")
        try:
            rows = list(csv.reader(source, delimiter=self._text_delimiter, strict=True))
        except csv.Error:
            return None
        # Spreadsheets end every line with empty cells as far as their widest row goes.
        whole = len(rows) == 1 and len(rows[0]) >= self._width and not any(rows[0][self._width :])
        return [cell.encode() for cell in rows[0]] if whole else None

    def literal(self, line: bytes) -> bytes:
        """Rewrite a line so that its quotes are characters and nothing else."""
        return self._quote(line.split(self._delimiter))

    def _quote(self, fields: list[bytes]) -> bytes:
        return self._delimiter.join(b'"' + field.replace(b'"', b'""') + b'"' if field else b"" for field in fields)
