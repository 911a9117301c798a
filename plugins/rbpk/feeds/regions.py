"""Which village a row means: by its code of any age or system, or by kecamatan and village name together."""

from __future__ import annotations

import csv
import os
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rbpk.domain.names import bare_key, distance_at_most, glued_numerals, sound_key
from rbpk.domain.region import undotted

if TYPE_CHECKING:
    from pathlib import Path

# Edit distance costs; a file of garbage may not buy more of it than this.
_GUESSES = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a row's region cells came to."""

    village_code: str | None = None
    kecamatan_code: str | None = None
    regency_code: str | None = None
    rule: str | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    """Villages of one kecamatan, or kecamatan of one regency, by every key we compare."""

    exact: dict[str, str] = field(default_factory=dict)
    sound: dict[str, str | None] = field(default_factory=dict)

    def add(self, name: str, code: str) -> None:
        self.exact.setdefault(bare_key(name), code)
        key = sound_key(name)
        # Two names that sound alike inside one kecamatan decide nothing.
        self.sound[key] = code if self.sound.get(key, code) == code else None

    def find(self, name: str, *, guess: bool) -> tuple[str | None, bool]:
        """Find a code, and say whether the spelling differed."""
        if code := self.exact.get(bare_key(name)):
            return code, False
        if code := self._as_bps_writes(bare_key(name)):
            return code, True
        # `SelikaII` is Selika II, and nowhere a misspelling of Selika.
        glued = glued_numerals(bare_key(name))
        codes = [self.exact.get(f"{stem}{number}") for stem, number in glued]
        key = sound_key(name)
        if code := next(filter(None, codes), None) or self.sound.get(key):
            return code, True
        guess = guess and len(key) > 4 and not any(stem in self.exact for stem, _ in glued)
        return self._guessed(bare_key(name), key) if guess else None, True

    def _as_bps_writes(self, key: str) -> str | None:
        """Find Kampung Baru, which BPS writes Baru, and Selika, which it writes Selika I beside Selika II."""
        first = key.removesuffix("1")
        return self.exact.get(f"KAMPUNG{key}") or (self.exact.get(first) if f"{first}2" in self.exact else None)

    def _guessed(self, key: str, sound: str) -> str | None:
        limit = 1 if len(sound) < 9 else 2
        near = {code for other, code in self.sound.items() if _near(sound, other, limit)}
        # A letter left out may put two together that sound as one.
        near |= {code for other, code in self.exact.items() if _near(key, other, 1)}
        return near.pop() if len(near) == 1 else None


def _near(left: str, right: str, limit: int) -> bool:
    # Kota Bangun 2 is not a misspelling of Kota Bangun 3, nor Ilir of Ulu.
    digits = [c for c in left if c.isdigit()] == [c for c in right if c.isdigit()]
    return digits and distance_at_most(left, right, limit)


