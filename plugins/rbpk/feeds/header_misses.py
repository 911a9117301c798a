"""How near a file without a known header came to one, and the words of its refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rbpk.errors import FeedRejected

if TYPE_CHECKING:
    from collections.abc import Sequence

# A row that has this share of a shape's required titles, and of whose titles this share is known, was meant as it.
_MEANT = 0.5
_KNOWN = 0.7
_RESEMBLES = 0.6
# Where an office's list is made known, for whoever reads the refusal of one.
OTHER_OFFICE = (
    "If it is help that an office gives, map its titles in plugins/rbpk/feeds/contracts/opd_offices.yaml, with its "
    "office, programme and sub-activity codes; such a list lands once that is reviewed."
)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The closest a file came to a known header, for the refusal's words."""

    share: float
    known_share: float
    reason: str
    message: str

    @property
    def nearness(self) -> tuple[float, float]:
        """Order misses: most of the file's titles known first, then most of the required ones there."""
        return (self.known_share, self.share)


def refuse(misses: Sequence[NearMiss]) -> FeedRejected:
    """Build the refusal of a file without any known header."""
    best = max(misses, key=lambda miss: miss.nearness, default=None)
    if best and best.share >= _MEANT and best.known_share >= _KNOWN:
        return FeedRejected(best.message, best.reason)
    if best and best.known_share >= _RESEMBLES:
        hint = "" if OTHER_OFFICE in best.message else f" {OTHER_OFFICE}"
        return FeedRejected(f"{best.message}{hint}", "HDR_UNKNOWN")
    message = (
        "no header of a known feed in the first 40 rows of any sheet. If this is a new list, it needs a contract; "
        f"if it is a known one, its title row is missing or renamed. {OTHER_OFFICE}"
    )
    return FeedRejected(message, "feed.unknown")
