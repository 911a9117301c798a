"""What a check found: numbers, never a value of a row."""

from __future__ import annotations

from dataclasses import dataclass

from rbpk.errors import GateBlocked, GateCheckCrashed


@dataclass(frozen=True)
class CheckResult:
    """One rule's answer for one table."""

    suite: str
    rule: str
    severity: str
    success: bool
    crashed: bool
    unexpected_count: int | None
    observed: float | None
    threshold: str
    description: str
    description_id: str
    owner: str
    next_step: str

    @property
    def blocks(self) -> bool:
        """A failed critical rule blocks, and so does a rule that could not be asked."""
        return self.crashed or (not self.success and self.severity == "critical")


@dataclass(frozen=True)
class Verdict:
    """The gate's answer about one delivery or one release."""

    subject: str
    results: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        return not any(result.blocks for result in self.results)

    @property
    def crashed(self) -> tuple[str, ...]:
        return tuple(_where(result) for result in self.results if result.crashed)

    @property
    def blocking(self) -> tuple[str, ...]:
        return tuple(_where(result) for result in self.results if result.blocks)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(
            _where(result)
            for result in self.results
            if result.severity == "warning" and not result.success and not result.crashed
        )

    def raise_if_blocked(self) -> None:
        """Stop here unless the subject may go on.

        Raises:
            GateCheckCrashed: a rule could not be asked.
            GateBlocked: a critical rule failed.
        """
        if self.passed:
            return
        rules = ", ".join(self.blocking)
        if self.crashed:
            message = f"{self.subject}: checks could not run: {', '.join(self.crashed)}; blocked by {rules}"
            raise GateCheckCrashed(message, subject=self.subject, blocking=len(self.blocking))
        message = f"{self.subject}: blocked by {rules}; see the quality report of {self.subject}"
        raise GateBlocked(message, subject=self.subject, blocking=len(self.blocking))


def _where(result: CheckResult) -> str:
    return f"{result.rule} ({result.suite})"
