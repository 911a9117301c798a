"""Where the rows of a delivery went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """Where the rows of a delivery went, and how often each finding was made."""

    rows_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    rows_duplicate: int = 0
    rows_not_data: int = 0
    # Identity numbers of the first such column that are well formed, and how many of them end in 0.
    identified: int = 0
    ending_in_zero: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
