"""What the tables of a release must say alike: one number of families, one of rupiah, whoever counts."""

from __future__ import annotations

from expectations import agreement_vocabulary as words
from expectations.basis import measures
from rbpk.gate import Suite

SUITE = Suite(
    audits="published.totals",
    measures=measures("totals"),
    expectations=(words.ExpectFamiliesAgree(), words.ExpectRupiahAgree(), words.ExpectRupiahOfTheLists()),
)
