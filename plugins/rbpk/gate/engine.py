"""Runs suites with Great Expectations in a context that lives in memory and dies with the call."""

from __future__ import annotations

import logging
import math
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import Queue
from typing import TYPE_CHECKING, Any

import psycopg2

from rbpk.errors import Transient
from rbpk.gate.results import CheckResult
from rbpk.gate.suite import rule_of
from rbpk.warehouse.connection import translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from great_expectations.core import ExpectationValidationResult
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.expectations.expectation import Expectation
    from psycopg2 import sql
    from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case

    from rbpk.gate.suite import Suite
    from rbpk.warehouse import Warehouse

log = logging.getLogger(__name__)

# BASIC returns the observed measure, a number; the partial list is where offending values would be.
_RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}
_AT_ONCE = 2
# No count is as large as a NIK: a careless measure that yields one has no answer.
_NO_COUNT = 1e14


def run(warehouse: Warehouse, jobs: Sequence[tuple[Suite, sql.Composable]]) -> tuple[CheckResult, ...]:
    """Ask every suite its expectations about what its bound statement measures."""
    with _silenced(), _measured(warehouse, jobs) as rows:
        batches = _batches()
        return tuple(
            result for (suite, _), row in zip(jobs, rows, strict=True) for result in _run_suite(batches, suite, row)
        )


@contextmanager
def _measured(
    warehouse: Warehouse, jobs: Sequence[tuple[Suite, sql.Composable]]
) -> Iterator[Iterator[dict[str, float] | None]]:
    """Give the numbers of each job in turn, while the server still counts those of the next.

    A statement keeps one of its processes busy, so two are asked at once.
    """
    free: Queue[Connection] = Queue()

    def measure(job: tuple[Suite, sql.Composable]) -> dict[str, float] | None:
        connection = free.get()
        try:
            return _measure(connection, *job)
        finally:
            free.put(connection)

    with ExitStack() as open_ones:
        for _ in jobs[:_AT_ONCE]:
            # Each statement by itself: one that fails must not take the next ones with it.
            free.put(open_ones.enter_context(warehouse.connect(autocommit=True)))
        # Entered last, left first: no connection is closed under a statement.
        yield open_ones.enter_context(ThreadPoolExecutor(_AT_ONCE)).map(measure, jobs)


def _measure(connection: Connection, suite: Suite, measures: sql.Composable) -> dict[str, float] | None:
    """Return the numbers of the one measured row, None if they cannot be had.

    Raises:
        Transient: the warehouse is away, busy or full, which says nothing of the rows: no verdict until it is back.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(measures)
            (row,) = cursor.fetchall()
            names = [column.name for column in cursor.description or ()]
    except (psycopg2.Error, ValueError) as error:
        if isinstance(error, psycopg2.Error) and isinstance(known := translate(error), Transient):
            log.warning("suite=%s: no verdict while the warehouse cannot answer", suite.audits)
            raise known from None
        # The driver's words may quote a row: the kind of error is all that may be kept.
        log.error("suite=%s could not measure: %s", suite.audits, _kind(error))  # noqa: TRY400 - a traceback quotes rows
        return None
    return {name: _number(value) for name, value in zip(names, row, strict=True)}


def _run_suite(batches: BatchDefinition[Any], suite: Suite, row: dict[str, float] | None) -> Iterator[CheckResult]:
    found = {}
    if row is not None:
        try:
            found = _validate(batches, suite, row)
        except Exception as error:  # noqa: BLE001 - whatever stops a suite must block, not pass
            log.error("suite=%s could not run: %s", suite.audits, _kind(error))  # noqa: TRY400 - as above
    for expectation in suite.expectations:
        yield _judge(suite, expectation, found.get(expectation.expectation_type))


def _validate(
    batches: BatchDefinition[Any], suite: Suite, row: dict[str, float]
) -> dict[str, ExpectationValidationResult]:
    import great_expectations as gx  # noqa: PLC0415 - seconds to import: paid by gate tasks only
    import pandas as pd  # noqa: PLC0415 - comes with GX, as slow

    batch = batches.get_batch({"dataframe": pd.DataFrame([row])})
    # A suite keeps what it is given; the next one would refuse it.
    asked = gx.ExpectationSuite(name=suite.audits, expectations=[one.copy() for one in suite.expectations])
    answer = batch.validate(asked, result_format=_RESULT_FORMAT)
    return {result.expectation_config.type: result for result in answer.results if result.expectation_config}


def _judge(suite: Suite, expectation: Expectation, result: ExpectationValidationResult | None) -> CheckResult:
    # A check that crashed reports its own severity; only exception_info tells (its shape varies).
    crashed = result is None or _raised(result.exception_info)
    value = math.nan if crashed or result is None else _number(result.result.get("observed_value"))
    # A measure that is not a number answers nothing either.
    observed = None if math.isnan(value) else value
    crashed = crashed or observed is None
    meta = expectation.meta or {}
    return CheckResult(
        suite=suite.audits,
        rule=rule_of(expectation),
        severity=str(getattr(expectation.severity, "value", expectation.severity)),
        success=bool(result and result.success) and not crashed,
        crashed=crashed,
        unexpected_count=int(observed) if observed is not None and meta.get("counts") else None,
        observed=observed,
        threshold=_threshold(expectation),
        description=str(expectation.description or ""),
        description_id=str(meta.get("description_id", "")),
        owner=str(meta.get("owner", "")),
        next_step=str(meta.get("next_step", "")),
    )


def _raised(info: Any) -> bool:  # noqa: ANN401 - GX types it as an open dictionary
    if not info:
        return False
    return bool(info["raised_exception"]) if "raised_exception" in info else True


def _number(value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]  # int, float or Decimal; anything else raises
    except (TypeError, ValueError):
        return math.nan
    return number if abs(number) < _NO_COUNT else math.nan


def _threshold(expectation: Expectation) -> str:
    low, high = getattr(expectation, "min_value", None), getattr(expectation, "max_value", None)
    if low == high:
        return f"= {high:g}"
    if high is None:
        return f">= {low:g}"
    return f"<= {high:g}" if low is None else f"{low:g} .. {high:g}"


def _kind(error: Exception) -> str:
    state = getattr(error, "pgcode", None)
    return f"{type(error).__name__} (SQLSTATE {state})" if state else type(error).__name__


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep GX quiet: 160 lines when imported, and tracebacks with SQL and values when a check crashes."""
    logger = logging.getLogger("great_expectations")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(max(before, logging.WARNING))


def _batches() -> BatchDefinition[Any]:
    """Return what makes a batch of a measured row, in a context that knows nothing else."""
    import great_expectations as gx  # noqa: PLC0415 - seconds to import: paid by gate tasks only
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("measures").add_dataframe_asset("measures")
    return asset.add_batch_definition_whole_dataframe("measures")
