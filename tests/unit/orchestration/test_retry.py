"""What the scheduler does with each of our errors."""

from __future__ import annotations

import pytest
from airflow.sdk import ExceptionRetryPolicy, RetryAction

from rbpk import errors
from rbpk.orchestration import retry


def subclasses(base: type[errors.RbpkError]) -> list[type[errors.RbpkError]]:
    return [base, *(deeper for one in base.__subclasses__() for deeper in subclasses(one))]


def made(kind: type[errors.RbpkError]) -> errors.RbpkError:
    return kind("words", reason="file.empty") if issubclass(kind, errors.FeedRejected) else kind("words")


CASES = [
    *((made(kind), RetryAction.FAIL) for kind in subclasses(errors.Terminal)),
    *((made(kind), RetryAction.RETRY) for kind in subclasses(errors.Transient)),
    (errors.RbpkError("crashed"), RetryAction.DEFAULT),
    (ValueError("a library's"), RetryAction.DEFAULT),
]


@pytest.mark.parametrize(("error", "action"), CASES, ids=lambda value: type(value).__name__)
def test_action(error: Exception, action: RetryAction) -> None:
    decision = retry.POLICY.evaluate(error, try_number=1, max_tries=retry.RETRIES)
    assert decision.action == action
    # A delay of the rule's own would not grow from try to try.
    assert decision.retry_delay is None


def test_policy_survives_airflows_serialisation() -> None:
    copied = ExceptionRetryPolicy.deserialize(retry.POLICY.serialize())
    assert copied.evaluate(errors.WarehouseBusy("busy"), 1, 3).action == RetryAction.RETRY
    assert copied.evaluate(errors.GateBlocked("blocked"), 1, 3).action == RetryAction.FAIL


def test_pauses_grow_up_to_a_limit() -> None:
    assert retry.DEFAULT_ARGS["retry_exponential_backoff"] == 2.0
    assert retry.DEFAULT_ARGS["max_retry_delay"] == retry.LONGEST_DELAY
