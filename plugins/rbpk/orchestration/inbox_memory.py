"""What was received, kept by Airflow on the inbox asset, so that no restart receives it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rbpk.landing.inbox import Fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# The receiving task writes it, never the trigger: a file counts as received once it is stored, so an
# event lost in a crash is raised again.
KEY: Final = "received"
Memory = dict[str, list[str | int]]


def recall(memory: Mapping[str, list[str | int]]) -> dict[str, Fingerprint]:
    """Return the fingerprints that a look needs to pass over what was received."""
    return {path: Fingerprint(int(size), str(modified), taken=True) for path, (size, modified) in memory.items()}


def remember(seen: Mapping[str, Fingerprint], failed: Collection[str] = ()) -> Memory:
    """Return what to keep of the last look; files that left the inbox are forgotten."""
    return {path: [mark.size, mark.modified] for path, mark in seen.items() if mark.taken and path not in failed}
