"""What the links a candidate was built from must hold."""

from __future__ import annotations

from expectations import agreement_vocabulary as agreement
from expectations import release_vocabulary as words
from expectations.basis import measures
from rbpk.gate import Suite

SUITE = Suite(
    audits="linkage.person_links",
    measures=measures("person_links"),
    expectations=(
        words.ExpectEveryRecordLinkedOnce(),
        words.ExpectOneHouseholdAPerson(),
        words.ExpectClustersSmall(),
        words.ExpectLinkProfileUsual(),
        words.ExpectLinksKept(),
        agreement.ExpectLinkProfileSteady(),
        agreement.ExpectPeopleKeepTheirIds(),
    ),
)
