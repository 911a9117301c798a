"""The family card number (No KK): like a NIK, but its date is the day of issue; it changes when families change."""

from __future__ import annotations

from dataclasses import dataclass

from rbpk.domain.identity import Reading, Refusal, read_identity


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """Sixteen plausible digits of a family card."""

    digits: str

    @classmethod
    def parse(cls, raw: str | None) -> FamilyCard | None:
        """Read a sent value, after safe repairs only."""
        digits = read_family_card(raw).digits
        return cls(digits) if digits else None

    def __repr__(self) -> str:
        """Keep the number out of logs and tracebacks."""
        return f"FamilyCard({self.digits[:6]}**********)"


def read_family_card(raw: str | None) -> Reading:
    """Read a sent value as a family card number, or say why it is none."""
    return read_identity(raw, women=False)


def family_card_code(raw: str | None) -> str | None:
    """Name the finding for a sent value that is no family card number."""
    match read_family_card(raw).refusal:
        case None:
            return None
        case Refusal.NULL:
            return "KK_NULL"
        case _:
            return "KK_INVALID"
