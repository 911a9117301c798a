"""Runs suites with Great Expectations in a context that lives in memory and dies with the call."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg2.extensions import parse_dsn

from rbpk.gate.results import CheckResult
from rbpk.gate.suite import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from great_expectations.core import ExpectationValidationResult
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
    from great_expectations.datasource.fluent.postgres_datasource import PostgresDatasource
    from great_expectations.expectations.expectation import Expectation

    from rbpk.gate.suite import Suite

log = logging.getLogger(__name__)

# BASIC returns the observed measure, a number; the partial list is where offending values would be.
_RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}
# No count is as large as a NIK: a careless measure that yields one has no answer.
_NO_COUNT = 1e14


def run(dsn: str, jobs: Sequence[tuple[Suite, str]]) -> tuple[CheckResult, ...]:
    """Ask every suite its expectations about what its bound statement measures."""
    with _silenced(), _context() as context, _source(context, dsn) as source:
        return tuple(result for suite, measures in jobs for result in _run_suite(context, source, suite, measures))


def _run_suite(
    context: EphemeralDataContext, source: PostgresDatasource, suite: Suite, measures: str
) -> Iterator[CheckResult]:
    try:
        found = _validate(context, source, suite, measures)
    except Exception as error:  # noqa: BLE001 - whatever stops a suite must block, not pass
        # The driver's words may quote a row: the kind of error is all that may be kept.
        log.error("suite=%s could not run: %s", suite.audits, _kind(error))  # noqa: TRY400 - a traceback quotes rows
        found = {}
    for expectation in suite.expectations:
        yield _judge(suite, expectation, found.get(expectation.expectation_type))


def _validate(
    context: EphemeralDataContext, source: PostgresDatasource, suite: Suite, measures: str
) -> dict[str, ExpectationValidationResult]:
    import great_expectations as gx  # noqa: PLC0415 - seconds to import: paid by gate tasks only

    asset = source.add_query_asset(suite.audits, measures)
    # A context keeps what it is given; the next one would refuse it.
    expectations = [expectation.copy() for expectation in suite.expectations]
    definition = gx.ValidationDefinition(
        name=suite.audits,
        data=asset.add_batch_definition_whole_table(suite.audits),
        suite=context.suites.add(gx.ExpectationSuite(name=suite.audits, expectations=expectations)),
    )
    answer = context.validation_definitions.add(definition).run(result_format=_RESULT_FORMAT)
    return {result.expectation_config.type: result for result in answer.results if result.expectation_config}


def _judge(suite: Suite, expectation: Expectation, result: ExpectationValidationResult | None) -> CheckResult:
    # A check that crashed reports its own severity; only exception_info tells (its shape varies).
    crashed = result is None or _raised(result.exception_info)
    observed = None if crashed or result is None else _number(result.result.get("observed_value"))
    # A measure that is not a number answers nothing either.
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


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]  # int, float or Decimal; anything else raises
    except (TypeError, ValueError):
        return None
    return number if abs(number) < _NO_COUNT else None


def _threshold(expectation: Expectation) -> str:
    low, high = getattr(expectation, "min_value", None), getattr(expectation, "max_value", None)
    if low == high:
        return f"= {high:g}"
    if high is None:
        return f">= {low:g}"
    return f"<= {high:g}" if low is None else f"{low:g} .. {high:g}"


def _kind(error: Exception) -> str:
    state = getattr(getattr(error, "orig", error), "pgcode", None)
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


@contextmanager
def _context() -> Iterator[EphemeralDataContext]:
    import great_expectations as gx  # noqa: PLC0415 - seconds to import: paid by gate tasks only
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    yield context


@contextmanager
def _source(context: EphemeralDataContext, dsn: str) -> Iterator[PostgresDatasource]:
    # A temporary table holds the one measured row; without it GX would measure three times over.
    source = context.data_sources.add_postgres("warehouse", connection_string=_url(dsn), create_temp_table=True)
    try:
        yield source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()


def _url(dsn: str) -> str:
    """Spell a libpq DSN as SQLAlchemy's URL; GX wants a host and a port, not a socket."""
    from sqlalchemy import URL  # noqa: PLC0415 - comes with GX, as slow

    parts = parse_dsn(dsn)
    options = {key: value for key, value in parts.items() if key not in {"user", "password", "host", "port", "dbname"}}
    url = URL.create(
        "postgresql+psycopg2",
        username=parts.get("user"),
        password=parts.get("password"),
        host=parts.get("host", "127.0.0.1"),
        port=int(parts.get("port", 5432)),
        database=parts.get("dbname"),
        query={"application_name": "rbpk-gate", **options},
    )
    return url.render_as_string(hide_password=False)
