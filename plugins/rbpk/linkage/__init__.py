"""Who is the same person, and which household is theirs: links with a reason, identifiers that last."""

from rbpk.linkage.linking import LinkOutcome, link

__all__ = ["LinkOutcome", "link"]
