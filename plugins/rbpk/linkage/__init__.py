"""Who is the same person, and which household is theirs: links with a reason, identifiers that last."""

from rbpk.linkage.explaining import Explanation, explain
from rbpk.linkage.linking import LinkOutcome, link
from rbpk.linkage.review_workbooks import write_reviews

__all__ = ["Explanation", "LinkOutcome", "explain", "link", "write_reviews"]
