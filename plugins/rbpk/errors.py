"""Every way the platform can fail, each with a stable code; docs/errors.md says who acts and how.

Two branches, because a scheduler can do two things: try again (`Transient`) or stop (`Terminal`).
No error ever carries a row's value: codes, counts, names of files and columns, row numbers only.
"""

from __future__ import annotations

import errno
from typing import ClassVar

Fact = str | int | float | None
# A full disk, a used-up quota, and a file larger than its system or its limit allows.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class RbpkError(Exception):
    """Base of all errors of the platform: a code, a message for people, and the facts behind it."""

    code: ClassVar[str] = "rbpk.error"

    def __init__(self, message: str, **facts: Fact) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}"

    # Task errors cross process borders; keyword facts would be lost by the default protocol.
    def __reduce__(self) -> tuple[object, tuple[type[RbpkError], str, dict[str, Fact]]]:
        return _rebuild, (type(self), self.message, self.facts)


def _rebuild(kind: type[RbpkError], message: str, facts: dict[str, Fact]) -> RbpkError:
    return kind(message, **facts)


class Transient(RbpkError):
    """Trying again may help."""

    code = "rbpk.transient"


class Terminal(RbpkError):
    """Trying again cannot help; somebody must act."""

    code = "rbpk.terminal"


class SourceUnreachable(Transient):
    """The inbox or the store cannot be reached."""

    code = "source.unreachable"


class SourceUnreadable(Transient):
    """A delivered file exists but may not be read; somebody must give permission."""

    code = "source.unreadable"


class SourceUnstable(Transient):
    """A delivered file changed while it was read."""

    code = "source.unstable"


class DiskFull(Transient):
    """A disk of this machine, or the quota on it, is used up; the message names the place."""

    code = "disk.full"


class ReaderCrashed(Transient):
    """Our own reader failed at a delivered file; the file may be good, and waits to be landed."""

    code = "reader.crashed"


class WarehouseUnreachable(Transient):
    """The warehouse refuses or drops connections."""

    code = "warehouse.unreachable"


class WarehouseBusy(Transient):
    """Another run holds the lock, or the server cancelled the statement."""

    code = "warehouse.busy"


class WarehouseFull(Transient):
    """The warehouse's disk or memory is exhausted."""

    code = "warehouse.full"


class WarehouseRefused(Terminal):
    """The warehouse refused a statement; the message names the SQLSTATE, never a row."""

    code = "warehouse.refused"


class ConfigurationMissing(Terminal):
    """A setting or connection is absent or malformed."""

    code = "config.missing"


class FeedRejected(Terminal):
    """A delivered file is refused as a whole; `reason` is its stable code."""

    code = "feed.rejected"

    def __init__(self, message: str, reason: str, **facts: Fact) -> None:
        super().__init__(message, reason=reason, **facts)
        self.reason = reason

    def __str__(self) -> str:
        return f"[{self.reason}] {self.message}"

    def __reduce__(self) -> tuple[object, tuple[type[RbpkError], str, dict[str, Fact]]]:
        return _rebuild, (type(self), self.message, self.facts)


class ContractInvalid(Terminal):
    """A feed contract contradicts itself; the file to mend is named."""

    code = "contract.invalid"


class ContractDrifted(Terminal):
    """A built table no longer has the shape its readers were promised."""

    code = "contract.drift"


class ReleaseUnknown(Terminal):
    """No such release, or it is not in a state that allows the request."""

    code = "release.unknown"


class NothingDelivered(Terminal):
    """A month cannot be reconciled because a required feed has no landed delivery."""

    code = "release.no_deliveries"


class LinkageInconsistent(Terminal):
    """The links contradict themselves: a landed person without a link, or with two."""

    code = "linkage.inconsistent"


class LinkageTooLarge(Terminal):
    """The pairs of a month do not fit into the memory linkage allows itself, not even with what lies on the disk."""

    code = "linkage.memory"


class LinkageUntrained(Terminal):
    """The training of the linkage model broke off; the model in use stays in use."""

    code = "linkage.untrained"


class LinkUnknown(Terminal):
    """No month has linked the row that is asked about."""

    code = "linkage.unknown"


class GateBlocked(Terminal):
    """A critical rule failed; readers keep the previous release."""

    code = "gate.blocked"


class GateCheckCrashed(Terminal):
    """A rule could not be evaluated; that blocks whatever its severity."""

    code = "gate.check_crashed"


class SmallCellsUnprotected(Terminal):
    """Open tables whose small cells could not be hidden; nothing is handed out."""

    code = "release.small_cells"


class ScenarioUnlike(Terminal):
    """A what-if question, asked without any change, does not give the published answer."""

    code = "scenario.unlike"


def is_out_of_room(error: BaseException) -> bool:
    """Say whether an error of the system, or of a library that only repeats its words, is about a full disk."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _NO_ROOM
    # DuckDB has two ways to say it: the system's, and that its own share of the disk is used up.
    return any(words in str(error) for words in ("No space left on device", "max_temp_directory_size"))


def no_room(place: str) -> DiskFull:
    """Return what to raise when a place cannot take what is written to it."""
    return DiskFull(f"no room left on the disk of {place}: make room there, then run again; nothing half is kept")
