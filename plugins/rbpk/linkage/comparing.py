"""What the model looks at when two rows are compared: fields, and for each its levels from best to worst.

`left` and `right` of a field are written <field>_l and <field>_r, as Splink does. A level holds if none before
it does; `missing` says nothing either way. Weights of the levels are learned (see docs/adr/0018).
"""

from __future__ import annotations

from typing import NamedTuple

# Where a home speaks for the pair: names collide as a regency grows, families that share members do not.
HOMES_THAT_VOUCH = ("same_card", "related")

MISSING = "missing"
OTHERWISE = "else"


class Field(NamedTuple):
    """One field: (level, condition in SQL) in order; what remains is OTHERWISE."""

    name: str
    levels: tuple[tuple[str, str], ...]


_SAME_NAME = "name_key_l = name_key_r"
_SAME_YEAR = "year(born_l) = year(born_r)"

FIELDS = (
    Field(
        "name",
        (
            (MISSING, "length(name_key_l) = 0 or length(name_key_r) = 0"),
            # Term frequency as levels: what many are called says less.
            ("equal_rare", f"{_SAME_NAME} and namesakes_l <= 3"),
            ("equal_known", f"{_SAME_NAME} and namesakes_l <= 30"),
            ("equal_common", _SAME_NAME),
            ("core_equal", "core_key_l = core_key_r and length(core_key_l) > 2"),
            ("reordered", "sorted_key_l = sorted_key_r and length(sorted_key_l) > 2"),
            (
                "part",
                ("(list_has_all(words_l, words_r) or list_has_all(words_r, words_l)) "
                "and list_has_any(core_words_l, core_words_r)"),
            ),
            (
                "start",
                ("least(length(core_key_l), length(core_key_r)) >= 4 "
                "and (starts_with(core_key_l, core_key_r) or starts_with(core_key_r, core_key_l))"),
            ),
            (
                "slip",
                ("least(length(core_key_l), length(core_key_r)) >= 5 "
                "and damerau_levenshtein(core_key_l, core_key_r) <= 2"),
            ),
            ("near", "jaro_winkler_similarity(name_key_l, name_key_r) >= 0.88"),
            ("word", "list_has_any(core_words_l, core_words_r)"),
        ),
    ),
    Field(
        "birth_date",
        (
            (MISSING, "born_l is null or born_r is null"),
            ("equal", "born_l = born_r and left(ddmmyy_l, 4) <> '0101'"),
            ("by_nik", "coalesce(ddmmyy_l = nik_date_r, false) or coalesce(ddmmyy_r = nik_date_l, false)"),
            ("default", f"{_SAME_YEAR} and (left(ddmmyy_l, 4) = '0101' or left(ddmmyy_r, 4) = '0101')"),
            (
                "swapped",
                (f"{_SAME_YEAR} and substr(ddmmyy_l, 1, 2) = substr(ddmmyy_r, 3, 2) "
                "and substr(ddmmyy_l, 3, 2) = substr(ddmmyy_r, 1, 2)"),
            ),
            ("other_year", "left(ddmmyy_l, 4) = left(ddmmyy_r, 4) and abs(year(born_l) - year(born_r)) in (1, 2, 10)"),
            ("slip", "damerau_levenshtein(ddmmyy_l, ddmmyy_r) = 1"),
            ("close", "abs(datediff('day', born_l, born_r)) <= 400"),
        ),
    ),
    Field(
        "nik",
        (
            (MISSING, "nik_l is null or nik_r is null"),
            ("equal", "nik_l = nik_r"),
            ("slip", "right(nik_l, 4) = right(nik_r, 4) and damerau_levenshtein(nik_l, nik_r) <= 2"),
            # Whoever is registered in one office and born on one day differs in the serial only, twins by one.
            ("serial_slip", "damerau_levenshtein(nik_l, nik_r) = 1"),
            # One of the two does not fit its own row: mistyped or borrowed, so no contradiction.
            ("doubtful", "not (is_nik_own_l and is_nik_own_r)"),
        ),
    ),
    Field("sex", ((MISSING, "sex_l is null or sex_r is null"), ("equal", "sex_l = sex_r"))),
    Field(
        "mother",
        (
            (MISSING, "mother_key_l is null or mother_key_r is null"),
            ("equal", "mother_key_l = mother_key_r"),
            ("near", "jaro_winkler_similarity(mother_key_l, mother_key_r) >= 0.88"),
        ),
    ),
    Field(
        "home",
        (
            # Two rows of one family's list are as a rule two people.
            ("same_list", "coalesce(list_has_any(families_l, families_r), false)"),
            ("same_card", "coalesce(family_card_l = family_card_r, false)"),
            (
                "related",
                ("coalesce(list_contains(related_l, source_family_id_r), false) "
                "or coalesce(list_contains(related_r, source_family_id_l), false)"),
            ),
            (MISSING, "village_code_l is null or village_code_r is null"),
            ("same_village", "village_code_l = village_code_r"),
            ("same_kecamatan", "kecamatan_l = kecamatan_r"),
        ),
    ),
)  # fmt: skip
