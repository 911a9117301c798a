"""What the candidate as a whole must hold."""

from __future__ import annotations

from expectations import release_vocabulary as words
from expectations.basis import measures
from rbpk.gate import Suite

SUITE = Suite(
    audits="audit.releases",
    measures=measures("release"),
    expectations=(words.ExpectEveryMartAudited(),),
)
