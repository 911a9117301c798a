"""A verdict: what blocks, what only warns, and what is said about it."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from rbpk.errors import GateBlocked, GateCheckCrashed
from rbpk.gate import CheckResult, Verdict

GOOD = CheckResult(
    suite="marts.x",
    rule="GATE-01",
    severity="critical",
    success=True,
    crashed=False,
    unexpected_count=0,
    observed=0,
    threshold="= 0",
    description="Nothing is wrong.",
    description_id="Tidak ada yang salah.",
    owner="tim data",
    next_step="tidak ada",
)
FAILED = replace(GOOD, success=False, observed=3, unexpected_count=3)
CRASHED = replace(GOOD, success=False, crashed=True, observed=None, unexpected_count=None)


@pytest.mark.parametrize(
    ("results", "passed", "warnings"),
    [
        pytest.param((GOOD,), True, 0, id="all good"),
        pytest.param((GOOD, FAILED), False, 0, id="a critical rule failed"),
        pytest.param((GOOD, replace(FAILED, severity="warning")), True, 1, id="a warning is shown"),
        pytest.param((GOOD, replace(FAILED, severity="info")), True, 0, id="an info is recorded"),
        pytest.param((replace(CRASHED, severity="warning"),), False, 0, id="a warning that could not run"),
        pytest.param((replace(CRASHED, severity="info"),), False, 0, id="an info that could not run"),
        pytest.param((), True, 0, id="nothing asked"),
    ],
)
def test_severity_decides_unless_a_check_crashed(
    results: tuple[CheckResult, ...], *, passed: bool, warnings: int
) -> None:
    verdict = Verdict("r1", results)
    assert verdict.passed is passed
    assert len(verdict.warnings) == warnings


def test_a_passed_verdict_raises_nothing() -> None:
    Verdict("r1", (GOOD,)).raise_if_blocked()


@pytest.mark.parametrize(("result", "error"), [(FAILED, GateBlocked), (CRASHED, GateCheckCrashed)])
def test_a_blocked_verdict_names_its_rules(result: CheckResult, error: type[GateBlocked | GateCheckCrashed]) -> None:
    with pytest.raises(error, match=r"r1.*GATE-01 \(marts\.x\)") as raised:
        Verdict("r1", (GOOD, result)).raise_if_blocked()
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)  # noqa: S301 - our own error
