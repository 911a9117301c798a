"""What a landed correction workbook must hold: rows that mend nothing are its nature, lost rows are not."""

from __future__ import annotations

from expectations import intake_vocabulary as words
from expectations.landed import landed_suite
from rbpk.gate import Suite

_EVERY_LIST = landed_suite("corrections", "rows")
SUITE = Suite(
    audits=_EVERY_LIST.audits,
    measures=_EVERY_LIST.measures,
    expectations=(words.ExpectRowsConserved(), words.ExpectRowsTraceable()),
)
