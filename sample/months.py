"""Months as counted numbers and days as days since 1970."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sample.dice import Ints

_DAYS_TO_1970 = 1970 * 12
YEAR_DAYS = 365.25


def parse(period: str) -> int:
    """Turn `2025-10` into a counted month."""
    year, month = period.split("-")
    if not 1 <= int(month) <= 12:
        message = f"no such month: {period}"
        raise ValueError(message)
    return int(year) * 12 + int(month) - 1


def text(month: int) -> str:
    """Turn a counted month into `2025-10`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def compact(month: int) -> str:
    """Turn a counted month into `202510`, as file names have it."""
    return text(month).replace("-", "")


def first_day(month: int) -> int:
    """Give the first day of a month."""
    return int(np.datetime64(month - _DAYS_TO_1970, "M").astype("datetime64[D]").astype(np.int64))


def last_days(month: Ints) -> NDArray[np.int64]:
    """Give the last day of each month."""
    after = (month + 1 - _DAYS_TO_1970).astype("datetime64[M]")
    return after.astype("datetime64[D]").astype(np.int64) - 1


def last_day(month: int) -> int:
    """Give the last day of a month."""
    return first_day(month + 1) - 1


def civil(days: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Split days into year, month and day of the month."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    day = (dates - months).astype(np.int64) + 1
    count = months.astype(np.int64)
    return count // 12 + 1970, count % 12 + 1, day


def days_of(year: Ints, month: Ints, day: Ints) -> NDArray[np.int64]:
    """Join year, month and day; a day the month lacks flows into the next."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64) + day - 1


def age(birth: Ints, today: Ints | int) -> NDArray[np.int64]:
    """Give the age in full years, by the calendar; `today` is one day or one per birth."""
    year, month, day = civil(birth)
    now_year, now_month, now_day = civil(np.atleast_1d(np.asarray(today)))
    before = (month > now_month) | ((month == now_month) & (day > now_day))
    years: NDArray[np.int64] = now_year - year - before
    return years