class Regions:
    """The official codes and names, and what became of those that changed."""

    def __init__(self, villages: list[dict[str, str]], changes: list[dict[str, str]], folder: Path) -> None:
        self.folder = folder
        self._villages = {row["village_code"]: row for row in villages}
        self._old = {row["old_village_code"]: row["new_village_code"] for row in changes}
        self._compact = {code.replace(".", ""): code for code in self._villages}
        self._old_compact = {code.replace(".", ""): new for code, new in self._old.items()}
        self._bps = {row["kecamatan_code_bps"]: row["kecamatan_code"] for row in villages}
        self._regencies = {row["regency_code"]: row["regency_name"] for row in villages}
        self._kecamatan: dict[str, _Names] = {}
        self._in_kecamatan: dict[str, _Names] = {}
        self._was_in: dict[str, _Names] = {}
        self._alone: dict[str, dict[str, str | None]] = {}
        self._index(villages, changes)
        self._guesses = _GUESSES

    @classmethod
    def load(cls, folder: Path) -> Regions:
        """Read `regions.csv` and `village_code_changes.csv` of a folder, again only when they have changed."""
        files = (folder / "regions.csv", folder / "village_code_changes.csv")
        states = tuple((state.st_mtime_ns, state.st_size) for state in map(os.stat, files))
        if folder not in _loaded or _loaded[folder][0] != states:
            _loaded[folder] = (states, cls(_rows(files[0]), _rows(files[1]), folder))
        # Each user has guesses of its own.
        return copy(_loaded[folder][1])

    def _index(self, villages: list[dict[str, str]], changes: list[dict[str, str]]) -> None:
        for row in villages:
            code, kecamatan, regency = row["village_code"], row["kecamatan_code"], row["regency_code"]
            self._kecamatan.setdefault(regency, _Names()).add(row["kecamatan_name"], kecamatan)
            self._in_kecamatan.setdefault(kecamatan, _Names()).add(row["village_name"], code)
            alone = self._alone.setdefault(regency, {})
            key = bare_key(row["village_name"])
            alone[key] = None if key in alone else code
        for row in changes:
            old, new = row["old_village_code"], row["new_village_code"]
            for name in (row["old_village_name"], row["new_village_name"]):
                self._was_in.setdefault(old[:8], _Names()).add(name, new)
            if new[:8] in self._in_kecamatan and new[:8] != old[:8]:
                self._in_kecamatan[new[:8]].add(row["old_village_name"], new)

    def name(self, regency_code: str) -> str | None:
        """Name a regency, if its villages are known."""
        return self._regencies.get(regency_code)

    def knows(self, regency_code: str) -> bool:
        """Say whether a regency's villages are known."""
        return regency_code in self._regencies

    def kecamatan(self, regency_code: str, name: str) -> str | None:
        """Give the code of a kecamatan of a regency by its name, if that is one."""
        return self._find(self._kecamatan.get(regency_code), name)[0]

    def resolve(self, regency: str, code: str | None, kecamatan: str | None, village: str | None) -> Place:
        """Resolve the region cells of a row of a delivery of `regency`."""
        by_name = self._by_names(regency, kecamatan or "", village or "")
        compact = undotted(code)
        if not compact or not compact.isdigit():
            return by_name
        by_code = self._by_code(compact, by_name)
        if by_code is None:
            return Place(
                by_name.village_code, by_name.kecamatan_code, by_name.regency_code, by_name.rule, "REG_UNKNOWN"
            )
        return by_code

    def _by_code(self, compact: str, by_name: Place) -> Place | None:
        bps = self._bps.get(compact[:7] if len(compact) in (7, 10) else "")
        # In Kaur a BPS code may read as another village's Kemendagri code: then the names tell which it is.
        meant_by_bps = bps is not None and by_name.kecamatan_code == bps
        if (village := self._compact.get(compact)) and not (meant_by_bps and village[:8] != bps):
            contradicts = by_name.village_code not in (None, village)
            return _place(village, "CODE", "REG_NAME_MISMATCH" if contradicts else None)
        if village := self._old_compact.get(compact):
            return _place(village, "OLD_CODE", "REG_OLD_CODE")
        if bps:
            if by_name.village_code and meant_by_bps:
                disputed = "REG_UNCONFIRMED" if compact in _DISPUTED else "REG_BPS_CODE"
                return _place(by_name.village_code, "BPS_CODE", disputed)
            return Place(None, bps, bps[:5], None, "REG_UNKNOWN")
        return self._by_code_alone(compact) if by_name.kecamatan_code is None else None

    def _by_code_alone(self, compact: str) -> Place | None:
        """Say as much as an unknown code tells: its kecamatan, or at least that it is another regency's."""
        if len(compact) != 10:
            return None
        kecamatan = f"{compact[:2]}.{compact[2:4]}.{compact[4:6]}"
        if kecamatan in self._in_kecamatan:
            return Place(None, kecamatan, kecamatan[:5], None, "REG_UNKNOWN")
        if not self.knows(kecamatan[:5]):
            return Place(None, None, kecamatan[:5], None, "REG_UNKNOWN")
        return None

    def _by_names(self, regency: str, kecamatan: str, village: str) -> Place:
        known, kecamatan_differs = self._find(self._kecamatan.get(regency), kecamatan)
        if known is None:
            return self._without_kecamatan(regency, kecamatan, village)
        code, differs = self._find(self._in_kecamatan.get(known), village)
        if code:
            return _place(code, "NAME_VARIANT" if differs or kecamatan_differs else "NAME", None)
        code, _ = self._find(self._was_in.get(known), village)
        if code:
            return _place(code, "NAME_VARIANT", "REG_OLD_NAME")
        return Place(None, known, regency, None, "REG_UNKNOWN")

    def _without_kecamatan(self, regency: str, kecamatan: str, village: str) -> Place:
        for other, names in self._kecamatan.items():
            # Only a spelling that is exactly another regency's makes a row another regency's.
            if other != regency and (found := names.exact.get(bare_key(kecamatan))):
                code, _ = self._in_kecamatan[found].find(village, guess=False)
                if code:
                    return _place(code, "NAME", None)
        alone = self._alone.get(regency, {}).get(bare_key(village)) if village.strip() else None
        if alone and not kecamatan.strip():
            return _place(alone, "NAME_VARIANT", "REG_VILLAGE_ONLY")
        return Place(finding="REG_UNKNOWN")

    def _find(self, names: _Names | None, name: str) -> tuple[str | None, bool]:
        if names is None or not name.strip():
            return None, False
        code, differs = names.find(name, guess=False)
        if code or self._guesses <= 0:
            return code, differs
        self._guesses -= 1
        return names.find(name, guess=True)


# Jonggon Desa and Jonggon Jaya: by name one village, by the bridge of codes the other (reference 2.8).
_DISPUTED = ("6403050001", "6403050008")
_loaded: dict[Path, tuple[tuple[tuple[int, int], ...], Regions]] = {}


def _place(code: str, rule: str, finding: str | None) -> Place:
    return Place(code, code[:8], code[:5], rule, finding)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
