"""Pairwise accuracy of links against the truth."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


class Accuracy(NamedTuple):
    """Precision, recall and F1 over pairs of records."""

    precision: float
    recall: float
    f1: float


def pairwise(links: pl.DataFrame, said: str, true: str) -> Accuracy:
    """Compare two labels of the same records, pair by pair."""
    together = _pairs(links.group_by(said, true).len())
    return _accuracy(together, _pairs(links.group_by(said).len()), _pairs(links.group_by(true).len()))


def across(links: pl.DataFrame, said: str, true: str, feeds: tuple[str, str]) -> Accuracy:
    """The same for pairs of one record of each feed; feeds may be the same."""
    if feeds[0] == feeds[1]:
        return pairwise(links.filter(feed=feeds[0]), said, true)
    one, two = (links.filter(feed=feed) for feed in feeds)
    return _accuracy(_products(one, two, [said, true]), _products(one, two, [said]), _products(one, two, [true]))


def _products(one: pl.DataFrame, two: pl.DataFrame, by: list[str]) -> float:
    joined = one.group_by(by).len().join(two.group_by(by).len(), on=by)
    return float((joined["len"].cast(pl.Float64) * joined["len_right"]).sum())


def _pairs(counts: pl.DataFrame) -> float:
    members = counts["len"].cast(pl.Float64)
    return float((members * (members - 1) / 2).sum())


def _accuracy(together: float, said: float, true: float) -> Accuracy:
    precision, recall = together / (said or 1), together / (true or 1)
    return Accuracy(precision, recall, 2 * precision * recall / ((precision + recall) or 1))
