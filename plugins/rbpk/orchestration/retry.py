"""What Airflow does with an error: terminal ones fail at once, transient ones are tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

from rbpk.errors import Terminal, Transient

RETRIES: Final = 3
FIRST_DELAY: Final = timedelta(seconds=10)
LONGEST_DELAY: Final = timedelta(minutes=5)

POLICY: Final = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=Terminal, action=RetryAction.FAIL, reason="somebody must act; see docs/errors.md"),
        # No delay of its own: the task's default grows from try to try, a rule's would not.
        RetryRule(exception=Transient, action=RetryAction.RETRY, reason="trying again may help"),
    ],
    default=RetryAction.DEFAULT,
)

DEFAULT_ARGS: Final[dict[str, object]] = {
    "owner": "rbpk",
    "retries": RETRIES,
    "retry_delay": FIRST_DELAY,
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": LONGEST_DELAY,
    "retry_policy": POLICY,
}
