"""Names made comparable: titles off, abbreviations written out, old spelling read as new.

Everything is a polars expression over a column, so a million names cost one pass.
"""

from __future__ import annotations

import polars as pl

# Courtesy, pilgrimage and academic titles; a person has them in one list and not in the next.
_TITLES = (
    "H", "HJ", "HAJI", "HAJJAH", "KH", "KYAI", "UST", "USTADZ", "DRS", "DRA", "DR", "IR", "PROF",
    "BPK", "BAPAK", "PAK", "IBU", "BU", "SDR", "SDRI", "TN", "NY", "ALM", "ALMH", "ALMARHUM", "ALMARHUMAH",
    "SPD", "SPDI", "SE", "SH", "SHI", "SAG", "SSOS", "SKM", "ST1", "SKOM", "SIP", "SP", "AMD", "AMDKEB",
    "SKEP", "SPT", "SST", "MPD", "MSI", "MM",
)  # fmt: skip

_WRITTEN_OUT = {
    **dict.fromkeys(
        ("M", "MUH", "MUHD", "MHD", "MOH", "MOHD", "MOCH", "MUCH", "MUHAMAD", "MOHAMAD", "MOHAMMAD", "MOCHAMAD",
         "MOCHAMMAD", "MUCHAMMAD", "MOEHAMMAD", "MOEHAMAD", "MUHAMMED", "MOHAMMED", "MUKHAMMAD", "MUHMMAD"),
        "MUHAMMAD",
    ),
    **dict.fromkeys(("ST", "STI", "SITTI", "SITIE", "SITTIE", "SITY", "ST.."), "SITI"),
    **dict.fromkeys(("ABD", "ABDL", "ABDOEL"), "ABDUL"),
    **dict.fromkeys(("AKHMAD", "ACHMAD", "AHMED", "AHMADD", "ACH", "AKH"), "AHMAD"),
    **dict.fromkeys(("NOOR", "NOR", "NOER", "NUUR", "NOUR"), "NUR"),
}  # fmt: skip

# So common that two strangers share them: they open a name and say little.
_COMMON = ("MUHAMMAD", "SITI", "AHMAD", "ABDUL", "NUR", "SRI")

# Old spelling and sounds that clerks write both ways. The order matters: OE before O, DJ before J.
_SOUNDS = (
    ("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"), ("KH", "H"), ("CH", "H"), ("DH", "D"),
    ("TH", "T"), ("SY", "S"), ("SH", "S"), ("PH", "F"), ("IE", "I"), ("AE", "AI"), ("EI", "I"), ("Z", "S"), ("V", "F"),
    ("Q", "K"), ("X", "KS"), ("J", "Y"), ("Y", "I"), ("O", "U"), ("E", "I"),
)  # fmt: skip


def canonical(name: pl.Expr) -> pl.Expr:
    """Return the name in capitals without titles, alias and father's name, abbreviations written out."""
    plain = (
        name.str.to_uppercase()
        .str.replace_all(r"\(.*?\)", " ")
        # What follows an alias mark or a comma is another name or a degree.
        .str.replace(r"(\s+ALIAS\s|\s+ALS\.?\s|/|@|,).*$", " ")
        # Degrees are written with inner dots: S.PD is one title, not an S and a PD.
        .str.replace_all(r"\b(S|M|A)\.\s?(PD|PDI|E|H|SOS|AG|KOM|IP|KEP|SI|MD|P|T)\b\.?", " ")
        .str.replace_all(r"[`'’-]", "")
        .str.replace_all(r"[^A-Z]+", " ")
        .str.strip_chars()
        .str.replace(r"\s+(BIN|BINTI|BT|BTE)\s.*$", "")
    )
    tokens = plain.str.split(" ")
    token = pl.element()
    kept = tokens.list.eval(token.filter(~token.is_in(_TITLES) & (token.str.len_chars() > 0)))
    # A name that is nothing but a title word is a name all the same.
    chosen = pl.when(kept.list.len() > 0).then(kept).otherwise(tokens)
    return chosen.list.eval(token.replace(_WRITTEN_OUT)).list.join(" ")


def spoken(canonical_name: pl.Expr) -> pl.Expr:
    """Return the name as it sounds, words kept apart: the key that survives spelling."""
    sound = canonical_name
    for written, heard in _SOUNDS:
        sound = sound.str.replace_all(written, heard, literal=True)
    for letter in "ABCDFGHIKLMNPRSTUW":
        sound = sound.str.replace_all(f"{letter}{letter}+", letter)
    return sound


def as_spoken(canonical_names: pl.Series, words: pl.Expr) -> pl.Expr:
    """Return lists of words of these names as they sound: each word is heard once, however many names hold it."""
    written = canonical_names.str.split(" ").explode().unique()
    heard = pl.DataFrame({"written": written}).select(spoken(pl.col("written"))).to_series()
    return words.list.eval(pl.element().replace_strict(written, heard, return_dtype=pl.String))


def distinctive(canonical_name: pl.Expr) -> pl.Expr:
    """Return the words that tell people apart: without MUHAMMAD, SITI and the like, unless nothing else is left."""
    tokens = canonical_name.str.split(" ")
    token = pl.element()
    rest = tokens.list.eval(token.filter(~token.is_in(_COMMON)))
    return pl.when(rest.list.len() > 0).then(rest).otherwise(tokens).list.join(" ")
