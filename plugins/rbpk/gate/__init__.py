"""Whether a delivery or a release is fit to go on: runs the suites it is given, keeps counts only."""

from rbpk.gate.checks import check_delivery, check_release
from rbpk.gate.results import CheckResult, Verdict
from rbpk.gate.suite import Suite

__all__ = ["CheckResult", "Suite", "Verdict", "check_delivery", "check_release"]
