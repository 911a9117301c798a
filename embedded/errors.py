"""What can go wrong while the embedded platform is set up, started or stopped."""

from __future__ import annotations


class EmbeddedError(Exception):
    """A message a person can act on; printed without a traceback."""


class StartFailed(EmbeddedError):
    """A process did not come up; the message ends with the last lines of its log."""
