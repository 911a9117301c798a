"""Titles of columns, reduced to what makes them the same."""

from __future__ import annotations

import re
from functools import lru_cache

# What is neither letter nor digit.
_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=16_384)
def title_key(title: str) -> str:
    """Reduce a title to what survives case, spaces, NBSP, dots and underscores."""
    return _BETWEEN.sub("", title.casefold())
