"""How names are written down: by ear, in haste, with titles and without fathers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sample.damage.marks import Hand, change

if TYPE_CHECKING:
    from collections.abc import Callable

    from sample.dice import Flags

_SHORT_FORMS = {
    "MUHAMMAD": ("MUH.", "MUHD", "MOH", "MOCH.", "M.", "MOHAMMAD", "MHD"),
    "AHMAD": ("A.", "ACH.", "AHMD"), "ABDUL": ("ABD", "ABDL", "ABD.", "A."), "SITI": ("ST", "ST.", "SITTI", "S."),
    "SITTI": ("ST", "SITI", "ST."), "NUR": ("N.", "NR"), "SRI": ("SERI", "S."), "DEWI": ("D.",),
    "MUH.": ("MUHAMMAD", "M."), "MARIA": ("M.",),
}  # fmt: skip
_BY_EAR = (
    ("F", "P"), ("SY", "S"), ("KH", "H"), ("U", "OE"), ("I", "IE"), ("Z", "J"), ("DJ", "J"), ("NOR", "NUR"),
    ("NUR", "NOR"), ("Y", "J"), ("O", "U"), ("V", "F"), ("TH", "T"), ("DH", "D"), ("AE", "AI"), ("IYAH", "IAH"),
)  # fmt: skip
_KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM"
_MEN = ("H. {}", "BPK. {}", "{}, S.PD", "DRS. {}", "{} (ALM)")
_WOMEN = ("HJ. {}", "IBU {}", "{}, S.PD", "{}, S.AG", "{} (ALMH)")
_SHORTEST = 4


def _typo(name: str, bits: int) -> str:
    if len(name) < _SHORTEST:
        return name
    place = 1 + (bits >> 8) % (len(name) - 2)
    if " " in name[place : place + 2]:
        return name
    letter = _KEYS[(_KEYS.find(name[place]) + 1) % len(_KEYS)]
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    forms = (
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        swapped,
        name[:place] + letter + name[place + 1 :],
    )
    return forms[bits % 4]


def _phonetic(name: str, bits: int) -> str:
    fitting = [(heard, written) for heard, written in _BY_EAR if heard in name[1:]]
    if not fitting:
        return name
    heard, written = fitting[bits % len(fitting)]
    place = name.index(heard, 1)
    return name[:place] + written + name[place + len(heard) :]


def _abbrev(name: str, bits: int) -> str:
    first, _, rest = name.partition(" ")
    if first in _SHORT_FORMS and rest:
        forms = _SHORT_FORMS[first]
        return f"{forms[bits % len(forms)]} {rest}"
    if rest and bits % 3 == 0:
        head, _, last = name.rpartition(" ")
        return f"{head} {last[0]}"
    return name


def _drop(name: str, bits: int) -> str:
    words = name.split(" ")
    if len(words) < 2:
        return name
    words.pop(-1 if bits % 4 else 0)
    return " ".join(words)


def _space(name: str, bits: int) -> str:
    if " " in name and bits % 3:
        place = name.index(" ")
        return name[:place] + (name[place + 1 :] if bits % 3 == 1 else "  " + name[place + 1 :])
    place = len(name) // 2
    return f"{name[:place]} {name[place:]}" if len(name) > _SHORTEST else name


def _swap(name: str, bits: int) -> str:
    words = name.split(" ")
    return " ".join([*words[1:], words[0]] if bits & 1 else [words[-1], *words[:-1]])


def _alias(name: str, bits: int) -> str:
    nick = name.rsplit(" ", maxsplit=1)[-1][: 3 + bits % 2]
    return f"{name} / {nick}" if bits >> 8 & 1 else f"{name} ALIAS {nick}"


def _case(name: str, bits: int) -> str:
    return name.title() if bits & 1 else name.lower()


_CHANGES: dict[str, Callable[[str, int], str | None]] = {
    "name_abbrev": _abbrev, "name_drop": _drop, "name_phonetic": _phonetic, "name_typo": _typo,
    "name_space": _space, "name_swap": _swap, "name_alias": _alias, "name_case": _case,
}  # fmt: skip


def _titled(name: str, bits: int, forms: tuple[str, ...]) -> str:
    for title in ("H. ", "HJ. "):
        if name.startswith(title):
            return name.removeprefix(title)
    return forms[(0, 0, 1, 2, 3, 0, 1, 4)[bits % 8]].format(name)


def _title_woman(name: str, bits: int) -> str:
    return _titled(name, bits, _WOMEN)


def _title_man(name: str, bits: int) -> str:
    return _titled(name, bits, _MEN)


def _misheard(name: str, bits: int) -> str:
    return _typo(_phonetic(name, bits) if bits & 64 else name, bits)


def harm(hand: Hand, values: list[str | None], women: Flags, bare: list[str | None], rates: dict[str, float]) -> None:
    """Respell names in place; `bare` gives each name with the father left out, or with him put in."""
    for defect, rate in rates.items():
        rows, bits = hand.rows(defect, rate), hand.bits(defect)
        if defect == "name_binti":
            rows = np.array([row for row in rows.tolist() if bare[row] != values[row]], dtype=np.int64)
            for row in rows.tolist():
                values[row] = bare[row]
            hand.marks.add(defect, rows)
        elif defect == "name_title":
            hand.marks.add(defect, change(values, rows[women[rows]], _title_woman, bits))
            hand.marks.add(defect, change(values, rows[~women[rows]], _title_man, bits))
        else:
            hand.marks.add(defect, change(values, rows, _CHANGES[defect], bits))


def harm_mothers(hand: Hand, values: list[str | None], missing: float, typo: float) -> None:
    """Misspell or leave out the mother's name."""
    wrong, gone = hand.rows("mother typo", typo), hand.rows("mother missing", missing)
    hand.marks.add("mother_typo", change(values, wrong, _misheard, hand.bits("mother")))
    for row in gone.tolist():
        values[row] = None
    hand.marks.add("mother_missing", gone)
