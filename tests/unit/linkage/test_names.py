"""Names made comparable: what is taken off, written out and heard alike."""

from __future__ import annotations

import polars as pl
import pytest

from rbpk.linkage.names import canonical, distinctive, spoken


def apply(step: pl.Expr, name: str) -> str:
    return str(pl.DataFrame({"name": [name]}).select(step).item())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Budi  Santoso ", "BUDI SANTOSO"),
        ("H. BUDI SANTOSO", "BUDI SANTOSO"),
        ("HJ. SITI AMINAH, S.PD", "SITI AMINAH"),
        ("ZAKARIA S.E", "ZAKARIA"),
        ("BPK. ZAIN (ALM)", "ZAIN"),
        ("M. SALEH", "MUHAMMAD SALEH"),
        ("MOCH RIZKY", "MUHAMMAD RIZKY"),
        ("ST AISYAH", "SITI AISYAH"),
        ("ABD. RAHMAN", "ABDUL RAHMAN"),
        ("AKHMAD NOOR", "AHMAD NUR"),
        ("HADIJAH BINTI MANAF", "HADIJAH"),
        ("AMIR BIN", "AMIR BIN"),
        ("SUTOMO ALIAS TOMO", "SUTOMO"),
        ("SUTOMO / TOMO", "SUTOMO"),
        ("AL-FATIH", "ALFATIH"),
        ("MA'MUN", "MAMUN"),
        ("HJ", "HJ"),
        ("", ""),
    ],
)
def test_canonical_name_has_no_titles_and_no_abbreviations(written: str, expected: str) -> None:
    assert apply(canonical(pl.col("name")), written) == expected


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ROEDI", "RUDI"),
        ("SOETJIPTO", "SUCIPTO"),
        ("DJOKO WIDJAJA", "JOKO WIJAYA"),
        ("RIZKY", "RISKI"),
        ("YEREMIA", "JEREMIA"),
        ("KHAIRUNNISA", "CHAIRUNISA"),
        ("SYAHRUL", "SAHRUL"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, two: str) -> None:
    assert apply(spoken(pl.col("name")), one) == apply(spoken(pl.col("name")), two)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MUHAMMAD RIZKY", "RIZKY"),
        ("SITI NUR AISYAH", "AISYAH"),
        ("MUHAMMAD", "MUHAMMAD"),
        ("SITI NUR", "SITI NUR"),
        ("BUDI", "BUDI"),
    ],
)
def test_distinctive_words_leave_out_what_everybody_is_called(name: str, expected: str) -> None:
    assert apply(distinctive(pl.col("name")), name) == expected
