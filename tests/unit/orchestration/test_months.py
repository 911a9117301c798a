"""Which month a run is about."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from rbpk.errors import ConfigurationMissing
from rbpk.orchestration.months import Month, chosen, month_before, skip_unless_by_calendar

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "partition_key", "expected"),
    [
        pytest.param("2026-08", None, "2026-08", id="asked for"),
        pytest.param("2026-08", "2026-10", "2026-08", id="asked for wins over the calendar"),
        pytest.param(None, "2026-09", "2026-09", id="by the calendar"),
        pytest.param(None, None, "2026-10", id="neither: the month before"),
    ],
)
def test_month_of_a_run(period: str | None, partition_key: str | None, expected: str) -> None:
    params = {"regency": "64.02", "period": period}
    assert chosen(params, partition_key, NOW) == Month("64.02", expected)


def test_refuses_what_is_no_month() -> None:
    with pytest.raises(ConfigurationMissing, match="2026-13"):
        chosen({"regency": "64.02", "period": "2026-13"}, None, NOW)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2026, 1, 15, tzinfo=UTC), "2025-12", id="over the year"),
        pytest.param(datetime(2026, 10, 31, 17, tzinfo=UTC), "2026-10", id="November has begun in Makassar"),
        pytest.param(datetime(2026, 10, 31, 15, tzinfo=UTC), "2026-09", id="and here not yet"),
    ],
)
def test_month_before_goes_by_the_regencies_clocks(now: datetime, expected: str) -> None:
    assert month_before(now) == expected


@pytest.mark.parametrize(
    ("run_type", "conf", "runs"),
    [
        pytest.param("scheduled", None, True, id="the calendar starts all regencies"),
        pytest.param("backfill", {}, True, id="so does a backfill"),
        pytest.param("backfill", {"regency": "64.08"}, False, id="unless it is for one regency"),
        pytest.param("manual", {}, False, id="a person asks for one regency"),
        pytest.param("operator_triggered", {"regency": "64.08"}, False, id="a started run starts no others"),
    ],
)
def test_who_starts_other_regencies(run_type: str, conf: dict[str, str] | None, *, runs: bool) -> None:
    context = {"dag_run": SimpleNamespace(run_type=run_type, conf=conf)}
    if runs:
        skip_unless_by_calendar(context)
    else:
        with pytest.raises(AirflowSkipException):
            skip_unless_by_calendar(context)
