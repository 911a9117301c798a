"""Ways in which files and cells are spoilt on their way."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

CELLS = (
    "", '"', '""', '"A', 'A"', '";"', ";", ",", "\t", "|", "\n", "A\nB", "\r", "A\r\nB", "\x00", "A\x00B",
    "\x1f", "\x1a",
    "=1+1", "@SUM(A1)", "+62", "-1", "#N/A", "#REF!", "'; drop table landing.x; --", "\\N", "\\.", '{"a":1}', "{a,b}",
    "NaN", "1e309", "6,40206E+15", "99999999999999999999", "\ufffd", "\ufeff", "\u202e", "😀", "é" * 300, "A" * 40_000,
    "<b>A</b>", "&amp;", "]]>", "JUMLAH", "NULL", "TOTAL;;;;", "0000-00-00", "31/02/2020",
)  # fmt: skip


def file(dice: Random, content: bytes) -> tuple[str, bytes]:
    """Spoil a file; say how."""
    ways = [*_BYTES, *(_ZIPPED if content.startswith(b"PK") else _TEXT)]
    way = dice.choice(ways)
    return way.__name__.strip("_"), way(dice, content)


def _cut(dice: Random, content: bytes) -> bytes:
    return content[: dice.randrange(len(content))]


def _flip(dice: Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(dice.choice((1, 1, 3, 30))):
        spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
    return bytes(spoilt)


def _zero(dice: Random, content: bytes) -> bytes:
    start, length = dice.randrange(len(content)), dice.choice((1, 16, 512, 4096))
    return content[:start] + b"\0" * len(content[start : start + length]) + content[start + length :]


def _drop(dice: Random, content: bytes) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.choice((1, 16, 512, 4096)) :]


def _repeat(dice: Random, content: bytes) -> bytes:
    start = dice.randrange(len(content))
    piece = content[start : start + dice.choice((1, 16, 512, 4096))]
    return content[:start] + piece + content[start:]


def _insert(dice: Random, content: bytes) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + dice.randbytes(dice.choice((1, 16, 512))) + content[start:]


def _behind(dice: Random, content: bytes) -> bytes:
    return content + dice.randbytes(dice.choice((1, 600, 70_000)))


def _quotes(dice: Random, content: bytes) -> bytes:
    for _ in range(dice.choice((1, 2, 2, 7))):
        start = dice.randrange(len(content))
        content = content[:start] + b'"' + content[start:]
    return content


def _line_ends(dice: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"".join(line + dice.choice((b"\n", b"\r\n", b"\r", b"\n\n")) for line in lines)


def _giant(dice: Random, content: bytes) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + b"A" * 2_000_000 + content[start:]


def _entry(dice: Random, content: bytes) -> bytes:
    """Spoil one part of a zip archive and pack it again, so that its checksums are right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    chosen = dice.randrange(len(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, (name, data) in enumerate(parts):
            spoil = dice.choice(_BYTES) if number == chosen and data else None
            archive.writestr(name, spoil(dice, data) if spoil else data)
    return out.getvalue()


def _without_entry(dice: Random, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    del parts[dice.randrange(len(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


_BYTES: list[Callable[[Random, bytes], bytes]] = [_cut, _flip, _zero, _drop, _repeat, _insert, _behind]
_TEXT: list[Callable[[Random, bytes], bytes]] = [_quotes, _line_ends, _giant]
_ZIPPED: list[Callable[[Random, bytes], bytes]] = [_entry, _entry, _entry, _without_entry]
