"""The named rules, the score each has earned, and what it says in words."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """A reason to call two rows one person."""

    name: str
    score: float
    meaning: str


# Changing a rule, which rows are compared, or how families become households, may change what a month says: the
# registry counts it as other input (see registry.py).
RULES_VERSION = "5"

RULES = (
    Rule("nik_and_name", 0.99, "same valid NIK, names that can be one name"),
    Rule("source_person", 0.98, "the sender gives both rows one person number, and name or birth date agree"),
    Rule("nik_and_birth_date", 0.97, "same valid NIK and birth date, the names differ (alias, wrong cell)"),
    Rule("nik_slip_and_name", 0.97, "NIK one digit or transposition apart, same name and birth date"),
    Rule("family_name_and_birth_date", 0.96, "same family or card, birth date and name; a NIK is missing or wrong"),
    Rule("nik_slip_and_similar_name", 0.95, "NIK one slip apart, same birth date, similar name, not one family list"),
    Rule("village_name_and_birth_date", 0.93, "same village, birth date and name; a NIK is missing or wrong"),
    Rule("family_name_and_birth_year", 0.92, "same family or card and name, birth date mistyped or missing"),
    Rule("household_name_and_birth_date", 0.91, "families that share members, same birth date and name"),
    Rule("household_name_and_birth_year", 0.89, "families that share members, same name, birth date mistyped"),
    Rule("family_name_and_birth_date_other_nik", 0.88, "same family, name and birth date, two different NIKs"),
    Rule("village_name_and_near_birth_date", 0.86, "same village and name, birth date mistyped; a NIK is missing"),
    Rule("family_similar_name_other_nik", 0.84, "same family and birth date, similar name, a NIK seen only once"),
    Rule("village_name_and_birth_date_other_nik", 0.82, "same village, name and birth date, a NIK seen only once"),
    Rule("name_and_birth_date", 0.80, "same long name and birth date, no village in common; a NIK is missing"),
)

# What the model says is weighed below every rule and above nothing: its score is this times its probability.
SCORED = Rule("scored", 0.74, "no rule explains the pair; the trained model finds it likely (see comparing.py)")

# A person looked at both rows and said so: no rule outweighs it.
DECIDED = Rule("decided", 1.0, "a person decided that both rows are one person")

# Kept from earlier months; no row is linked by it alone if a rule explains the link today.
REMEMBERED = Rule("remembered", 0.75, "one person in an earlier month, and nothing says otherwise")

# A row that met no other row.
ALONE = "alone"

# Rows that say the same in every attribute, or that the registry has seen before.
SAME_ATTRIBUTES = "same_attributes"
