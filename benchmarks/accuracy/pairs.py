"""Accuracy of links against the truth: pair by pair, row by row (B-cubed), between lists, by damage."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


class Accuracy(NamedTuple):
    """Precision, recall and F1; `false` and `missed` count the pairs that are wrong."""

    precision: float
    recall: float
    f1: float
    false: int = 0
    missed: int = 0


def pairwise(links: pl.DataFrame, said: str, true: str) -> Accuracy:
    """Compare two labels of the same records, pair by pair."""
    return accuracy(*_counted(links, said, true))


def across(links: pl.DataFrame, said: str, true: str, feeds: tuple[str, str]) -> Accuracy:
    """The same for pairs of one record of each feed; feeds may be the same."""
    if feeds[0] == feeds[1]:
        return pairwise(links.filter(feed=feeds[0]), said, true)
    one, two = (links.filter(feed=feed) for feed in feeds)
    return accuracy(_products(one, two, [said, true]), _products(one, two, [said]), _products(one, two, [true]))


def among_damaged(links: pl.DataFrame, said: str, true: str, damaged: str) -> Accuracy:
    """The same for pairs in which at least one side is damaged: all pairs without those of two sound rows."""
    everything = _counted(links, said, true)
    sound = _counted(links.filter(~pl.col(damaged)), said, true)
    return accuracy(*(whole - part for whole, part in zip(everything, sound, strict=True)))


def b_cubed(links: pl.DataFrame, said: str, true: str) -> Accuracy:
    """The mean over rows: which share of a row's companions belongs there, and which share of its own is there."""
    counted = links.select(
        both=pl.len().over(said, true), said=pl.len().over(said), true=pl.len().over(true)
    ).with_columns(precision=pl.col("both") / pl.col("said"), recall=pl.col("both") / pl.col("true"))
    precision, recall = (float(counted[name].mean() or 0.0) for name in ("precision", "recall"))  # type: ignore[arg-type]
    return Accuracy(precision, recall, _f1(precision, recall))


def largest(links: pl.DataFrame, said: str) -> int:
    """Rows of the largest group."""
    return int(links[said].value_counts()["count"].max() or 0)  # type: ignore[arg-type] # a count of rows


def accuracy(together: float, said: float, true: float) -> Accuracy:
    """From counts of pairs: in both, said to be one, truly one."""
    precision, recall = together / (said or 1), together / (true or 1)
    return Accuracy(precision, recall, _f1(precision, recall), round(said - together), round(true - together))


def _counted(links: pl.DataFrame, said: str, true: str) -> tuple[float, float, float]:
    return (
        _pairs(links.group_by(said, true).len()),
        _pairs(links.group_by(said).len()),
        _pairs(links.group_by(true).len()),
    )


def _products(one: pl.DataFrame, two: pl.DataFrame, by: list[str]) -> float:
    joined = one.group_by(by).len().join(two.group_by(by).len(), on=by)
    return float((joined["len"].cast(pl.Float64) * joined["len_right"]).sum())


def _pairs(counts: pl.DataFrame) -> float:
    members = counts["len"].cast(pl.Float64)
    return float((members * (members - 1) / 2).sum())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / ((precision + recall) or 1)
