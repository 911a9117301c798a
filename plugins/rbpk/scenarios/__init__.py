"""What would change if policy changed: questions to the published release, never a change of it."""

from rbpk.scenarios.what_if import Change, Comparison, Scenario, compare

__all__ = ["Change", "Comparison", "Scenario", "compare"]
