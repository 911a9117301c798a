"""What the deliveries a candidate was built from must hold."""

from __future__ import annotations

from expectations import release_vocabulary as words
from expectations.basis import measures
from rbpk.gate import Suite

SUITE = Suite(
    audits="audit.deliveries",
    measures=measures("deliveries"),
    expectations=(words.ExpectDeliveriesConserved(), words.ExpectLandedRowsInRecords()),
)
