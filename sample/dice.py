"""Chance that depends only on a seed, a question and an identity.

The same record meets the same chance in every month, in any order and on any machine: no
generator state, no floating-point distribution of a library that may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints: TypeAlias = NDArray[np.integer[Any]]
Bits: TypeAlias = NDArray[np.uint64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def _mix(value: Bits) -> Bits:
    """Scatter 64 bits (the finaliser of splitmix64)."""
    value = (value ^ (value >> np.uint64(30))) * _FIRST
    value = (value ^ (value >> np.uint64(27))) * _SECOND
    return value ^ (value >> np.uint64(31))


@dataclass(frozen=True)
class Dice:
    """Answers of chance for one seed."""

    seed: int

    def bits(self, question: str, ids: Ints) -> Bits:
        """Give 64 random bits per identity."""
        salt = np.array([(self.seed << 32) ^ crc32(question.encode())], dtype=np.uint64)
        with np.errstate(over="ignore"):
            start = _mix(salt * _STEP)
            return _mix(ids.astype(np.int64).view(np.uint64) * _STEP + start)

    def uniform(self, question: str, ids: Ints) -> Floats:
        """Give a number in [0, 1) per identity."""
        return (self.bits(question, ids) >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))

    def happens(self, question: str, ids: Ints, chance: float | Floats) -> Flags:
        """Say for each identity whether it happens."""
        return self.uniform(question, ids) < chance

    def between(self, question: str, ids: Ints, low: int, high: int) -> NDArray[np.int64]:
        """Give a whole number from low to high, both included."""
        span = np.uint64(high - low + 1)
        return (self.bits(question, ids) % span).astype(np.int64) + low

    def pick(self, question: str, ids: Ints, weights: Sequence[float] | Floats) -> Ints:
        """Give the index of one choice per identity, as often as its weight says."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        drawn = self.uniform(question, ids) * edges[-1]
        chosen: Ints = np.minimum(np.searchsorted(edges, drawn, side="right"), len(edges) - 1)
        return chosen

    def bell(self, question: str, ids: Ints) -> Floats:
        """Give a number around 0 with spread 1 (sum of uniforms: exact on every machine)."""
        parts = [self.uniform(f"{question}:{part}", ids) for part in range(4)]
        bell: Floats = (parts[0] + parts[1] + parts[2] + parts[3] - 2.0) * 1.7320508
        return bell
