"""Where the region facts are kept: the seeds that dbt loads are the same files that landing reads."""

from __future__ import annotations

from pathlib import Path

from rbpk.feeds.regions import Regions

_SEEDS = Path(__file__).parents[3] / "dbt_project" / "seeds"


def load_regions(folder: Path | None = None) -> Regions:
    """Load the official region codes and what became of those that changed."""
    return Regions.load(folder or _SEEDS)
