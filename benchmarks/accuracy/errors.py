"""What the remaining wrong pairs are made of, and what it would take to get them right."""

from __future__ import annotations

import polars as pl

_SIDES = ("nik", "name", "birth_date", "source_family_id", "village_code", "feed")
# In this order: a pair is counted under the first that holds.
_FALSE = (
    ("One NIK on rows of two people", pl.col("nik") == pl.col("nik_r"),
     "a second number on the row (family card, the sender's person id), or Dukcapil's answer to the NIK"),
    ("Joined through a third row: neither NIK nor birth date agree",
     (pl.col("birth_date") != pl.col("birth_date_r")) & (pl.col("nik") != pl.col("nik_r")),
     "the row between them names both: a person has to say whose it is (it is asked where its NIK contradicts)"),
    ("Relatives of one birthday: same family or village, NIKs differ or one is missing",
     pl.col("birth_date") == pl.col("birth_date_r"),
     "order of birth or the place in the family on the lists; twins named alike cannot be told apart otherwise"),
    ("A row without a birth date or NIK, taken for a relative",
     pl.col("birth_date").is_null() | pl.col("birth_date_r").is_null() | pl.col("nik").is_null()
     | pl.col("nik_r").is_null(),
     "the missing column from the sender"),
)  # fmt: skip
_MISSED = (
    ("Two valid NIKs, and name or date differ as well",
     pl.col("nik").is_not_null() & pl.col("nik_r").is_not_null() & (pl.col("nik") != pl.col("nik_r")),
     "the old number beside the new one on one list, or an answer in the review workbook"),
    ("NIK missing on one side, birth date wrong",
     (pl.col("birth_date") != pl.col("birth_date_r")).fill_null(value=True),
     "a family that both lists name: then the rules for households find it"),
    ("NIK missing on one side, the name too far apart", pl.col("name") != pl.col("name_r"),
     "the mother's name on more lists; aliases are asked in the review workbook"),
    ("NIK missing on one side, nothing else differs", pl.lit(value=True),
     "a village or a family on the row: namesakes of one birthday are not joined across villages"),
)  # fmt: skip


def kinds(links: pl.DataFrame, rows: pl.DataFrame) -> list[tuple[str, str, int, str]]:
    """Return (false or missed, kind, pairs, what it would take), the commonest first.

    Args:
        links: record_id, person_id, true_person of the rows of persons.
        rows: the records themselves.
    """
    known = links.select("record_id", "person_id", "true_person").join(
        rows.select("record_id", *_SIDES), on="record_id"
    )
    found = [("false", *one) for one in _counted(_pairs(known, "person_id", "true_person"), _FALSE)]
    found += [("missed", *one) for one in _counted(_pairs(known, "true_person", "person_id"), _MISSED)]
    return sorted(found, key=lambda one: -one[2])


def _pairs(rows: pl.DataFrame, together: str, apart: str) -> pl.DataFrame:
    """Pairs of rows that one label holds together and the other parts."""
    mixed = rows.filter(pl.col(apart).n_unique().over(together) > 1)
    pairs = mixed.join(mixed, on=together, suffix="_r")
    return pairs.filter((pl.col("record_id") < pl.col("record_id_r")) & (pl.col(apart) != pl.col(f"{apart}_r")))


def _counted(pairs: pl.DataFrame, table: tuple[tuple[str, pl.Expr, str], ...]) -> list[tuple[str, int, str]]:
    left, counted = pairs, []
    for kind, holds, remedy in table:
        is_it = holds.fill_null(value=False)
        counted.append((kind, len(left.filter(is_it)), remedy))
        left = left.filter(~is_it)
    return [(kind, count, remedy) for kind, count, remedy in counted if count]
