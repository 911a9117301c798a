"""Keys under which two spellings of one village, kecamatan or regency meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PREFIX = re.compile(
    r"^(?:DESA PERSIAPAN|DESA|DS|KELURAHAN|KEL|KAMPUNG|KP|KECAMATAN|KEC|KABUPATEN|KAB|KOTA ADMINISTRASI|NAGARI)\b"
    r"[.\s]*(?=\w{3})"
)
# `Perian (Desa)`
_SUFFIX = re.compile(r"\(\s*(?:DESA|DS|KELURAHAN|KEL)\.?\s*\)\s*$", re.IGNORECASE)
_ROMAN = {
    "I": "1",
    "II": "2",
    "III": "3",
    "IV": "4",
    "V": "5",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "X": "10",
}
# Manau Sembilan is Manau IX.
_WORDS = ("SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH")
_NUMERALS = _ROMAN | {word: str(number) for number, word in enumerate(_WORDS, start=1)}
_OLD = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("Q", "K"), ("Y", "I"), ("Z", "S"), ("V", "F"))
# Kongbeng is Kombeng.
_MELTS = re.compile(r"NG?(?=[BP])")
_HUSH = re.compile(r"(?<=[BCDGJKLMNPRST])H")
_TWICE = re.compile(r"([A-Z])\1+")
# What clerks shorten in front of a village's name.
_SHORT = {
    "TJ": "TANJUNG",
    "TG": "TANJUNG",
    "SEI": "SUNGAI",
    "SEL": "SUNGAI",
    "BKT": "BUKIT",
    "MA": "MUARA",
    "TLK": "TELUK",
}
# Kampung Baru is a village's name, not a prefix before the village Baru.
_WHOLE = frozenset({"KAMPUNG BARU", "KAMPUNG BARU ILIR"})


def plain(raw: str | None) -> str:
    """Write a name in capitals with single spaces, without accents."""
    text = unicodedata.normalize("NFKD", raw or "").upper()
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", text.replace("'", "").replace("\u2019", "")).split())


def name_key(raw: str | None) -> str:
    """Reduce a name to its letters and digits, numerals made equal: `KOTA BANGUN III` meets `Kota Bangun 3`."""
    words = plain(raw).split()
    if len(words) > 1:
        words = [_ROMAN.get(words[0], words[0]), *(_NUMERALS.get(word, word) for word in words[1:])]
    return "".join(words)


# A list names the same few places again and again.
@lru_cache(maxsize=16_384)
def bare_key(raw: str | None) -> str:
    """Reduce a name without its `Desa`, `Kel.`, `Kec.` in front."""
    written = plain(_SUFFIX.sub("", raw) if raw else raw)
    text = written
    # `Desa/Kel. Kampung Lama` has three of them.
    while text not in _WHOLE and (shorter := _PREFIX.sub("", text)) != text:
        text = shorter
    first, _, rest = text.partition(" ")
    return name_key(f"{_SHORT.get(first, first)} {rest}" if rest else first)


def glued_numerals(key: str) -> list[tuple[str, str]]:
    """Part a key from a numeral glued to its end, in every way it may be read: `PELAJARANII` is Pelajaran and 2."""
    return [(key[:-n], _ROMAN[key[-n:]]) for n in range(1, 5) if len(key) - n > 3 and key[-n:] in _ROMAN]


def sound_key(raw: str | None) -> str:
    """Reduce a name to how it sounds: Bakti/Bhakti, Tuboq/Tubo, Moderen/Modern are left to edit distance."""
    key = bare_key(raw)
    for old, new in _OLD:
        key = key.replace(old, new)
    return _TWICE.sub(r"\1", _HUSH.sub("", _MELTS.sub("M", key)))


def distance_at_most(left: str, right: str, limit: int) -> bool:
    """Say whether two short words differ by no more than some single-letter edits."""
    if abs(len(left) - len(right)) > limit:
        return False
    previous = list(range(len(right) + 1))
    for i, char in enumerate(left, start=1):
        current = [i]
        for j, other in enumerate(right, start=1):
            step = previous[j - 1] + (char != other)
            current.append(min(previous[j] + 1, current[j - 1] + 1, step))
        if min(current) > limit:
            return False
        previous = current
    return previous[-1] <= limit
