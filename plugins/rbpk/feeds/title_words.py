"""Titles read as words: what an office shortens, orders or adds, and what is the same column all the same.

`Tgl. Penyaluran`, `No KTP`, `Kel/Desa` and `Nilai (Rp)` are not slips of the pen but other ways to write titles that
a contract knows as `Tanggal Penyaluran`, `NIK`, `Desa/Kelurahan` and `Nilai` (reference 1.0, Q2). A title in exactly
a contract's words always goes first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rbpk.feeds.contract import Kind

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract

# A title is no sentence.
_LONGEST = 60
_WORDS = re.compile(r"[^\W_]+")
_SHORT = {
    "tgl": "tanggal", "tg": "tanggal", "no": "nomor", "nmr": "nomor", "nomer": "nomor", "kec": "kecamatan",
    "kel": "desa", "kelurahan": "desa", "ds": "desa", "jml": "jumlah", "jlh": "jumlah", "ket": "keterangan",
    "kab": "kabupaten", "hub": "hubungan", "thn": "tahun", "bln": "bulan", "nokk": "nomor kk", "nkk": "nomor kk",
    "jk": "jenis kelamin", "nm": "nama", "jns": "jenis", "kd": "kode", "usia": "umur",
}  # fmt: skip
# `Kel.` is a village or, behind these words, a family.
_FAMILY = re.compile(r"\b(kepala|hub|hubungan|id|anggota|kartu) kel\b")
# Longer ones first; each is looked for once.
_SAME = (
    ("nomor induk kependudukan", "nik"), ("nomor ktp", "nik"), ("nik ktp", "nik"), ("nomor nik", "nik"),
    ("nomor kartu keluarga", "nomor kk"), ("nama kk", "nama kepala keluarga"), ("nama desa", "desa"),
    ("nama kecamatan", "kecamatan"), ("berita acara", "ba"), ("hubungan dengan", "hubungan"),
    ("alamat tempat tinggal", "alamat"), ("alamat rumah", "alamat"), ("alamat tinggal", "alamat"),
    ("alamat domisili", "alamat"), ("j kelamin", "kelamin"), ("kelamin", "jenis kelamin"), ("sex", "jenis kelamin"),
)  # fmt: skip
# What a title says about its values: only a column of that kind is meant.
_UNITS = (
    (Kind.MONEY, re.compile(r"\(?\b(?:dalam\s+)?(?:rp\b\.?|rupiah\b|idr\b)\s*\)?\s*$")),
    (Kind.PERCENTAGE, re.compile(r"\(?\s*(?:%|\bpersen\b)\s*\)?\s*$")),
    (Kind.SEX, re.compile(r"\(\s*l\s*/\s*p\s*\)\s*$")),
    (Kind.DECIMAL, re.compile(r"\(\s*m2\s*\)\s*$")),
)


# What a form tells whoever fills it in: `NIK (16 digit)`, `Nama (sesuai KTP)`, `Nominal *)`.
_REMARK = re.compile(
    r"\(\s*(?:[0-9]+ digit|sesuai [a-z]+|"
    r"dd[/-]mm[/-]yyyy|(?:tgl|hh)[/-](?:bln|bb)[/-](?:thn|tttt)|wajib[^)]*)\s*\)|\*+\)?"
)


@lru_cache(maxsize=16_384)
def said(title: str) -> tuple[str, Kind | None]:
    """Reduce a title to its words written out, and the kind of values that its unit tells."""
    text, unit = _REMARK.sub("", title.casefold()).strip(), None
    if len(text) > _LONGEST:
        return "", None
    for kind, sign in _UNITS:
        shorter = sign.sub("", text)
        if shorter != text and shorter.strip():
            text, unit = shorter, kind
            break
    words = _FAMILY.sub(r"\1 keluarga", " ".join(_WORDS.findall(text)))
    words = " ".join(_SHORT.get(word, word) for word in words.split())
    for other, usual in _SAME:
        words = re.sub(rf"\b{other}\b", usual, words)
    # `Desa/Kelurahan`, `Kelurahan atau Desa` and `Desa` are one word now.
    return re.sub(r"\b(\w+)(?:(?: atau)? \1\b)+", r"\1", words), unit


class Sayings:
    """The titles of one contract as words."""

    def __init__(self, contract: Contract) -> None:
        self._known: dict[str, list[tuple[Kind | None, Kind, str]]] = {}
        for column in contract.columns:
            for title in column.written:
                words, unit = said(title)
                self._known.setdefault(words, []).append((unit, column.kind, column.name))

    def column(self, title: str) -> str | None:
        """Name the only column that a title can mean, if there is one."""
        words, unit = said(title)
        known = self._known.get(words, ()) if words else ()
        if unit:
            names = {name for sent, kind, name in known if unit in {sent, kind}}
        else:
            names = {name for sent, _, name in known if sent is None} or {name for _, _, name in known}
        return names.pop() if len(names) == 1 else None
