"""Waiting in short turns: a long queue for a lock would make readers wait behind it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, TypeVar

from rbpk.errors import WarehouseBusy

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

T = TypeVar("T")
ATTEMPTS = 5
PAUSE_SECONDS = 0.5


def patiently(act: Callable[[], T], attempts: int = ATTEMPTS) -> T:
    """Try again while the warehouse is busy.

    Raises:
        WarehouseBusy: it still was after the last attempt.
    """
    for attempt in range(1, attempts):
        try:
            return act()
        except WarehouseBusy:
            log.info("the warehouse is busy: attempt %d of %d waits", attempt, attempts)
            time.sleep(PAUSE_SECONDS * attempt)
    return act()
