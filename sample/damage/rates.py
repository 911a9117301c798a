"""How often each harm strikes a row of each feed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rates:
    """Chances per row of one feed."""

    feed: str
    nik: dict[str, float]
    name: dict[str, float]
    dob: dict[str, float]
    card: dict[str, float]
    sex_wrong: float = 0.0
    village_wrong: float = 0.0
    village_text: float = 0.0
    dup_row: float = 0.0
    dup_person: float = 0.0


P3KE = Rates(
    feed="p3ke",
    nik={
        "nik_missing": 0.0088, "nik_excel15": 0.0095, "nik_apostrophe": 0.0105, "nik_space": 0.0055,
        "nik_digit": 0.0165, "nik_transpose": 0.0098, "nik_baddate": 0.0053, "nik_short": 0.0047, "nik_family": 0.0044,
        "nik_placeholder": 0.0030, "nik_temp": 0.0028, "nik_sci": 0.0022, "nik_ocr": 0.0008, "nik_eq_kk": 0.0008,
    },
    name={
        "name_binti": 0.009, "name_drop": 0.048, "name_phonetic": 0.036, "name_typo": 0.044, "name_abbrev": 0.125,
        "name_swap": 0.010, "name_space": 0.018, "name_alias": 0.006, "name_title": 0.021,
    },
    dob={"dob_year": 0.0155, "dob_0101": 0.0035, "dob_missing": 0.0012, "dob_swap": 0.011},
    card={}, sex_wrong=0.0037, village_wrong=0.003, dup_row=0.002, dup_person=0.008,
)  # fmt: skip
DTKS = Rates(
    feed="dtks",
    nik={
        "nik_missing": 0.0103, "nik_apostrophe": 0.0205, "nik_digit": 0.0083, "nik_transpose": 0.0061,
        "nik_space": 0.0052, "nik_excel15": 0.0047, "nik_placeholder": 0.0034, "nik_family": 0.0035,
        "nik_baddate": 0.0026, "nik_short": 0.0023, "nik_temp": 0.0021, "nik_sci": 0.0007, "nik_ocr": 0.0009,
        "nik_eq_kk": 0.0008,
    },
    name={
        "name_binti": 0.008, "name_drop": 0.038, "name_phonetic": 0.038, "name_typo": 0.029, "name_abbrev": 0.075,
        "name_swap": 0.007, "name_space": 0.014, "name_alias": 0.004, "name_title": 0.012,
    },
    dob={"dob_year": 0.0106, "dob_0101": 0.006, "dob_missing": 0.0031, "dob_swap": 0.0075},
    card={"kk_digit": 0.0155, "kk_missing": 0.0107}, sex_wrong=0.0037, village_wrong=0.0065, dup_row=0.003,
    dup_person=0.0087,
)  # fmt: skip
PKH = Rates(
    feed="pkh",
    nik={
        "nik_apostrophe": 0.037, "nik_excel15": 0.0055, "nik_digit": 0.005, "nik_space": 0.005, "nik_family": 0.004,
        "nik_missing": 0.003, "nik_short": 0.0018, "nik_transpose": 0.003, "nik_sci": 0.002, "nik_placeholder": 0.001,
    },
    name={
        "name_binti": 0.010, "name_drop": 0.022, "name_phonetic": 0.033, "name_typo": 0.027, "name_abbrev": 0.080,
        "name_swap": 0.004, "name_space": 0.014, "name_title": 0.012,
    },
    dob={"dob_year": 0.009, "dob_0101": 0.005, "dob_swap": 0.007},
    card={"kk_digit": 0.007, "kk_missing": 0.0055}, village_wrong=0.0016, village_text=0.11,
)  # fmt: skip
# Offices, villages and partners write their lists by hand.
LOCAL = Rates(
    feed="local",
    nik={
        "nik_apostrophe": 0.042, "nik_missing": 0.030, "nik_excel15": 0.021, "nik_digit": 0.014, "nik_space": 0.014,
        "nik_sci": 0.014, "nik_transpose": 0.009, "nik_placeholder": 0.009, "nik_eq_kk": 0.006, "nik_short": 0.005,
        "nik_family": 0.0025,
    },
    name={
        "name_binti": 0.010, "name_drop": 0.058, "name_phonetic": 0.045, "name_typo": 0.058, "name_abbrev": 0.13,
        "name_swap": 0.006, "name_space": 0.030, "name_title": 0.080, "name_case": 0.30,
    },
    dob={"dob_year": 0.018, "dob_0101": 0.013, "dob_missing": 0.019, "dob_swap": 0.006},
    card={"kk_digit": 0.007, "kk_missing": 0.075}, village_wrong=0.006, village_text=0.42, dup_row=0.007,
)  # fmt: skip
# DTSEN is matched with the civil registry every quarter: the cleanest list there is.
DTSEN = Rates(
    feed="dtsen",
    nik={
        "nik_missing": 0.0059, "nik_digit": 0.0018, "nik_transpose": 0.001, "nik_family": 0.0013,
        "nik_placeholder": 0.0009,
    },
    name={"name_binti": 0.002, "name_phonetic": 0.009, "name_typo": 0.009, "name_abbrev": 0.034, "name_title": 0.010},
    dob={"dob_year": 0.0028, "dob_0101": 0.0008, "dob_swap": 0.0008},
    card={"kk_digit": 0.0018}, village_wrong=0.0016, dup_person=0.0029,
)  # fmt: skip
