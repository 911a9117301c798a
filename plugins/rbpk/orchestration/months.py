"""Which regency and month a run is about: what was asked for, else what the calendar says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowSkipException

from rbpk.errors import ConfigurationMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

CALENDAR: Final = ZoneInfo("Asia/Makassar")
PERIOD: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
REGENCY: Final = re.compile(r"\d\d\.\d\d")


@dataclass(frozen=True)
class Month:
    """One regency's month."""

    regency: str
    period: str


def chosen(params: Mapping[str, object], partition_key: str | None, now: datetime) -> Month:
    """Return the month asked for by parameters, else by the calendar, else the one before this one."""
    period = str(params.get("period") or partition_key or month_before(now))
    if not PERIOD.fullmatch(period):
        message = f"period: expected a month such as 2026-10, got {period!r}"
        raise ConfigurationMissing(message)
    return Month(regency=str(params["regency"]), period=period)


def month_before(now: datetime) -> str:
    """Return the month before the one the regencies' clocks show."""
    first = now.astimezone(CALENDAR).replace(day=1)
    return (first - timedelta(days=1)).strftime("%Y-%m")


def skip_unless_by_calendar(context: Any) -> None:  # noqa: ANN401 - Airflow's context
    """Let a task run only where the calendar or a backfill started the run, for no regency in particular."""
    run = context["dag_run"]
    if run.run_type == "manual" or (run.conf or {}).get("regency"):
        raise AirflowSkipException("this run was asked for one regency")
